/**
 * What plugins and models are on disk, what they may do, and which of them a config means.
 *
 * @module
 */

export {
  type Binding,
  bindingId,
  describeBinding,
  differsInLiveSettingsAlone,
  liveSettings,
  mayUseGpu,
  sameBinding,
  type WantedBinding,
  wantedOf,
} from "./binding.ts";
export type { Catalog, CatalogPaths } from "./catalog.ts";
export { grantedWith, permissionsToGrant } from "./grant.ts";
export { isInside } from "./inside.ts";
export { type KnownVoice, knownVoice, type LoadedVoice } from "./known-voice.ts";
export { checkModelFiles } from "./model-files.ts";
export {
  addedPermissions,
  blockedReason,
  expandEnv,
  expandNet,
  expandPaths,
  type GrantedPath,
  type Grants,
  listPermissions,
  missingPermissions,
  type PathVariables,
} from "./permissions.ts";
export { type PluginRelease, releaseId } from "./release.ts";
export { Resolver } from "./resolver.ts";
export { revealSecrets, secretsInClear } from "./secrets.ts";
