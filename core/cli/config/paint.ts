/** Colours lines that tell of a difference. */
export interface Paint {
  added(text: string): string;
  removed(text: string): string;
  changed(text: string): string;
}

const plain = (text: string) => text;

export const NO_PAINT: Paint = { added: plain, removed: plain, changed: plain };

/** In the 16 colours that every terminal has (ECMA-48, SGR 32, 31 and 33). */
export const COLOURS: Paint = { added: colour(32), removed: colour(31), changed: colour(33) };

/** @returns colours for a terminal, unless $NO_COLOR is set to anything (https://no-color.org) */
export function paintFor(out: { isTTY?: boolean }, { NO_COLOR }: NodeJS.ProcessEnv = process.env): Paint {
  return out.isTTY && !NO_COLOR ? COLOURS : NO_PAINT;
}

function colour(code: number): (text: string) => string {
  return (text) => `\x1b[${code}m${text}\x1b[39m`;
}
