import type { Context } from "hono";
import type { SlotList, SwapRequest } from "../../../schemas/generated/api.ts";
import { isErrorCode, SyrinxError } from "../../errors.ts";
import type { AcceptedSwap, Host, WantedBinding } from "../../host/mod.ts";
import type { Operation } from "../operation.ts";
import { problemOf, STATUS } from "../problem.ts";

const WAIT = {
  name: "wait",
  description: "false: answer 202 at once, with the Location of the swap.",
  schema: { type: "boolean", default: true },
};
const ON_CONFLICT = {
  name: "onConflict",
  description: "What to do while another swap of this slot is under way.",
  schema: { type: "string", enum: ["queue", "reject"], default: "queue" },
};
const DRY_RUN = {
  name: "dryRun",
  description: "true: answer with what the swap would do, and do nothing.",
  schema: { type: "boolean", default: false },
};
const SWAP_RESPONSES = {
  200: { description: "The swap, done.", schema: "syrinx:swap" },
  202: { description: "The swap was accepted.", schema: "syrinx:swap" },
};

/** GET /control/slots and /control/slots/:slot, POST .../swap and .../reload. */
export function slotRoutes(host: Host, findSwap: (id: string) => object | undefined): Operation[] {
  const answer = async (
    context: Context,
    begin: (onConflict: "queue" | "reject") => AcceptedSwap,
  ): Promise<Response> => {
    const { wait, onConflict } = swapQuery(context);
    const { id, done } = begin(onConflict);
    if (!wait) return context.json(findSwap(id) ?? {}, 202, { Location: `/control/swaps/${id}` });
    const record = await done;
    if (!record.error) return context.json(record);
    const code = isErrorCode(record.error.code) ? record.error.code : "internal";
    const problem = { ...problemOf(new SyrinxError(code, record.error.message)), swap: record };
    return context.json(problem, STATUS[code], { "Content-Type": "application/problem+json" });
  };
  return [
    {
      method: "get",
      path: "/control/slots",
      tag: "control",
      scope: "read",
      summary: "Every slot: what it should run, what it runs, and how that is.",
      responses: { 200: { description: "The slots.", schema: "syrinx:api#/$defs/SlotList" } },
      handle: (context) =>
        context.json({ slots: host.slots().map((slot) => slot.view()) } satisfies SlotList),
    },
    {
      method: "get",
      path: "/control/slots/{slot}",
      tag: "control",
      scope: "read",
      summary: "One slot.",
      responses: { 200: { description: "The slot.", schema: "syrinx:api#/$defs/SlotView" } },
      handle: (context) => context.json(host.slot(context.req.param("slot") ?? "").view()),
    },
    {
      method: "post",
      path: "/control/slots/{slot}/swap",
      tag: "control",
      scope: "admin",
      summary:
        "Replace what fills a slot, while it serves. What goes wrong before the new one serves leaves the old one serving.",
      body: "syrinx:api#/$defs/SwapRequest",
      query: [WAIT, ON_CONFLICT, DRY_RUN],
      responses: {
        ...SWAP_RESPONSES,
        200: {
          description: "The swap, done; with dryRun, its plan.",
          schema: ["syrinx:swap", "syrinx:api#/$defs/SwapPlan"],
        },
      },
      handle(context, body) {
        const { strategy: _strategy, canary: _canary, model, ...rest } = body as SwapRequest;
        // null takes the model away, for a plugin that runs without one.
        const change: Partial<WantedBinding> =
          model === undefined ? rest : { ...rest, model: model ?? undefined };
        const slot = context.req.param("slot") ?? "";
        if (queryFlag(context, DRY_RUN)) return context.json(host.plan(slot, change));
        return answer(context, (onConflict) => host.swap(slot, change, "request", onConflict));
      },
    },
    {
      method: "post",
      path: "/control/slots/{slot}/reload",
      tag: "control",
      scope: "admin",
      summary: "Replace what fills a slot by the same, or by newer versions that its ranges allow.",
      query: [WAIT, ON_CONFLICT],
      responses: SWAP_RESPONSES,
      handle: (context) =>
        answer(context, (onConflict) => host.swap(context.req.param("slot") ?? "", {}, "reload", onConflict)),
    },
  ];
}

function swapQuery(context: Context): { wait: boolean; onConflict: "queue" | "reject" } {
  const onConflict = context.req.query("onConflict") ?? "queue";
  if (onConflict !== "queue" && onConflict !== "reject") {
    throw new SyrinxError("body-invalid", `onConflict must be queue or reject: it is "${onConflict}"`);
  }
  return { wait: queryFlag(context, WAIT), onConflict };
}

function queryFlag(
  context: Context,
  { name, schema }: { name: string; schema: { default: boolean } },
): boolean {
  const value = context.req.query(name) ?? String(schema.default);
  if (value === "true" || value === "false") return value === "true";
  throw new SyrinxError("body-invalid", `${name} must be true or false: it is "${value}"`);
}
