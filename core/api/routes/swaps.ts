import type { SwapList } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import type { SlotRequests } from "../../slots/mod.ts";
import type { SwapJournal } from "../../journal/mod.ts";
import type { Operation } from "../operation.ts";
import { queryNumber } from "../query.ts";

const LIMIT = {
  name: "limit",
  description: "Most that are wanted.",
  schema: { type: "integer", minimum: 1, maximum: 500, default: 50 },
};

/** How a canary is ended by hand. */
const WAYS_OUT = [
  {
    name: "promote",
    summary: "Send all new utterances to a canary.",
    description: "The swap, routed.",
  },
  {
    name: "abort",
    summary: "Send no more utterances to a canary; it ends when it has finished what it began.",
    description: "The swap, which is taken back.",
  },
] as const;

/** GET /control/swaps and /control/swaps/:id: the reload history. POST .../promote and .../abort: a canary's ways out. */
export function swapRoutes(journal: SwapJournal, requests: SlotRequests): Operation[] {
  return [
    {
      method: "get",
      path: "/control/swaps",
      tag: "control",
      scope: "read",
      summary: "The swaps, newest first, each stage with its time.",
      query: [
        { name: "slot", description: "Only swaps of this slot.", schema: { type: "string" } },
        LIMIT,
        {
          name: "before",
          description: "Only swaps older than this one: the next page.",
          schema: { type: "string" },
        },
      ],
      responses: { 200: { description: "A page of swaps.", schema: "syrinx:api#/$defs/SwapList" } },
      handle(context) {
        const limit = queryNumber(context, LIMIT) ?? LIMIT.schema.default;
        const [slot, before] = [context.req.query("slot"), context.req.query("before")];
        const swaps = journal.swaps({ limit: limit + 1, ...(slot && { slot }), ...(before && { before }) });
        const page = swaps.slice(0, limit);
        const last = page.at(-1);
        return context.json({
          swaps: page,
          ...(swaps.length > limit && last && { before: last.id }),
        } satisfies SwapList);
      },
    },
    {
      method: "get",
      path: "/control/swaps/{id}",
      tag: "control",
      scope: "read",
      summary: "One swap.",
      responses: { 200: { description: "The swap.", schema: "syrinx:swap" } },
      handle(context) {
        const id = context.req.param("id") ?? "";
        const swap = journal.swap(id);
        if (!swap) throw new SyrinxError("swap-not-found", `There is no swap "${id}"`);
        return context.json(swap);
      },
    },
    ...WAYS_OUT.map(({ name, summary, description }): Operation => ({
      method: "post",
      path: `/control/swaps/{id}/${name}`,
      tag: "control",
      scope: "admin",
      summary,
      responses: { 200: { description, schema: "syrinx:swap" } },
      handle(context) {
        const id = context.req.param("id") ?? "";
        requests.slotOfSwap(id)[name](id);
        return context.json(journal.swap(id) ?? {});
      },
    })),
  ];
}
