/**
 * Frames and checked messages over a transport: the code that both ends of fd 3 share.
 *
 * @module
 */
import { asSyrinxError, SyrinxError } from "../errors.ts";
import { encodeFrame, FRAME, type Frame, FrameDecoder } from "./frame.ts";
import { printable } from "./printable.ts";
import { connectTransport, type Transport } from "./transport.ts";

export interface ConnectionEvents<Incoming> {
  message(call: number, message: Incoming): void;
  /** An audio or bytes frame. */
  data(frame: Frame): void;
  /** Called once. `error` is set if the other side broke the protocol, and absent if the stream only ended. */
  closed(error?: SyrinxError): void;
}

/** Checks whether a value is a message that this side accepts. `violations` lists what is wrong with the last value. */
export interface MessageCheck<Incoming> {
  (value: unknown): value is Incoming;
  violations(): { pointer: string; message: string }[];
}

/** What one side of the stream takes of the other. The runner trusts the core, and has no limits. */
export interface ConnectionLimits {
  /** Largest JSON message, in bytes. */
  readonly maxMessageBytes: number;
  /** How fast frames of audio or bytes are taken. Beyond it nothing is read, so the other side waits. */
  readonly pace: FramePace;
  /**
   * @param bytes of the text
   * @returns why a message is refused before it is parsed, as the end of "because …"; undefined: it is not
   */
  excessOfText(text: string, bytes: number): string | undefined;
  /** @returns why it is refused once it is parsed */
  excessOfValue(value: unknown): string | undefined;
}

/** How fast frames are taken. */
export interface FramePace {
  /** @returns whether one more may be taken now */
  take(): boolean;
  /** Calls back when one more may be taken again. */
  wait(callback: () => void): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** One end of the protocol's stream. It receives `Incoming` messages and sends `Outgoing` ones. */
export class Connection<Incoming, Outgoing> {
  #transport: Transport | undefined;
  #error: SyrinxError | undefined;
  readonly #decoder: FrameDecoder;
  /** A frame that the pace did not let through yet. Nothing is read meanwhile. */
  #held: Frame | undefined;
  #isWaiting = false;
  #isClosed = false;
  #hasEnded = false;
  #isFinished = false;

  private constructor(
    private readonly check: MessageCheck<Incoming>,
    private readonly events: ConnectionEvents<Incoming>,
    private readonly limits?: ConnectionLimits,
  ) {
    this.#decoder = new FrameDecoder(limits?.maxMessageBytes);
  }

  static async open<Incoming, Outgoing>(
    fd: number,
    check: MessageCheck<Incoming>,
    events: ConnectionEvents<Incoming>,
    limits?: ConnectionLimits,
  ): Promise<Connection<Incoming, Outgoing>> {
    const connection = new Connection<Incoming, Outgoing>(check, events, limits);
    connection.#transport = await connectTransport(fd, {
      bytes: (chunk) => connection.#receive(chunk),
      closed: () => connection.#end(),
    });
    return connection;
  }

  send(call: number, message: Outgoing): void {
    this.#transport?.write(encodeFrame(FRAME.message, call, encoder.encode(JSON.stringify(message))));
  }

  /**
   * The caller must respect the stream's credit. A result that follows in the same turn of the event loop is written
   * together with the data. If this process dies, the other side gets both or neither.
   */
  sendData(type: typeof FRAME.audio | typeof FRAME.bytes, call: number, bytes: Uint8Array): void {
    this.#transport?.writeSoon(encodeFrame(type, call, bytes));
  }

  /** Closes the stream, and takes nothing more. `error` says how the other side broke the protocol. */
  close(error?: SyrinxError): void {
    this.#error ??= error;
    this.#isClosed = true;
    this.#held = undefined;
    this.#decoder.clear();
    this.#transport?.close();
    if (this.#hasEnded) this.#finish();
  }

  #receive(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    if (!this.#isWaiting) this.#take();
  }

  /** Takes what has arrived, at the pace. */
  #take(): void {
    try {
      // Taking a frame may close the stream.
      for (let frame = this.#next(); frame && !this.#isClosed; frame = this.#next())
        if (frame.type === FRAME.message) this.events.message(frame.call, this.#parse(frame));
        else if (this.limits?.pace.take() ?? true) this.events.data(frame);
        else return this.#wait(frame);
    } catch (cause) {
      this.close(asSyrinxError(cause, "protocol-violation"));
    }
    if (this.#hasEnded) this.#finish();
  }

  #next(): Frame | undefined {
    const frame = this.#held ?? this.#decoder.next();
    this.#held = undefined;
    return frame;
  }

  #wait(frame: Frame): void {
    this.#held = frame;
    this.#isWaiting = true;
    this.#transport?.pause();
    this.limits?.pace.wait(() => this.#goOn());
  }

  #goOn(): void {
    this.#isWaiting = false;
    this.#take();
    if (!this.#isWaiting && !this.#hasEnded) this.#transport?.resume();
  }

  /** The stream has ended. What arrived before is still taken. */
  #end(): void {
    this.#hasEnded = true;
    if (!this.#isWaiting) this.#finish();
  }

  #finish(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.events.closed(this.#error);
  }

  #parse(frame: Frame): Incoming {
    let value: unknown;
    try {
      const text = decoder.decode(frame.payload);
      this.#refuse(frame, this.limits?.excessOfText(text, frame.payload.byteLength));
      value = JSON.parse(text);
    } catch (cause) {
      if (cause instanceof SyrinxError) throw cause;
      throw new SyrinxError(
        "protocol-violation",
        `Cannot read a message of ${frame.payload.byteLength} bytes because it is not JSON`,
        { cause },
      );
    }
    this.#refuse(frame, this.limits?.excessOfValue(value));
    if (this.check(value)) return value;
    const reasons = this.check.violations().map(({ pointer, message }) => `${pointer || "/"}: ${message}`);
    throw new SyrinxError(
      "protocol-violation",
      `Cannot take the message ${printable(JSON.stringify(value), 200)}: ${reasons.slice(0, 5).join("; ")}`,
    );
  }

  /** @param excess why the message is refused; undefined: it is not */
  #refuse({ payload }: Frame, excess: string | undefined): void {
    if (excess === undefined) return;
    throw new SyrinxError(
      "protocol-violation",
      `Cannot take a message of ${payload.byteLength} bytes because ${excess}`,
    );
  }
}
