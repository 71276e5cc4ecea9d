import type { SwapList } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import type { SwapJournal } from "../../journal/mod.ts";
import type { SlotRequests } from "../../slots/mod.ts";
import type { Operation } from "../operation.ts";
import { queryNumber } from "../query.ts";

const LIMIT = {
  name: "limit",
  description: "Maximum number of swaps.",
  schema: { type: "integer", minimum: 1, maximum: 500, default: 50 },
};

/** The two ways to end a canary by hand. */
const WAYS_OUT = [
  {
    name: "promote",
    summary: "Send all new utterances to a canary.",
    description: "The swap, now routed.",
  },
  {
    name: "abort",
    summary: "Send no more utterances to a canary. It ends when it has finished its utterances.",
    description: "The swap, now aborted.",
  },
] as const;

/** GET /control/swaps and /control/swaps/:id: the history of swaps. POST .../promote and .../abort: end a canary. */
export function swapRoutes(journal: SwapJournal, requests: SlotRequests): Operation[] {
  return [
    {
      method: "get",
      path: "/control/swaps",
      tag: "control",
      scope: "read",
      summary: "List the swaps, newest first, with the time of each stage.",
      query: [
        { name: "slot", description: "Only swaps of this slot.", schema: { type: "string" } },
        LIMIT,
        {
          name: "before",
          description: "Only swaps older than this one, for the next page.",
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
      summary: "Get one swap.",
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
      handle(context, _, { name: actor }) {
        const id = context.req.param("id") ?? "";
        requests.slotOfSwap(id)[name](id, actor);
        return context.json(journal.swap(id) ?? {});
      },
    })),
  ];
}
