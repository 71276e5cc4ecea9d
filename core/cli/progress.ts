import { tookText, waitsForText } from "../../admin/client/mod.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";

const FRAMES = ["|", "/", "-", "\\"];
/** Between two drawings of the line, in ms. */
const FRAME_MS = 80;
const CLEAR_LINE = "\r\x1b[K";

/** Shows how far a swap has come. */
export interface Progress {
  reached(record: SwapRecord): void;
  /** Shows a line that stays. */
  note(line: string): void;
  /** Removes the line that was kept up to date. */
  end(): void;
}

export const silent: Progress = { reached: () => {}, note: () => {}, end: () => {} };

/** @returns on a terminal, one line that is kept up to date; else a line for each stage, with the time since the plan */
export function showProgress(slot: string, out: NodeJS.WriteStream = process.stderr): Progress {
  if (!out.isTTY) {
    let told: SwapRecord["stage"] | undefined;
    const reached = (swap: SwapRecord) => {
      const last = swap.stages.at(-1);
      // A canary is told after every utterance.
      if (!last || last.stage === told) return;
      told = last.stage;
      out.write(`${slot} ${last.stage.padEnd(11)} ${tookText(last.elapsedMs)}${waitText(swap)}\n`);
    };
    return { ...silent, reached, note: (line) => out.write(`${line}\n`) };
  }
  const began = performance.now();
  let stage = "planned";
  let frames = 0;
  const draw = () => {
    const frame = FRAMES[frames++ % FRAMES.length];
    out.write(`${CLEAR_LINE}${frame} ${slot} ${stage} ${tookText(performance.now() - began)}`);
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    reached(record) {
      stage = `${record.stage}${waitText(record)}`;
      draw();
    },
    note(line) {
      out.write(`${CLEAR_LINE}${line}\n`);
      draw();
    },
    end() {
      clearInterval(timer);
      out.write(CLEAR_LINE);
    },
  };
}

function waitText(swap: SwapRecord): string {
  const text = waitsForText(swap);
  return text === undefined ? "" : `, ${text}`;
}
