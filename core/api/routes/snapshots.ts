import type { SnapshotRequest } from "../../../schemas/generated/api.ts";
import type { SnapshotRestorer, Snapshots } from "../../config/mod.ts";
import type { Operation } from "../operation.ts";
import { queryFlag } from "../query.ts";

const DRY_RUN = {
  name: "dryRun",
  description: "true: return the plan of the restore, and change nothing.",
  schema: { type: "boolean", default: false },
};

/** /control/snapshots. */
export function snapshotRoutes(snapshots: Snapshots, restorer: SnapshotRestorer): Operation[] {
  return [
    {
      method: "get",
      path: "/control/snapshots",
      tag: "control",
      scope: "admin",
      summary: "List the snapshots, newest first.",
      responses: { 200: { description: "The snapshots.", schema: "syrinx:api#/$defs/SnapshotList" } },
      handle: (context) => context.json(snapshots.list()),
    },
    {
      method: "post",
      path: "/control/snapshots",
      tag: "control",
      scope: "admin",
      summary: "Take a snapshot: the config, the binding of each slot, and the state of the plugins.",
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
        "Take another snapshot, apply the config of this one and pin it, then swap each slot to its binding and state in the snapshot.",
      query: [DRY_RUN],
      responses: {
        200: {
          description: "The result of the restore; with dryRun, its plan.",
          schema: ["syrinx:api#/$defs/SnapshotRestore", "syrinx:api#/$defs/SnapshotRestorePlan"],
        },
      },
      async handle(context, _, by) {
        const [id, actor] = [context.req.param("id") ?? "", by.name];
        if (queryFlag(context, DRY_RUN)) return context.json(await restorer.plan(id, { actor }));
        return context.json(await restorer.restore(id, { actor }));
      },
    },
  ];
}
