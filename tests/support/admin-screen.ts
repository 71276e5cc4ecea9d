/**
 * A person at a terminal with `syrinx admin` on it: a real pseudo-terminal, and an emulator that reads the screen as it is
 * seen.
 *
 * @module
 */
import xterm from "@xterm/headless";
import { MAIN } from "./engine-process.ts";
import { until } from "./until.ts";

export interface ScreenOptions {
  columns?: number;
  rows?: number;
  args?: readonly string[];
  env?: Record<string, string>;
  /** Where it is opened. Absent: where the test runs. */
  cwd?: string;
}

/** How long a test waits to see something before it tells what was there instead, in ms. */
const PATIENCE_MS = 20_000;
/** When a test looks again at a screen that does not change, in ms. */
const LOOK_AGAIN_MS = 1_000;

/** ICANON and ECHO of a terminal's local modes (termios(3), Linux). */
const ECHOED_LINES = 0o2 | 0o10;
/** DECTCEM: whether the cursor is seen. */
const CURSOR_MODE = 25;

/** What a key sends: the names are those of admin/tui/screen/key.ts; anything else is typed as it is. */
const SENT: Record<string, string> = {
  enter: "\r",
  escape: "\x1b",
  tab: "\t",
  "shift-tab": "\x1b[Z",
  backspace: "\x7f",
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  home: "\x1b[H",
  end: "\x1b[F",
  pageup: "\x1b[5~",
  pagedown: "\x1b[6~",
  "ctrl-c": "\x03",
  "ctrl-l": "\x0c",
  "ctrl-u": "\x15",
};

export class AdminScreen implements AsyncDisposable {
  /** Whether it ever switched to the character set in which lines are letters: not every multiplexer knows it. */
  usesLineLetters = false;
  /** Bytes that were sent to the terminal so far. */
  bytes = 0;
  readonly #terminal: xterm.Terminal;
  readonly #process: Bun.Subprocess;
  readonly #watchers = new Set<() => void>();
  readonly #over = Promise.withResolvers<void>();
  #isCursorHidden = false;

  constructor(
    url: string | undefined,
    { columns = 100, rows = 30, args = [], env = {}, cwd }: ScreenOptions = {},
  ) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.#process = Bun.spawn(
      [process.execPath, MAIN, "admin", ...(url === undefined ? [] : ["--url", url]), ...args],
      {
        env: { PATH: process.env.PATH ?? "", TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
        ...(cwd !== undefined && { cwd }),
        terminal: {
          cols: columns,
          rows,
          data: (_, data) => {
            this.bytes += data.length;
            this.#terminal.write(data, () => this.#wake());
          },
          // The last of its output has come.
          exit: () => this.#over.resolve(),
        },
      },
    );
    // DECTCEM, which the emulator does not tell of.
    this.#terminal.parser.registerCsiHandler({ prefix: "?", final: "l" }, (modes) =>
      this.#cursor(modes, true),
    );
    this.#terminal.parser.registerCsiHandler({ prefix: "?", final: "h" }, (modes) =>
      this.#cursor(modes, false),
    );
    this.#terminal.parser.registerEscHandler({ intermediates: "(", final: "0" }, () => {
      this.usesLineLetters = true;
      return false;
    });
    void this.#process.exited.then(() => this.#wake());
  }

  get pid(): number {
    return this.#process.pid;
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null;
  }

  /** Waits for the end of it, and until all that it wrote is on the screen. @returns its exit code */
  async ended(): Promise<number> {
    const code = await this.#process.exited;
    await this.#over.promise;
    await new Promise<void>((resolve) => this.#terminal.write("", resolve));
    return code;
  }

  /** Whether a shell could go on here: its own screen, a cursor that is seen, and keys that echo, a line at a time, pasted or not. */
  get isAsFound(): boolean {
    const flags = this.#process.terminal?.localFlags ?? 0;
    const isAsked = this.#terminal.modes.bracketedPasteMode;
    return !this.isTaken && !this.#isCursorHidden && !isAsked && (flags & ECHOED_LINES) === ECHOED_LINES;
  }

  /** What is on the screen, a line a row. */
  get text(): string {
    return this.lines.join("\n");
  }

  get lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) => this.#line(active.viewportY + row));
  }

  /** Whether a full-screen program has the terminal. */
  get isTaken(): boolean {
    return this.#terminal.buffer.active.type === "alternate";
  }

  /** Whether any cell has a colour. */
  get hasColours(): boolean {
    const { active } = this.#terminal.buffer;
    for (let row = 0; row < this.#terminal.rows; row++) {
      const line = active.getLine(active.viewportY + row);
      for (let column = 0; column < this.#terminal.cols; column++) {
        const cell = line?.getCell(column);
        if (cell && !(cell.isFgDefault() && cell.isBgDefault())) return true;
      }
    }
    return false;
  }

  /** The emulator itself, e.g. to make a picture of it. */
  get terminal(): xterm.Terminal {
    return this.#terminal;
  }

  /** Presses keys one after the other: by their names, or typed as they are. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#process.terminal?.write(SENT[key] ?? key);
  }

  /** As a window that is made larger or smaller. */
  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#process.terminal?.resize(columns, rows);
  }

  /**
   * Waits until the screen holds a text, or fits a pattern.
   *
   * @returns the screen then
   * @throws Error with the screen as it is, after 20 s
   */
  async see(wanted: string | RegExp): Promise<string> {
    return this.until(
      (text) => (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text)),
      String(wanted),
    );
  }

  /** Waits until the screen does not hold a text any more. */
  async seeGone(unwanted: string): Promise<string> {
    return this.until((text) => !text.includes(unwanted), `no ${unwanted}`);
  }

  /** Waits until the screen is as it should be. @param what for the message, should it never be */
  async until(isSo: (text: string) => boolean, what: string): Promise<string> {
    await until(`the screen shows ${what}`, () => this.#process.exitCode !== null || isSo(this.text), {
      deadlineMs: PATIENCE_MS,
      next: () => this.#change(),
      show: () => `the screen\n${this.text}`,
    });
    if (this.#process.exitCode !== null && !isSo(this.text))
      throw new Error(
        `It has ended with ${this.#process.exitCode}, and this is not on the screen: ${what}\n${this.text}`,
      );
    return this.text;
  }

  /** Ends it with a signal. */
  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.exited;
    this.#process.terminal?.close();
    this.#terminal.dispose();
  }

  #cursor(modes: readonly (number | number[])[], isHidden: boolean): boolean {
    if (modes.includes(CURSOR_MODE)) this.#isCursorHidden = isHidden;
    // The emulator does what it does with it.
    return false;
  }

  #line(row: number): string {
    return this.#terminal.buffer.active.getLine(row)?.translateToString(true) ?? "";
  }

  /** Resolves when the screen has changed, or a second later: not all that a test looks at is on the screen. */
  async #change(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#watchers.add(resolve);
    const timer = setTimeout(resolve, LOOK_AGAIN_MS);
    await promise;
    clearTimeout(timer);
    this.#watchers.delete(resolve);
  }

  #wake(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const wake of watchers) wake();
  }
}
