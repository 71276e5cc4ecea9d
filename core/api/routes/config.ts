import type { Context } from "hono";
import type { ConfigPlanRequest, ConfigRollbackRequest, ConfigView } from "../../../schemas/generated/api.ts";
import type { ConfigControl } from "../../config/mod.ts";
import { SyrinxError } from "../../errors.ts";
import type { Caller, Operation, Parameter } from "../operation.ts";
import { queryFlag, queryNumber } from "../query.ts";

/** Longest wait for a confirmation, in ms: a day. */
const MOST_CONFIRM_MS = 24 * 60 * 60 * 1000;

const DRY_RUN = {
  name: "dryRun",
  description: "true: answer with the plan, and do nothing.",
  schema: { type: "boolean", default: false },
};
const CONFIRM = {
  name: "confirm",
  description:
    "The change goes back by itself after so long, in ms, and at the next start of the engine, unless POST /control/config/confirm comes first.",
  schema: { type: "integer", minimum: 1, maximum: MOST_CONFIRM_MS },
};
const POINTER = {
  name: "pointer",
  description: "JSON pointer into the overrides; absent: all of them.",
  schema: { type: "string" },
};
const IF_MATCH: Parameter = {
  name: "If-Match",
  description:
    "The ETag of the config that the change is meant for: if another one is in force, 409 config-stale.",
  schema: { type: "string" },
};
const VIEW = "syrinx:api#/$defs/ConfigView";
const PLAN = "syrinx:api#/$defs/ConfigPlanView";
const ETAG = "The config in force, its version as the ETag";
const CHANGED = { 200: { description: `${ETAG}; with dryRun, the plan.`, schema: [VIEW, PLAN] } };

/** What is asked of the control, and what is told of it. */
type Change = Pick<Parameters<ConfigControl["ask"]>[0], "next" | "cause" | "reason" | "rollbackTo">;

/** /control/config, and what is done to it. */
export function configRoutes(control: ConfigControl): Operation[] {
  const change = async (context: Context, { name: actor }: Caller, what: Change): Promise<Response> => {
    const base = ifMatch(context);
    const confirmMs = queryNumber(context, CONFIRM);
    if (queryFlag(context, DRY_RUN)) return context.json(await control.planOf(what.next, base));
    const asked = { ...what, actor, ...(base !== undefined && { base }) };
    return answer(context, await control.ask(asked, confirmMs));
  };
  return [
    {
      method: "get",
      path: "/control/config",
      tag: "control",
      scope: "admin",
      summary: "The config in force, its layers, and what is pinned, held or to be confirmed.",
      responses: { 200: { description: `${ETAG}.`, schema: VIEW } },
      handle: (context) => answer(context, control.view()),
    },
    {
      method: "patch",
      path: "/control/config",
      tag: "control",
      scope: "admin",
      summary:
        "Lay a JSON Merge Patch over the config: it is kept in the overrides, above all sources, across restarts.",
      body: "syrinx:api#/$defs/ConfigPatch",
      query: [DRY_RUN, CONFIRM],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle: (context, body, caller) =>
        change(context, caller, { next: control.patched(body as object), cause: "patch" }),
    },
    {
      method: "delete",
      path: "/control/config/overrides",
      tag: "control",
      scope: "admin",
      summary: "Take overrides away: what sources and defaults say holds again.",
      query: [POINTER, DRY_RUN, CONFIRM],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle: (context, _, caller) =>
        change(context, caller, {
          next: control.withoutOverride(context.req.query(POINTER.name) ?? ""),
          cause: "patch",
        }),
    },
    {
      method: "post",
      path: "/control/config/reload",
      tag: "control",
      scope: "admin",
      summary: "Ask every source for its document now, e.g. before a server would be asked again.",
      responses: { 200: { description: `${ETAG}.`, schema: VIEW } },
      handle: async (context) => answer(context, await control.reload()),
    },
    {
      method: "post",
      path: "/control/config/plan",
      tag: "control",
      scope: "admin",
      summary: "What a change of the config would do, slot by slot. Nothing is done.",
      body: "syrinx:api#/$defs/ConfigPlanRequest",
      responses: { 200: { description: "The plan.", schema: PLAN } },
      handle: async (context, body) => context.json(await control.plan(body as ConfigPlanRequest)),
    },
    {
      method: "post",
      path: "/control/config/confirm",
      tag: "control",
      scope: "admin",
      summary: "Let a change stay that would have gone back by itself.",
      responses: { 200: { description: `${ETAG}.`, schema: VIEW } },
      handle: async (context) => answer(context, await control.confirm()),
    },
    {
      method: "post",
      path: "/control/config/rollback",
      tag: "control",
      scope: "admin",
      summary:
        "Apply the document of a version once more, and pin it: what sources say is held until an unpin.",
      body: "syrinx:api#/$defs/ConfigRollbackRequest",
      query: [DRY_RUN],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle(context, body, caller) {
        const { version, reason } = body as ConfigRollbackRequest;
        const why = reason === undefined ? {} : { reason };
        const next = control.rolledBack(version, { actor: caller.name, ...why });
        return change(context, caller, { next, cause: "rollback", rollbackTo: version, ...why });
      },
    },
    {
      method: "post",
      path: "/control/config/unpin",
      tag: "control",
      scope: "admin",
      summary: "Let sources and overrides hold again; dryRun shows what that changes.",
      query: [DRY_RUN, CONFIRM],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle: (context, _, caller) => change(context, caller, { next: control.unpinned(), cause: "unpin" }),
    },
  ];
}

function answer(context: Context, view: ConfigView): Response {
  return context.json(view, 200, { ETag: `"${view.version}"` });
}

/** @returns the version that is named; undefined: any */
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
