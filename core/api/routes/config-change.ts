/**
 * The parts that every change of the config has: the version that it is meant for, its plan, the time to confirm it, and the
 * answer.
 *
 * @module
 */
import type { Context } from "hono";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import type { ConfigControl } from "../../config/mod.ts";
import { SyrinxError } from "../../errors.ts";
import type { KnownCaller } from "../access.ts";
import type { Parameter } from "../operation.ts";
import { queryFlag, queryNumber } from "../query.ts";

/** Longest wait for a confirmation, in ms: a day. */
const MAX_CONFIRM_MS = 24 * 60 * 60 * 1000;

export const DRY_RUN = {
  name: "dryRun",
  description: "true: answer with the plan, and do nothing.",
  schema: { type: "boolean", default: false },
};
export const CONFIRM = {
  name: "confirm",
  description:
    "The change reverts by itself after so long, in ms, and at the next start of the engine, unless POST /control/config/confirm comes first.",
  schema: { type: "integer", minimum: 1, maximum: MAX_CONFIRM_MS },
};
export const IF_MATCH: Parameter = {
  name: "If-Match",
  description:
    "The ETag of the config that the change is meant for: if another one is active, 409 config-stale.",
  schema: { type: "string" },
};
export const VIEW = "syrinx:api#/$defs/ConfigView";
export const PLAN = "syrinx:api#/$defs/ConfigPlanView";
export const ETAG = "The active config, its version as the ETag";
export const CHANGED = { 200: { description: `${ETAG}; with dryRun, the plan.`, schema: [VIEW, PLAN] } };

/** A change as it is passed to the control. */
export type Change = Pick<Parameters<ConfigControl["ask"]>[0], "next" | "cause" | "reason" | "rollbackTo">;

/** Makes a change, or with dryRun answers with its plan. */
export async function changed(
  control: ConfigControl,
  context: Context,
  { name: actor }: KnownCaller,
  what: Change,
): Promise<Response> {
  const base = ifMatch(context);
  const confirmMs = queryNumber(context, CONFIRM);
  if (queryFlag(context, DRY_RUN)) return context.json(await control.planOf(what.next, base));
  const asked = { ...what, actor, ...(base !== undefined && { base }) };
  return answer(context, await control.ask(asked, confirmMs));
}

/** Answers with the active config, its version as the ETag. */
export function answer(context: Context, view: ConfigView): Response {
  return context.json(view, 200, { ETag: `"${view.version}"` });
}

/** @returns the version in the header; undefined: any version */
function ifMatch(context: Context): number | undefined {
  const header = context.req.header(IF_MATCH.name);
  if (header === undefined || header === "*") return undefined;
  const version = /^"?(\d+)"?$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new SyrinxError(
    "body-invalid",
    `If-Match must be an ETag of /control/config, e.g. "12": it is ${header}`,
  );
}
