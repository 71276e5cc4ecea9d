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

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** One end of the protocol's stream. It receives `Incoming` messages and sends `Outgoing` ones. */
export class Connection<Incoming, Outgoing> {
  #transport: Transport | undefined;
  #error: SyrinxError | undefined;
  readonly #frames: FrameDecoder;

  private constructor(
    private readonly check: MessageCheck<Incoming>,
    private readonly events: ConnectionEvents<Incoming>,
    maxMessageBytes?: number,
  ) {
    this.#frames = new FrameDecoder(maxMessageBytes);
  }

  /** @param maxMessageBytes largest JSON message that it takes, in bytes */
  static async open<Incoming, Outgoing>(
    fd: number,
    check: MessageCheck<Incoming>,
    events: ConnectionEvents<Incoming>,
    maxMessageBytes?: number,
  ): Promise<Connection<Incoming, Outgoing>> {
    const connection = new Connection<Incoming, Outgoing>(check, events, maxMessageBytes);
    connection.#transport = await connectTransport(fd, {
      bytes: (chunk) => connection.#receive(chunk),
      closed: () => events.closed(connection.#error),
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

  /** Closes the stream. `error` says how the other side broke the protocol. */
  close(error?: SyrinxError): void {
    this.#error ??= error;
    this.#transport?.close();
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const frame of this.#frames.push(chunk)) {
        if (frame.type === FRAME.message) this.events.message(frame.call, this.#parse(frame));
        else this.events.data(frame);
      }
    } catch (cause) {
      this.close(asSyrinxError(cause, "protocol-violation"));
    }
  }

  #parse(frame: Frame): Incoming {
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(frame.payload));
    } catch (cause) {
      throw new SyrinxError(
        "protocol-violation",
        `Cannot read a message of ${frame.payload.byteLength} bytes because it is not JSON`,
        { cause },
      );
    }
    if (this.check(value)) return value;
    const reasons = this.check.violations().map(({ pointer, message }) => `${pointer || "/"}: ${message}`);
    throw new SyrinxError(
      "protocol-violation",
      `Cannot take the message ${printable(JSON.stringify(value), 200)}: ${reasons.slice(0, 5).join("; ")}`,
    );
  }
}
