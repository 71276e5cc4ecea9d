/**
 * The stages of a swap.
 *
 * @module
 */
import type { SwapRecord, SwapStage } from "../../../../schemas/generated/swap.ts";
import { isGoodEnd, spanText, tookText } from "../../../client/mod.ts";
import { type Glyphs, type Line, lineCells, type Part, tone } from "../../screen/mod.ts";

const STARTED: readonly SwapStage[] = ["starting", "loading", "restoring", "probing"];
const BESIDE: readonly SwapStage[] = ["planned", "admitted", ...STARTED, "routed", "draining", "done"];
const AFTER_UNLOAD: readonly SwapStage[] = ["planned", "admitted", "draining", ...STARTED, "routed", "done"];
const CANARY = BESIDE.toSpliced(BESIDE.indexOf("routed"), 0, "canary");
const UNLOAD: readonly SwapStage[] = ["planned", "draining", "done"];

/** @returns the stage of a swap and its time, e.g. `loading 1.2 s` */
export function stageText(swap: SwapRecord, now: number): string {
  const since = Date.parse(swap.stages.at(-1)?.at ?? swap.startedAt);
  // The engine's clock may differ from the one here.
  const ms = Math.max(0, now - since);
  return `${swap.stage} ${ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : spanText(ms)}`;
}

/** @returns the stages that it has reached, the one that it is at with a sign, and those to come */
export function stageLines(swap: SwapRecord, columns: number, glyphs: Glyphs, now: number): Line[] {
  const isOver = swap.endedAt !== undefined;
  const coming = isOver ? [] : comingAfter(swap);
  const comma = (isLast: boolean) => tone("dim", isLast ? "" : ",");
  const reached = swap.stages.map(({ stage }, index, all): Line => {
    const arrow = tone("dim", index === 0 ? "" : ` ${glyphs.arrow} `);
    if (index < all.length - 1) return [arrow, tone(isOver ? "dim" : "good", stage)];
    if (isOver) return [arrow, endPart(swap, glyphs)];
    const at = tone("warn", `${glyphs.busy} ${stageText(swap, now)}`);
    return [arrow, at, comma(coming.length === 0)];
  });
  const rest = coming.map((stage, index, all): Line => [
    tone("dim", `${index === 0 ? " then " : " "}${stage}`),
    comma(index === all.length - 1),
  ]);
  return flow([...reached, ...rest], columns);
}

function endPart(swap: SwapRecord, glyphs: Glyphs): Part {
  const took = tookText(swap.stages.at(-1)?.elapsedMs ?? 0);
  if (swap.stage === "done") return tone("good", `${glyphs.good} done in ${took}`);
  const [meaning, sign] = isGoodEnd(swap) ? (["good", glyphs.good] as const) : (["bad", glyphs.bad] as const);
  return tone(meaning, `${sign} ${swap.stage} after ${took}`);
}

function comingAfter(swap: SwapRecord): readonly SwapStage[] {
  const way = wayOf(swap);
  const at = way.indexOf(swap.stage);
  return at < 0 ? [] : way.slice(at + 1);
}

function wayOf({ to, strategy, stages }: SwapRecord): readonly SwapStage[] {
  if (to === null) return UNLOAD;
  if (strategy === "canary") return CANARY;
  // The strategy may be auto. Whether something is drained first shows what the engine chose.
  const first = stages.find(({ stage }) => stage === "draining" || stage === "starting");
  return strategy === "recreate" || first?.stage === "draining" ? AFTER_UNLOAD : BESIDE;
}

/** @returns pieces one after the other, a new line where the next has no room */
function flow(pieces: readonly Line[], columns: number): Line[] {
  const lines: Part[][] = [[]];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? [];
    if (line.length > 0 && lineCells(line) + lineCells(piece) > columns) lines.push(["  ", ...piece]);
    else line.push(...piece);
  }
  return lines;
}
