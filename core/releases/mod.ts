/**
 * What plugins and models are on disk, what they may do, and which of them a config means.
 *
 * @module
 */
export { grantedWith, permissionsToGrant } from "./grant.ts";
export {
  addedPermissions,
  blockedReason,
  expandEnv,
  expandNet,
  expandPaths,
  listPermissions,
  missingPermissions,
  type Grants,
} from "./permissions.ts";
export {
  bindingId,
  describeBinding,
  differsInLiveSettingsAlone,
  liveSettings,
  mayUseGpu,
  sameBinding,
  type Binding,
  type WantedBinding,
  wantedOf,
} from "./binding.ts";
export type { Catalog, CatalogPaths } from "./catalog.ts";
export { releaseId } from "./release.ts";
export { Resolver } from "./resolver.ts";
export { knownVoice, type KnownVoice, type LoadedVoice } from "./known-voice.ts";
export { checkModelFiles } from "./model-files.ts";
export { revealSecrets, secretsInClear } from "./secrets.ts";
