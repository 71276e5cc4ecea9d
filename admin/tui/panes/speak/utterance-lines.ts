/**
 * The utterances: the newest one at length, then all in a table.
 *
 * @module
 */

import { bindingText, tookText } from "../../../client/mod.ts";
import {
  type Column,
  type Glyphs,
  hasWords,
  type Line,
  type Part,
  type Tone,
  tableLines,
  tone,
  wrap,
} from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { isUnderWay, slotOfVoice, type Utterance } from "./speak-state.ts";

/** From this factor of real time on, digits after the point say nothing. */
const FAST = 10;
/** Cells of the text in the table. */
const TEXT = { least: 10, most: 200 };

/** @returns the newest utterance: its progress, who speaks it, where its sound went, and who would speak the next one */
export function newestLines(utterance: Utterance, view: View): Line[] {
  const { problem, kept, state } = utterance;
  const { columns } = view.size;
  const [meaning, sign] = signOf(utterance, view.glyphs);
  const why = problem ? wrap(problem.message, columns - 4) : [];
  return [
    [tone(meaning, ` ${sign} ${state}`), progressText(utterance)],
    ...(utterance.release === undefined ? [] : [[`   ${speakerText(utterance)}`]]),
    ...(kept === undefined ? [] : wrap(kept, columns - 4).map((row): Line => [`   ${row}`])),
    ...why.map((row): Line => [tone("bad", `   ${row}`)]),
    ...(problem?.details ?? []).map((detail): Line => [`   ${detail}`]),
    ...nextLines(utterance, view),
  ];
}

/** @returns the length of the sound divided by the time it took; undefined: not known */
export function realTimeText({ seconds, tookMs }: Utterance): string | undefined {
  if (tookMs === undefined || tookMs === 0 || seconds === 0) return undefined;
  const times = seconds / (tookMs / 1_000);
  return times < FAST ? times.toFixed(1) : String(Math.round(times));
}

/** @returns the utterances that have all the words, the newest first, as a table of at most so many rows */
export function pastLines(utterances: readonly Utterance[], rows: number, view: View): Line[] {
  const fitting = utterances.filter(({ order, voice, release, state }) =>
    hasWords(`${order.text} ${voice} ${release} ${state}`, view.filter),
  );
  if (fitting.length === 0 || rows < 2) return [];
  const shown = fitting.slice(0, rows - 1);
  const window = { chosen: -1, top: 0, rows: rows - 1 };
  return tableLines(columnsFor(view.glyphs), shown, window, view.size.columns, view.glyphs);
}

function columnsFor(glyphs: Glyphs): Column<Utterance>[] {
  return [
    { title: "FIRST", cell: (one) => firstCell(one, glyphs), align: "right" },
    { title: "× REAL", cell: (one) => realTimeText(one) ?? "-", align: "right" },
    { title: "SOUND", cell: ({ seconds }) => `${seconds.toFixed(2)} s`, align: "right", drop: 2 },
    { title: "SPEED", cell: ({ order }) => String(order.speed), align: "right", drop: 3 },
    { title: "VOICE", cell: ({ voice, order }) => tone("accent", voice ?? order.voice ?? "-"), most: 16 },
    { title: "GEN", cell: ({ generation }) => String(generation ?? "-"), align: "right", drop: 1 },
    { title: "RELEASE", cell: ({ release }) => release ?? "-", most: 50 },
    { title: "TEXT", cell: ({ order }) => tone("dim", order.text), stretch: TEXT },
  ];
}

function firstCell(utterance: Utterance, glyphs: Glyphs): Part {
  const { firstMs, state } = utterance;
  const isWhole = state !== "failed" && state !== "stopped";
  if (isWhole && firstMs !== undefined) return tookText(firstMs);
  const [meaning, sign] = signOf(utterance, glyphs);
  return tone(meaning, `${sign} ${state}`);
}

function signOf({ state, problem }: Utterance, glyphs: Glyphs): [Tone, string] {
  if (state === "failed") return ["bad", glyphs.bad];
  if (state === "stopped") return ["dim", glyphs.idle];
  if (state === "spoken") return problem ? ["warn", glyphs.good] : ["good", glyphs.good];
  return ["warn", glyphs.busy];
}

function progressText(utterance: Utterance): string {
  const { seconds, firstMs, tookMs, state } = utterance;
  if (state === "waiting") return ": no sound so far";
  if (firstMs === undefined) return "";
  const first = `first sound after ${tookText(firstMs)}`;
  const times = realTimeText(utterance);
  if (tookMs === undefined || times === undefined)
    return `: ${first}, ${seconds.toFixed(2)} s of sound so far`;
  return `: ${first}, ${seconds.toFixed(2)} s of sound in ${tookText(tookMs)}, ${times} × real time`;
}

function speakerText({ voice, release, generation }: Utterance): string {
  return `${voice}, ${release}, generation ${generation}`;
}

/** @returns that the slot is being swapped, or has another generation than the one that speaks */
function nextLines(utterance: Utterance, { engine, glyphs, size }: View): Line[] {
  const { voice, generation } = utterance;
  if (voice === undefined || generation === undefined) return [];
  const slot = engine.known.slots?.value.slots.find((one) => one.slot === slotOfVoice(voice));
  if (!slot) return [];
  const swap = engine.known.swaps?.value.swaps.find(({ id }) => id === slot.swap);
  const isSwapped = swap && swap.endedAt === undefined;
  const by = `by generation ${generation}`;
  const stays = isUnderWay(utterance)
    ? `It is spoken to its end ${by}, which began it`
    : `It was spoken ${by}`;
  const next = `the next one is spoken by generation ${slot.generation}: ${bindingText(slot.running)}`;
  const rows = slot.generation > generation ? wrap(`${stays}; ${next}`, size.columns - 4) : [];
  return [
    ...(isSwapped ? [[tone("warn", `   ${glyphs.busy} ${slot.slot} is being swapped: ${swap.stage}`)]] : []),
    ...rows.map((row): Line => [tone("accent", `   ${row}`)]),
  ];
}
