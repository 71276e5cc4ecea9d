/**
 * Operations on JSON documents: merge patches (RFC 7396), what differs, patches (RFC 6902). Pure.
 *
 * @module
 */
export { composePatches } from "./compose-patches.ts";
export { changesBetween, jsonPatch } from "./json-patch.ts";
export { mergeLayers, mergePatch } from "./merge-patch.ts";
export { changedPointers } from "./changed-pointers.ts";
