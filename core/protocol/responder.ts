/**
 * The plugin process's end of the protocol: sends hello and answers calls.
 *
 * @module
 */
import type {
  CoreMessage,
  Method,
  PluginMessage,
  Welcome,
  WireError,
} from "../../schemas/generated/protocol.ts";
import { SyrinxError } from "../errors.ts";
import { Connection, type MessageCheck } from "./connection.ts";
import { CREDIT_WINDOW_BYTES, Credit } from "./credit.ts";
import { FRAME, type Frame, MAX_DATA_BYTES, MAX_VALUE_BYTES } from "./frame.ts";
import { excessOfValue } from "./plugin-limits.ts";
import { PLUGIN_API_VERSION, PROTOCOL_VERSION } from "./versions.ts";

/** Longest message and longest stack of an error, in UTF-16 code units. */
const MAX_ERROR = 16_384;

/** One call, for the code that answers it. */
export interface ServedCall {
  readonly params: Record<string, unknown>;
  /** Aborts when the core no longer wants the result. */
  readonly signal: AbortSignal;
  /** Sends mono samples, and waits while there is no credit. Rejects once the call is cancelled. */
  sendAudio(samples: Float32Array): Promise<void>;
  sendItem(value: unknown): void;
  /** The bytes that the core uploads, until its `end`. They can be read once. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface ResponderOptions {
  /** Answers a call: returns its result, or throws its error. */
  answer(method: Method, call: ServedCall): Promise<unknown>;
  welcome(welcome: Welcome): void;
  /** Called when the core is gone or broke the protocol. */
  closed(error?: SyrinxError): void;
}

interface OpenCall {
  abort: AbortController;
  credit: Credit;
  uploads: Uint8Array[];
  uploadEnded: boolean;
  wake: (() => void) | undefined;
}

// The core is trusted, and a schema compiler would add 30 ms to the start of every plugin process.
const isCoreMessage: MessageCheck<CoreMessage> = Object.assign(
  (value: unknown): value is CoreMessage => typeof (value as CoreMessage | null)?.type === "string",
  { violations: () => [{ pointer: "/type", message: "must be string" }] },
);

/** Serves the calls of the core on a file descriptor. */
export class Responder {
  readonly #calls = new Map<number, OpenCall>();
  #connection!: Connection<CoreMessage, PluginMessage>;

  private constructor(private readonly options: ResponderOptions) {}

  /** Connects and sends hello. */
  static async open(fd: number, sdk: string, options: ResponderOptions): Promise<Responder> {
    const responder = new Responder(options);
    responder.#connection = await Connection.open<CoreMessage, PluginMessage>(fd, isCoreMessage, {
      message: (call, message) => responder.#message(call, message),
      data: (frame) => responder.#upload(frame),
      closed: (error) => responder.#close(error),
    });
    responder.#connection.send(0, {
      type: "hello",
      protocol: PROTOCOL_VERSION,
      api: PLUGIN_API_VERSION,
      sdk,
    });
    return responder;
  }

  #message(id: number, message: CoreMessage): void {
    switch (message.type) {
      case "welcome":
        return this.options.welcome(message);
      case "call":
        this.#connection.send(id, { type: "ack" });
        void this.#answer(id, message.method, message.params);
        return;
      case "cancel": {
        const call = this.#calls.get(id);
        call?.credit.close(new SyrinxError("cancelled", "The core cancelled the call"));
        call?.abort.abort();
        call?.wake?.();
        return;
      }
      case "credit":
        return this.#calls.get(id)?.credit.add(message.bytes);
      case "end": {
        const call = this.#calls.get(id);
        if (call) call.uploadEnded = true;
        return call?.wake?.();
      }
    }
  }

  async #answer(id: number, method: Method, params: Record<string, unknown>): Promise<void> {
    const call: OpenCall = {
      abort: new AbortController(),
      credit: new Credit(),
      uploads: [],
      uploadEnded: false,
      wake: undefined,
    };
    this.#calls.set(id, call);
    const served: ServedCall = {
      params,
      signal: call.abort.signal,
      sendAudio: (samples) => this.#sendAudio(id, call, samples),
      sendItem: (value) => {
        requireSmall(value, method);
        this.#connection.send(id, { type: "item", value });
      },
      bytes: () => this.#readUpload(id, call),
    };
    try {
      const value = await this.options.answer(method, served);
      requireSmall(value, method);
      this.#connection.send(id, { type: "result", value });
    } catch (error) {
      this.#connection.send(id, { type: "error", error: toWireError(error) });
    } finally {
      this.#calls.delete(id);
    }
  }

  async #sendAudio(id: number, call: OpenCall, samples: Float32Array): Promise<void> {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    // In one frame if it fits: if this process dies, the core has all of it or nothing, and can have it spoken again.
    for (let at = 0; at < bytes.byteLength; at += MAX_DATA_BYTES) {
      const piece = bytes.subarray(at, at + MAX_DATA_BYTES);
      await call.credit.take(piece.byteLength);
      this.#connection.sendData(FRAME.audio, id, piece);
    }
  }

  #upload(frame: Frame): void {
    const call = this.#calls.get(frame.call);
    call?.uploads.push(frame.payload);
    call?.wake?.();
  }

  async *#readUpload(id: number, call: OpenCall): AsyncGenerator<Uint8Array> {
    let unacknowledged = 0;
    for (;;) {
      if (call.abort.signal.aborted) throw new SyrinxError("cancelled", "The core cancelled the call");
      const chunk = call.uploads.shift();
      if (chunk) {
        yield chunk;
        unacknowledged += chunk.byteLength;
        if (unacknowledged >= CREDIT_WINDOW_BYTES / 4) {
          this.#connection.send(id, { type: "credit", bytes: unacknowledged });
          unacknowledged = 0;
        }
      } else if (call.uploadEnded) return;
      else {
        await new Promise<void>((wake) => {
          call.wake = wake;
        });
        call.wake = undefined;
      }
    }
  }

  #close(error?: SyrinxError): void {
    const gone = error ?? new SyrinxError("cancelled", "The core closed the stream");
    for (const call of this.#calls.values()) {
      call.credit.close(gone);
      call.abort.abort();
      call.wake?.();
    }
    this.options.closed(error);
  }
}

/** The core ends a process that sends more. @throws SyrinxError plugin-failed */
function requireSmall(value: unknown, method: Method): void {
  const excess = excessOfValue(value);
  if (excess)
    throw new SyrinxError("plugin-failed", `Cannot answer ${method} with this value because ${excess}`);
  const bytes = value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value) ?? "");
  if (bytes <= MAX_VALUE_BYTES) return;
  throw new SyrinxError(
    "plugin-failed",
    `Cannot answer ${method} with ${bytes} bytes because the limit is ${MAX_VALUE_BYTES}`,
  );
}

function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { code: "plugin-failed", message: String(error) };
  const code = (error as { code?: unknown }).code;
  return {
    code: typeof code === "string" ? code : "plugin-failed",
    message: (error.message || error.name).slice(0, MAX_ERROR),
    ...(error.stack !== undefined && { stack: error.stack.slice(0, MAX_ERROR) }),
  };
}
