import type { ConfigPlanRequest, ConfigRollbackRequest } from "../../../schemas/generated/api.ts";
import type { ConfigControl } from "../../config/mod.ts";
import type { Operation } from "../operation.ts";
import { answer, CHANGED, CONFIRM, changed, DRY_RUN, ETAG, IF_MATCH, PLAN, VIEW } from "./config-change.ts";

const POINTER = {
  name: "pointer",
  description: "JSON pointer into the overrides; absent: all of them.",
  schema: { type: "string" },
};

/** /control/config, and its changes. */
export function configRoutes(control: ConfigControl): Operation[] {
  return [
    {
      method: "get",
      path: "/control/config",
      tag: "control",
      scope: "admin",
      summary: "The active config, its layers, and what is pinned, held or to be confirmed.",
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
        changed(control, context, caller, { next: control.patched(body as object), cause: "patch" }),
    },
    {
      method: "delete",
      path: "/control/config/overrides",
      tag: "control",
      scope: "admin",
      summary: "Remove overrides: what sources and defaults say holds again.",
      query: [POINTER, DRY_RUN, CONFIRM],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle: (context, _, caller) =>
        changed(control, context, caller, {
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
      summary: "Confirm a change, which would be undone otherwise.",
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
        return changed(control, context, caller, { next, cause: "rollback", rollbackTo: version, ...why });
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
      handle: (context, _, caller) =>
        changed(control, context, caller, { next: control.unpinned(), cause: "unpin" }),
    },
  ];
}
