/**
 * Operations on JSON documents: merge patches (RFC 7396), differences, and JSON patches (RFC 6902). Pure.
 *
 * @module
 */
export { changedPointers, changesBetween, jsonPatch } from "./differences.ts";
export { composePatches, mergeLayers, mergePatch, mergePatchOf } from "./merge-patch.ts";
