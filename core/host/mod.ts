/**
 * The plugin host: finds plugins and models, runs each plugin in a sandboxed process, and replaces them by version
 * while they are in use.
 *
 * @module
 */
export { type Binding, bindingId, type WantedBinding } from "./binding.ts";
export type { Catalog, CatalogPaths } from "./catalog.ts";
export type { Lease } from "./generation.ts";
export { grantedWith, type GrantWish, permissionsToGrant } from "./grant.ts";
export { Host, type HostOptions } from "./host.ts";
export type { Instance } from "./instance.ts";
export { blockedReason, type Grants, listPermissions, missingPermissions } from "./permissions.ts";
export { releaseId } from "./release.ts";
export { type SandboxSupport, sandboxSupport } from "./sandbox.ts";
export { type AudioStream, PLUGIN_API_VERSION } from "../protocol/mod.ts";
export type { Slot } from "./slot.ts";
export type { SlotFault, SlotWish } from "./slot-changes.ts";
export type { OnConflict, SlotRequests } from "./slot-requests.ts";
export { EAGER, FIRST_RULES, type SwapManner, type SwapRules, type Upkeep } from "./slot-environment.ts";
export { voiceIds } from "./slot-view.ts";
export type { AcceptedSwap } from "./swap.ts";
