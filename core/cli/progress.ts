import type { SwapRecord } from "../../schemas/generated/swap.ts";

const FRAMES = ["|", "/", "-", "\\"];
/** Between two pictures of the line, in ms. */
const FRAME_MS = 80;
const CLEAR_LINE = "\r\x1b[K";

/** Shows how far a swap has come. */
export interface Progress {
  reached(record: SwapRecord): void;
  /** Shows a line that stays. */
  note(line: string): void;
  /** Takes away what was only for the meantime. */
  end(): void;
}

export const silent: Progress = { reached: () => {}, note: () => {}, end: () => {} };

/** @returns on a terminal, one line that is kept up to date; else a line a stage, with the ms since it was planned */
export function showProgress(slot: string, out: NodeJS.WriteStream = process.stderr): Progress {
  if (!out.isTTY) {
    const reached = ({ stages }: SwapRecord) => {
      const last = stages.at(-1);
      if (last) out.write(`${slot} ${last.stage.padEnd(11)} ${Math.round(last.elapsedMs)} ms\n`);
    };
    return { ...silent, reached, note: (line) => out.write(`${line}\n`) };
  }
  const began = performance.now();
  let stage = "planned";
  let frames = 0;
  const draw = () => {
    const frame = FRAMES[frames++ % FRAMES.length];
    out.write(`${CLEAR_LINE}${frame} ${slot} ${stage} ${Math.round(performance.now() - began)} ms`);
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    reached(record) {
      stage = record.stage;
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
