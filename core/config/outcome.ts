/**
 * A change that is requested, and what can become of a candidate.
 *
 * @module
 */
import type { ConfigCause, ConfigProblem } from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import type { ApiChanges, Unconfirmed } from "./api-changes.ts";
import { type Layer, located } from "./layers/mod.ts";
import type { ConfigPlan } from "./plan.ts";

/** What became of a candidate. */
export type OfferOutcome =
  | ({ readonly outcome: "applied"; readonly version: number; readonly plan: ConfigPlan } & Overridden)
  | ({ readonly outcome: "unchanged"; readonly version: number } & Overridden)
  /** It is a good config, and waits for an unpin. */
  | { readonly outcome: "held"; readonly version: number }
  | {
      readonly outcome: "rejected";
      readonly problems: readonly ConfigProblem[];
      /** Why it could not be applied; absent: it is no good config. */
      readonly failure?: SyrinxError;
    }
  /** The same source offered something newer before it was this one's turn. */
  | { readonly outcome: "superseded" };

interface Overridden {
  /** JSON pointers of the values of a source that are new and have no effect, because of overrides. */
  readonly overridden?: readonly string[];
}

/** A change that is requested over the API. */
export interface RequestedChange {
  /** @throws SyrinxError why there cannot be such a change */
  next(now: ApiChanges): ApiChanges;
  readonly cause: ConfigCause;
  readonly actor: string;
  readonly reason?: string;
  readonly rollbackTo?: number;
  /** The version that it was planned for. */
  readonly base?: number;
  /** It is undone unless it is confirmed. @returns until when, RFC 3339 */
  readonly until?: () => string;
}

/** For a change that was planned for another version than the active one. */
export function stale(base: number, version: number): SyrinxError {
  return new SyrinxError(
    "config-stale",
    `Nothing was changed because this was meant for version ${base} of the config, and ${version} is active: look at it, and ask again`,
  );
}

/** For a change while another one waits to be confirmed. */
export function waiting({ version, until }: Unconfirmed): SyrinxError {
  return new SyrinxError(
    "config-unconfirmed",
    `Nothing was changed because version ${version} of the config waits for a confirmation until ${until}: confirm it first, or wait until it reverts`,
  );
}

/** @returns why a candidate could not be applied, each problem with its position in the layers */
export function applyProblems(
  { message, violations }: SyrinxError,
  layers: readonly Layer[],
  origin: string | undefined,
): ConfigProblem[] {
  if (violations.length > 0) return violations.map((violation) => located(violation, layers));
  return [
    {
      pointer: "",
      message: `Cannot apply the config: ${message}`,
      ...(origin === undefined ? {} : { origin }),
    },
  ];
}
