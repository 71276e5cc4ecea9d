import { Transform, type TransformCallback } from "node:stream";

/** An escape sequence that has begun, and may go on in the next packet (ECMA-48 §5.4, and SS3). */
const BEGUN = /\x1b(\[[\d;?<]*|O)?$/;
/** An Escape key with the next key right behind it: blessed would take the two for one unknown key. */
const ESCAPE = /(\x1b(?![[O]))/;
/** What stands before and behind a text that is pasted, once a program has turned that on (xterm's mode 2004). */
const PASTE = "\x1b[200~";
const PASTED = "\x1b[201~";
/** How long the rest of a key may take on a slow connection. After that it was the Escape key, in ms. */
const REST_MS = 60;

/**
 * What a terminal sends, with keys kept in one piece: on a slow line the bytes of an arrow key may come in two packets, and
 * blessed would take the first for Escape. What is pasted is told apart, because its characters are no keys.
 */
export class WholeKeys extends Transform {
  #held = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly terminal: NodeJS.ReadStream,
    private readonly pasted: (text: string) => void,
  ) {
    // What is pushed apart stays apart.
    super({ readableObjectMode: true });
    terminal.pipe(this);
  }

  get isTTY(): boolean {
    return this.terminal.isTTY;
  }

  get isRaw(): boolean {
    return this.terminal.isRaw ?? false;
  }

  setRawMode(raw: boolean): this {
    this.terminal.setRawMode?.(raw);
    return this;
  }

  /** Reads no more, so that the process may end. */
  close(): void {
    clearTimeout(this.#timer);
    this.terminal.unpipe(this);
    this.terminal.pause();
  }

  // Bytes are kept as Latin-1: one character each, whatever the text is.
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    clearTimeout(this.#timer);
    let bytes = this.#held + chunk.toString("latin1");
    this.#held = "";
    for (let begin = bytes.indexOf(PASTE); begin >= 0; begin = bytes.indexOf(PASTE)) {
      this.#pushKeys(bytes.slice(0, begin));
      const end = bytes.indexOf(PASTED, begin);
      if (end < 0) {
        // The rest of it comes, however long the line takes.
        this.#held = bytes.slice(begin);
        return done();
      }
      this.pasted(Buffer.from(bytes.slice(begin + PASTE.length, end), "latin1").toString());
      bytes = bytes.slice(end + PASTED.length);
    }
    this.#held = BEGUN.exec(bytes)?.[0] ?? "";
    this.#pushKeys(bytes.slice(0, bytes.length - this.#held.length));
    if (this.#held !== "") this.#timer = setTimeout(() => this.#release(), REST_MS);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#release();
    done();
  }

  #pushKeys(keys: string): void {
    for (const one of keys.split(ESCAPE)) if (one !== "") this.push(Buffer.from(one, "latin1"));
  }

  #release(): void {
    const held = this.#held;
    this.#held = "";
    if (held !== "") this.push(Buffer.from(held, "latin1"));
  }
}
