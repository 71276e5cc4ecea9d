import type { Clock } from "../../clock.ts";
import { SyrinxError } from "../../errors.ts";
import type { EventJournal } from "../../journal/mod.ts";
import { closeWhenIdle } from "../close-when-idle.ts";
import { eventStream } from "../event-stream.ts";
import type { Operation } from "../operation.ts";

/** A reader that takes nothing for so long, not even the signs of life, is let go. It can resume by id. */
const STALL_S = 60;
/** The same when the stream is over: as the engine stops, and waits for it, or as the reader may read no more. */
const LAST_STALL_S = 1;

/** GET /control/events: what happens, as it happens. */
export function eventRoutes(events: EventJournal, clock: Clock): Operation[] {
  return [
    {
      method: "get",
      path: "/control/events",
      tag: "control",
      scope: "read",
      summary:
        "Server-Sent Events: swap (a stage was reached), slot (its state has changed), config (applied or rejected), gap (events were forgotten). A comment at least every 15 s.",
      query: [
        { name: "slot", description: "Only events of this slot: swap and slot.", schema: { type: "string" } },
      ],
      headers: [
        {
          name: "Last-Event-ID",
          description: "Id of the last event that is known; 0: all that are kept. Absent: from now on.",
          schema: { type: "integer", minimum: 0 },
        },
      ],
      responses: {
        200: {
          description:
            "Events until the client or the engine goes, or the client's token is taken away; their data has this schema.",
          events: "syrinx:event",
        },
      },
      handle(context, _, __, mayRead) {
        const last = context.req.header("Last-Event-ID");
        const slot = context.req.query("slot");
        const after = last === undefined ? events.range.newest : eventId(last);
        closeWhenIdle(context, STALL_S);
        const ending = () => closeWhenIdle(context, LAST_STALL_S);
        const stream = eventStream({ events, clock, after, mayRead, ending, ...(slot && { slot }) });
        return context.body(stream, 200, {
          "Content-Type": "text/event-stream",
          "Cache-Control": "no-cache, no-transform",
          // nginx would hold events back to fill its buffer.
          "X-Accel-Buffering": "no",
        });
      },
    },
  ];
}

function eventId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new SyrinxError("body-invalid", `Last-Event-ID must be the id of an event: it is "${text}"`);
}
