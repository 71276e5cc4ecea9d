import type { SnapshotRequest } from "../../../schemas/generated/api.ts";
import type { Snapshots } from "../../config/mod.ts";
import type { Operation } from "../operation.ts";
import { queryFlag } from "../query.ts";

const DRY_RUN = {
  name: "dryRun",
  description: "true: answer with what the restore would do, and do nothing.",
  schema: { type: "boolean", default: false },
};

/** /control/snapshots. */
export function snapshotRoutes(snapshots: Snapshots): Operation[] {
  return [
    {
      method: "get",
      path: "/control/snapshots",
      tag: "control",
      scope: "admin",
      summary: "The snapshots, newest first.",
      responses: { 200: { description: "The snapshots.", schema: "syrinx:api#/$defs/SnapshotList" } },
      handle: (context) => context.json(snapshots.list()),
    },
    {
      method: "post",
      path: "/control/snapshots",
      tag: "control",
      scope: "admin",
      summary: "Keep the config, what fills each slot, and the state of the plugins, to come back to.",
      body: "syrinx:api#/$defs/SnapshotRequest",
      bodyOptional: true,
      responses: { 200: { description: "The snapshot.", schema: "syrinx:api#/$defs/SnapshotView" } },
      handle: async (context, body, { name: actor }) =>
        context.json(await snapshots.take("request", { actor, ...(body as SnapshotRequest) })),
    },
    {
      method: "post",
      path: "/control/snapshots/{id}/restore",
      tag: "control",
      scope: "admin",
      summary:
        "Apply the config of a snapshot and pin it, then swap each slot to what filled it, with the state of then. Another snapshot is taken first.",
      query: [DRY_RUN],
      responses: {
        200: {
          description: "What was done; with dryRun, the plan.",
          schema: ["syrinx:api#/$defs/SnapshotRestore", "syrinx:api#/$defs/SnapshotRestorePlan"],
        },
      },
      async handle(context, _, by) {
        const [id, actor] = [context.req.param("id") ?? "", by.name];
        if (queryFlag(context, DRY_RUN)) return context.json(await snapshots.plan(id, { actor }));
        return context.json(await snapshots.restore(id, { actor }));
      },
    },
  ];
}
