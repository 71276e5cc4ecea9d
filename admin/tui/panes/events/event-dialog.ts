import type { EngineEvent } from "../../../../schemas/generated/event.ts";
import { problemText, timeText, tookText } from "../../../client/mod.ts";
import type { Text } from "../../dialogs/mod.ts";
import { type Line, pad, tone } from "../../screen/mod.ts";
import { eventText, levelOf, slotOf } from "./event-text.ts";

/** @returns the event in full: what it says, the stages of a swap with their times, what went wrong, and its data */
export function eventDialog(event: EngineEvent, now: number): Text {
  const body: Line[] = [
    [tone("dim", `${timeText(event.at, now)}  ${levelOf(event)}  ${event.kind}  ${slotOf(event) ?? ""}`)],
    [],
    [eventText(event)],
    ...errorLines(event),
    ...stageLines(event),
    [],
    ...JSON.stringify(event, null, 2)
      .split("\n")
      .map((row): Line => [tone("dim", row)]),
  ];
  return { kind: "text", title: `Event ${event.id}`, body };
}

function errorLines(event: EngineEvent): Line[] {
  const error = event.kind === "swap" ? event.swap.error : event.kind === "slot" ? event.error : undefined;
  if (error) return [[], [tone("bad", error.message)], [tone("dim", error.code)]];
  if (event.kind !== "config") return [];
  return (event.problems ?? []).map((problem): Line => [tone("bad", `- ${problemText(problem)}`)]);
}

function stageLines(event: EngineEvent): Line[] {
  if (event.kind !== "swap") return [];
  const rows = event.swap.stages.map(({ stage, elapsedMs, detail }): Line => [
    pad(stage, 12),
    pad(tookText(elapsedMs), 8, "right"),
    detail === undefined ? "" : `  ${detail}`,
  ]);
  return [[], ...rows];
}
