/**
 * What was asked of the config over the API, and what it makes of what the sources say. Pure.
 *
 * @module
 */
import type { ConfigPin, ConfigApiChanges } from "../../schemas/generated/api.ts";
import type { FullConfig } from "./full-config.ts";
import type { Layer } from "./locate.ts";
import { OVERRIDES, type Overrides } from "./overrides.ts";
import { validate, validateWhole, type Validation } from "./validate.ts";

export interface ApiChanges {
  readonly overrides?: Overrides;
  /** While it is there, the config is this document, whatever sources and overrides say. */
  readonly pinned?: { readonly pin: ConfigPin; readonly document: FullConfig };
}

/** A change that goes back unless it is confirmed. */
export type Unconfirmed = Required<NonNullable<ConfigApiChanges["unconfirmed"]>>;

/** @returns the overrides as the topmost layer, if there are any */
export function overridesLayer({ overrides }: ApiChanges): Layer[] {
  return overrides ? [{ document: overrides, origin: OVERRIDES }] : [];
}

/** @returns what the sources and the overrides come to, pinned or not */
export function unpinned(documents: readonly Layer[], apiChanges: ApiChanges): Validation {
  return validate([...documents, ...overridesLayer(apiChanges)]);
}

/** @returns what is to be in force, or why it cannot be */
export function effectiveConfig(documents: readonly Layer[], apiChanges: ApiChanges): Validation {
  const { pinned } = apiChanges;
  if (!pinned) return unpinned(documents, apiChanges);
  return validateWhole({ document: pinned.document, origin: pinOrigin(pinned.pin) });
}

/** @returns what a start goes by: a change that was not confirmed, or was cut short, has gone back */
export function apiChangesAtStart({ unconfirmed, ...apiChanges }: ConfigApiChanges): ApiChanges {
  // The journal keeps it as it was validated.
  return (unconfirmed ? unconfirmed.before : apiChanges) as ApiChanges;
}

function pinOrigin({ version, snapshot }: ConfigPin): string {
  return version === undefined
    ? `the pinned config of snapshot ${snapshot}`
    : `the pinned config of version ${version}`;
}
