import type { InstanceView, SlotTraffic } from "../../../../schemas/generated/api.ts";
import {
  bindingText,
  notInConfigText,
  settingsText,
  timeText,
  tookText,
  wantedOf,
  wantedText,
} from "../../../client/mod.ts";
import type { Glyphs, Line, Tone } from "../../screen/mod.ts";
import { labelled } from "../labelled.ts";
import { memoryText } from "./memory-text.ts";
import { type SlotRow, stateSign, stateWord } from "./slot-rows.ts";

/** @returns all that is known of a slot, a line or more each */
export function detailLines(row: SlotRow, columns: number, now: number, glyphs: Glyphs): Line[] {
  const { slot } = row;
  const { running, rollback, voices, notes = [], traffic, instances, load } = slot;
  const [sign, meaning] = stateSign(slot, glyphs);
  const field = (label: string, text: string | undefined, tone?: Tone) =>
    labelled(label, text, columns, tone);
  const wanted = wantedOf(slot);
  const restarts = slot.restarts ? `, ${slot.restarts} restarts of a process that died` : "";
  return [
    ...field("state", `${sign} ${stateWord(slot)}${restarts}`, meaning),
    ...field("runs", running ? `${bindingText(running)}, generation ${slot.generation}` : "nothing"),
    ...field("settings", running ? settingsText(running.settings) || "none" : undefined),
    ...field("wanted", `${wantedText(slot)}${extrasText(wanted)}, ${LOADS[load]}`),
    ...field("config", slot.configured && notInConfigText(slot), "warn"),
    ...field("rollback", rollback ? `to ${bindingText(rollback)}` : "nothing to go back to"),
    ...field("voices", voices?.join(", ")),
    ...field("traffic", traffic && trafficText(traffic)),
    ...field("queue", traffic && queueText(traffic)),
    ...field("memory", memoryText(row)),
    ...instances.flatMap((one, index) => field(index === 0 ? "processes" : "", instanceText(one, now))),
    ...notes.flatMap((note, index) => field(index === 0 ? "notes" : "", note)),
  ];
}

const LOADS = { eager: "loaded at the start", "on-demand": "loaded on demand" } as const;

function extrasText({ device, settings = {} }: ReturnType<typeof wantedOf>): string {
  const own = settingsText(settings);
  return `${device === undefined ? "" : `, device ${device}`}${own === "" ? "" : `, ${own}`}`;
}

function trafficText({ requestsPerSecond, firstAudioP95Ms: p95, failedLastMinute }: SlotTraffic): string {
  const rate = `${Number(requestsPerSecond.toFixed(1))} requests a second`;
  const heard = p95 === undefined ? "not used lately" : `first audio within ${tookText(p95)} (p95)`;
  return `${rate}, ${heard}, ${failedLastMinute} failed in the last minute`;
}

function queueText({ active, queued, maxQueue }: SlotTraffic): string {
  return `${active} active, of which ${queued} wait; at most ${maxQueue}`;
}

function instanceText(instance: InstanceView, now: number): string {
  const { pid, state, generation, inflight, device = "auto", startedAt, sandbox } = instance;
  return [
    `pid ${pid}, ${state}, generation ${generation}, ${inflight} active`,
    // Instances that need no device do not say where they run.
    ...(device === "auto" ? [] : [`on ${device}`]),
    ...(sandbox === undefined ? [] : [sandbox]),
    `since ${timeText(startedAt, now)}`,
  ].join(", ");
}
