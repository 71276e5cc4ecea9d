/**
 * The terminal, through blessed: keys in, whole screens of lines out. Only the lines that differ are sent. The faults
 * of blessed are worked around here.
 *
 * @module
 */
import blessed, { type Widgets } from "blessed";
import { fitLine } from "./fit.ts";
import { type Glyphs, glyphsFor } from "./glyphs.ts";
import { type Key, keyNamed } from "./key.ts";
import type { Line } from "./line.ts";
import { type Palette, paletteFor } from "./palette.ts";
import { WholeKeys } from "./whole-keys.ts";

export interface Size {
  /** Cells. */
  readonly columns: number;
  readonly rows: number;
}

export interface TerminalListener {
  key(key: Key): void;
  /** It has another size now. */
  resize(): void;
}

/** Asks the terminal to mark pasted text (xterm's mode 2004). */
const TELL_PASTES = "\x1b[?2004h";
const PASTES_AS_KEYS = "\x1b[?2004l";

/** blessed's names for keys that differ from ours. */
const NAMES: Record<string, string> = { linefeed: "enter", "S-tab": "shift-tab" };

export class Terminal {
  readonly glyphs: Glyphs;
  readonly #palette: Palette;
  readonly #screen: Widgets.Screen;
  readonly #box: Widgets.BoxElement;
  readonly #input: WholeKeys;
  #surrogate = "";

  constructor(listener: TerminalListener, title: string, env: NodeJS.ProcessEnv = process.env) {
    this.glyphs = glyphsFor(env);
    this.#palette = paletteFor(env);
    this.#input = new WholeKeys(process.stdin, (text) => {
      const line = lineOf(text);
      if (line !== "") listener.key({ name: line, prints: true });
    });
    this.#screen = blessed.screen({
      input: this.#input,
      output: process.stdout,
      // blessed cannot read the terminfo of tmux, screen or kitty as they are today; what is sent here all of them know.
      terminal: "xterm-256color",
      smartCSR: true,
      fullUnicode: true,
      forceUnicode: true,
      title,
    });
    // Lines are Unicode or ASCII, never letters of the alternate character set, which tmux and screen may show as letters.
    Object.assign(this.#screen.tput, { brokenACS: true });
    this.#box = blessed.box({ top: 0, left: 0, width: "100%", height: "100%", wrap: false });
    this.#screen.append(this.#box);
    this.#screen.program.on("keypress", (text: string | undefined, key: PressedKey) => {
      const pressed = this.#keyOf(text, key);
      if (pressed) listener.key(pressed);
    });
    this.#screen.on("resize", () => listener.resize());
    process.stdout.write(TELL_PASTES);
  }

  get size(): Size {
    return { columns: this.#screen.width as number, rows: this.#screen.height as number };
  }

  /**
   * Shows lines, and cuts what does not fit. It returns only when the terminal has taken them, so a slow connection
   * gets the newest screen next, not every screen.
   */
  paint(lines: readonly Line[]): void {
    const { columns } = this.size;
    this.#box.setContent(lines.map((line) => this.#lineText(line, columns)).join("\n"));
    this.#screen.render();
  }

  /** Draws everything again, e.g. after another program has written over it. */
  repaint(): void {
    this.#screen.realloc();
  }

  /** Leaves the terminal as it was found. */
  close(): void {
    process.stdout.write(PASTES_AS_KEYS);
    this.#screen.destroy();
    this.#input.close();
  }

  #lineText(line: Line, columns: number): string {
    return fitLine(line, columns)
      .map(({ text, tone }) => {
        const sgr = this.#palette[tone];
        const spelt = this.glyphs.spell(text);
        return sgr === "" ? spelt : `\x1b[${sgr}m${spelt}\x1b[m`;
      })
      .join("");
  }

  #keyOf(text: string | undefined, { name, full, ctrl }: PressedKey): Key | undefined {
    // Enter comes twice, by two names.
    if (name === "return") return undefined;
    if (ctrl && name && /^[a-z]$/.test(name)) return keyNamed(`ctrl-${name}`);
    // blessed reports a character beyond the basic plane as two halves, one after the other.
    const typed = this.#surrogate + (text ?? "");
    this.#surrogate = /^[\uD800-\uDBFF]$/.test(typed) ? typed : "";
    if (this.#surrogate !== "") return undefined;
    if (/^[^\p{Cc}]$/u.test(typed)) return { name: typed, prints: true };
    const known = NAMES[full] ?? NAMES[name ?? ""] ?? name;
    return known ? { name: known, prints: false } : undefined;
  }
}

/** @returns what was pasted, as it may be in a field: with spaces for the ends of its lines */
function lineOf(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n\t]\s*/g, " ")
    .replace(/\p{Cc}/gu, "");
}

/** A key as blessed reports it. */
interface PressedKey {
  name?: string;
  full: string;
  ctrl?: boolean;
}
