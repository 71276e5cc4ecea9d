import type { SlotList, SlotView } from "../../../schemas/generated/api.ts";
import type { Host, Slot } from "../../slots/mod.ts";
import type { Speech } from "../../speech/mod.ts";
import type { Operation } from "../operation.ts";

/** GET /control/slots and /control/slots/:slot. */
export function slotRoutes(host: Host, speech: Speech): Operation[] {
  const view = (slot: Slot): SlotView => {
    const found = slot.view();
    if (slot.kind === "voice") found.traffic = speech.traffic(slot.name);
    return found;
  };
  return [
    {
      method: "get",
      path: "/control/slots",
      tag: "control",
      scope: "read",
      summary: "List the slots: the wanted binding, the running binding, and the state.",
      responses: { 200: { description: "The slots.", schema: "syrinx:api#/$defs/SlotList" } },
      handle: (context) => context.json({ slots: host.slots().map(view) } satisfies SlotList),
    },
    {
      method: "get",
      path: "/control/slots/{slot}",
      tag: "control",
      scope: "read",
      summary: "One slot.",
      responses: { 200: { description: "The slot.", schema: "syrinx:api#/$defs/SlotView" } },
      handle: (context) => context.json(view(host.slot(context.req.param("slot") ?? ""))),
    },
  ];
}
