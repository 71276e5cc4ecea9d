import type { Context } from "hono";
import type { SwapRequest } from "../../../schemas/generated/api.ts";
import type { ConfigControl } from "../../config/mod.ts";
import { isErrorCode, SyrinxError } from "../../errors.ts";
import type { WantedBinding } from "../../releases/mod.ts";
import {
  type AcceptedSwap,
  type Asking,
  MOST_WAITING,
  type OnConflict,
  type SlotRequests,
} from "../../slots/mod.ts";
import type { KnownCaller } from "../access.ts";
import type { Operation, Parameter } from "../operation.ts";
import { problemOf, STATUS } from "../problem.ts";
import { queryFlag } from "../query.ts";

const WAIT = {
  name: "wait",
  description: "false: respond with 202 at once, with the Location of the swap.",
  schema: { type: "boolean", default: true },
};
const ON_CONFLICT = {
  name: "onConflict",
  description: `What to do while another swap of this slot runs. queue: wait until that has ended, and those that wait already; a canary on trial is rolled back, so that nothing waits for it. What waits ends with swap-overtaken when a change of the config or a restore gives the slot another binding. When ${MOST_WAITING} swaps wait, the next is refused. reject: refuse.`,
  schema: { type: "string", enum: ["queue", "reject"], default: "queue" },
};
const DRY_RUN = {
  name: "dryRun",
  description: "true: return the plan of the swap, and change nothing.",
  schema: { type: "boolean", default: false },
};
const PERSIST = {
  name: "persist",
  description: "false: the config stays as it is, and decides again when the engine starts.",
  schema: { type: "boolean", default: true },
};
const SWAP_RESPONSES = {
  200: { description: "The completed swap.", schema: "syrinx:swap" },
  202: { description: "The swap was accepted.", schema: "syrinx:swap" },
};

/** Actions on a slot that need no body. */
const ACTIONS: readonly {
  name: string;
  summary: string;
  query?: readonly Parameter[];
  begin(requests: SlotRequests, slot: string, asking: Asking): AcceptedSwap;
}[] = [
  {
    name: "reload",
    summary: "Reload a slot with the same versions, or with newer ones that its ranges allow.",
    begin: (requests, slot, asking) => requests.swap(slot, {}, "reload", asking),
  },
  {
    name: "rollback",
    summary: "Go back to the previous binding: at once if its instance still runs, else by a swap.",
    query: [PERSIST],
    begin: (requests, slot, asking) => requests.rollback(slot, asking),
  },
  {
    name: "unload",
    summary: "Unload a slot after its utterances have finished.",
    begin: (requests, slot, asking) => requests.unload(slot, asking),
  },
  {
    name: "load",
    summary: "Load a slot that was unloaded, or that is loaded on demand.",
    begin: (requests, slot, asking) => requests.load(slot, asking),
  },
];

/**
 * POST /control/slots/:slot/{swap, reload, rollback, unload, load}.
 *
 * @param findSwap by its id
 * @param control of the config, which is to have what is swapped
 */
export function slotActionRoutes(
  requests: SlotRequests,
  findSwap: (id: string) => object | undefined,
  control: Pick<ConfigControl, "requireConfirmed">,
): Operation[] {
  const answer = async (
    context: Context,
    { name: actor }: KnownCaller,
    begin: (asking: Asking) => AcceptedSwap,
  ): Promise<Response> => {
    const { wait, onConflict } = swapQuery(context);
    const { id, done } = begin({ onConflict, actor });
    if (!wait) return context.json(findSwap(id) ?? {}, 202, { Location: `/control/swaps/${id}` });
    const record = await done;
    if (!record.error) return context.json(record);
    const code = isErrorCode(record.error.code) ? record.error.code : "internal";
    const problem = { ...problemOf(new SyrinxError(code, record.error.message)), swap: record };
    return context.json(problem, STATUS[code], { "Content-Type": "application/problem+json" });
  };
  return [
    {
      method: "post",
      path: "/control/slots/{slot}/swap",
      tag: "control",
      scope: "admin",
      summary:
        "Replace a slot's binding while it serves. If the new one fails before it serves, the old one keeps serving.",
      body: "syrinx:api#/$defs/SwapRequest",
      query: [WAIT, ON_CONFLICT, DRY_RUN],
      responses: {
        ...SWAP_RESPONSES,
        200: {
          description: "The completed swap; with dryRun, its plan.",
          schema: ["syrinx:swap", "syrinx:api#/$defs/SwapPlan"],
        },
      },
      async handle(context, body, caller) {
        const { strategy = "auto", canary, model, persist = true, reason, ...rest } = body as SwapRequest;
        if (canary && strategy !== "canary")
          throw new SyrinxError("body-invalid", `canary is for the strategy canary: it is ${strategy}`);
        // null removes the model, for a plugin that runs without one.
        const change: Partial<WantedBinding> =
          model === undefined ? rest : { ...rest, model: model ?? undefined };
        const slot = context.req.param("slot") ?? "";
        if (queryFlag(context, DRY_RUN)) return context.json(await requests.plan(slot, change, strategy));
        if (persist) control.requireConfirmed();
        const keeping = { persist, ...(reason !== undefined && { reason }) };
        const manner = { strategy, keeping, ...(canary && { canary }) };
        return answer(context, caller, (asking) =>
          requests.swap(slot, change, "request", { ...asking, ...manner }),
        );
      },
    },
    ...ACTIONS.map(({ name, summary, query = [], begin }): Operation => ({
      method: "post",
      path: `/control/slots/{slot}/${name}`,
      tag: "control",
      scope: "admin",
      summary,
      query: [WAIT, ON_CONFLICT, ...query],
      responses: SWAP_RESPONSES,
      handle(context, _, caller) {
        const slot = context.req.param("slot") ?? "";
        if (!query.includes(PERSIST))
          return answer(context, caller, (asking) => begin(requests, slot, asking));
        const keeping = { persist: queryFlag(context, PERSIST) };
        if (keeping.persist) control.requireConfirmed();
        return answer(context, caller, (asking) => begin(requests, slot, { ...asking, keeping }));
      },
    })),
  ];
}

function swapQuery(context: Context): { wait: boolean; onConflict: OnConflict } {
  const onConflict = context.req.query("onConflict") ?? "queue";
  if (onConflict !== "queue" && onConflict !== "reject") {
    throw new SyrinxError("body-invalid", `onConflict must be queue or reject: it is "${onConflict}"`);
  }
  return { wait: queryFlag(context, WAIT), onConflict };
}
