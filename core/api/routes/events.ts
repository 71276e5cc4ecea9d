import type { Clock } from "../../clock.ts";
import { SyrinxError } from "../../errors.ts";
import type { EventJournal } from "../../journal/mod.ts";
import { closeWhenIdle } from "../close-when-idle.ts";
import { eventStream } from "../event-stream.ts";
import type { Operation } from "../operation.ts";

/** A reader that reads nothing for this long, not even heartbeats, is disconnected. It can resume by id. */
const STALL_S = 60;
/**
 * The same when the stream must end, because the engine stops and waits for it, or because the reader lost its right to
 * read.
 */
const LAST_STALL_S = 1;

/** GET /control/events: events as they happen. */
export function eventRoutes(events: EventJournal, clock: Clock): Operation[] {
  return [
    {
      method: "get",
      path: "/control/events",
      tag: "control",
      scope: "read",
      summary:
        "Stream events (Server-Sent Events): swap (a stage was reached), slot (its state changed), config (applied, rejected or held), refusal (a connection was refused), gap (events were deleted). A comment at least every 15 s.",
      query: [
        { name: "slot", description: "Only swap and slot events of this slot.", schema: { type: "string" } },
      ],
      headers: [
        {
          name: "Last-Event-ID",
          description: "Id of the last event that you have. 0: all stored events. Absent: only new events.",
          schema: { type: "integer", minimum: 0 },
        },
      ],
      responses: {
        200: {
          description:
            "Events, whose data has this schema. The stream ends when the engine stops or the client loses its right to read.",
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
