/**
 * The core's end of the protocol: sends welcome to a plugin process and makes the calls.
 *
 * @module
 */
import type { CoreMessage, Hello, Method, PluginMessage } from "../../schemas/generated/protocol.ts";
import { withDeadline } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import { AudioProgress } from "./audio-progress.ts";
import { AudioStream } from "./audio-stream.ts";
import { CallDeadline } from "./call-deadline.ts";
import type { CallerOptions } from "./caller-options.ts";
import { Connection } from "./connection.ts";
import { Credit } from "./credit.ts";
import { FRAME, type Frame, samplesOf } from "./frame.ts";
import { ItemStream } from "./item-stream.ts";
import type { PendingCall } from "./pending-call.ts";
import { pluginError } from "./plugin-error.ts";
import { pluginLimits } from "./plugin-limits.ts";
import { checkVersions, PLUGIN_API_VERSION, PROTOCOL_VERSION } from "./versions.ts";

/** Largest frame of an upload, 64 KiB, so that calls share the connection. */
const UPLOAD_BYTES = 64 * 1024;
/**
 * Calls to one plugin process. Every call ends: with the plugin's answer, or with a rejection when the stream closes.
 */
export class Caller {
  readonly #pending = new Map<number, PendingCall>();
  readonly #hello = Promise.withResolvers<Hello>();
  #connection!: Connection<PluginMessage, CoreMessage>;
  #lastCall = 0;
  #hasSaidHello = false;
  #closedBy: SyrinxError | undefined;

  private constructor(private readonly options: CallerOptions) {}

  /**
   * Connects to a plugin process and exchanges hello and welcome.
   *
   * @throws SyrinxError plugin-timeout, plugin-incompatible (names both versions) or plugin-crashed
   */
  static async open(fd: number, options: CallerOptions): Promise<Caller> {
    const caller = new Caller(options);
    caller.#hello.promise.catch(() => {});
    const events = {
      message: (call: number, message: PluginMessage) => caller.#message(call, message),
      data: (frame: Frame) => caller.#data(frame),
      closed: (error?: SyrinxError) => caller.#close(error),
    };
    const { check } = options;
    caller.#connection = await Connection.open(
      fd,
      check,
      events,
      pluginLimits(options.clock, options.slowed),
    );
    const late = () =>
      new SyrinxError("plugin-timeout", `The plugin sent no hello within ${options.helloTimeoutMs} ms`);
    try {
      const hello = await withDeadline(options.clock, caller.#hello.promise, options.helloTimeoutMs, late);
      checkVersions(hello);
    } catch (error) {
      caller.close();
      throw error;
    }
    caller.#connection.send(0, {
      type: "welcome",
      protocol: PROTOCOL_VERSION,
      api: PLUGIN_API_VERSION,
      slot: options.slot,
    });
    return caller;
  }

  /** A call whose result is one value. */
  request(
    method: Method,
    params: object,
    options: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<unknown> {
    const { result, cancel } = this.#start(method, params, {}, options.signal);
    if (options.timeoutMs === undefined) return result;
    const ms = options.timeoutMs;
    return withDeadline(this.options.clock, result, ms, () => {
      cancel();
      return new SyrinxError("plugin-timeout", `The plugin did not answer ${method} within ${ms} ms`);
    });
  }

  /**
   * A call whose result is audio. The plugin may send only as much as the reader's credit allows. While the reader waits, it
   * must send at least 16 samples for each second, over `audioTimeoutMs`, or end the call.
   */
  audio(method: Method, params: object, signal?: AbortSignal): AudioStream {
    const { clock, audioTimeoutMs } = this.options;
    let call = 0;
    const progress = new AudioProgress(clock, audioTimeoutMs, (what) => {
      stream.isLate = true;
      this.#hang(`The plugin sent ${what} for ${method} within ${audioTimeoutMs} ms`);
    });
    const stream = new AudioStream(
      (bytes) => {
        this.#send(call, { type: "credit", bytes });
        look();
      },
      () => started.cancel(),
    );
    const look = () => {
      const pending = this.#pending.get(call);
      progress.look(pending?.cancelled === false && !stream.waitsForReader);
    };
    const data = (frame: Frame) => {
      const samples = samplesOf(frame);
      progress.add(samples.length);
      stream.push(samples);
      look();
    };
    const started = this.#start(method, params, { data, deadline: progress.deadline }, signal);
    call = started.call;
    started.result.then(
      (value) => stream.end(value),
      (error: SyrinxError) => stream.fail(error),
    );
    return stream;
  }

  /**
   * A call whose result is a stream of values. It ends when `signal` aborts, even if the plugin takes longer to end the
   * call.
   */
  items(method: Method, params: object, signal?: AbortSignal): ItemStream {
    const stream = new ItemStream(() => started.cancel());
    signal?.addEventListener("abort", () => stream.end(), { once: true });
    const started = this.#start(method, params, { item: (value) => stream.push(value) }, signal);
    started.result.then(
      () => stream.end(),
      (error: SyrinxError) => stream.end(error),
    );
    return stream;
  }

  /** A call that sends bytes and whose result is one value. */
  async upload(
    method: Method,
    params: object,
    bytes: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const credit = new Credit();
    const { call, result, cancel } = this.#start(method, params, { credit }, signal);
    result.catch((error: SyrinxError) => credit.close(error));
    try {
      for await (const chunk of bytes) {
        for (let at = 0; at < chunk.byteLength; at += UPLOAD_BYTES) {
          const piece = chunk.subarray(at, at + UPLOAD_BYTES);
          await credit.take(piece.byteLength);
          this.#connection.sendData(FRAME.bytes, call, piece);
        }
      }
      this.#send(call, { type: "end" });
    } catch (error) {
      cancel();
      await result.catch(() => {});
      throw error;
    }
    return result;
  }

  /** Ends the stream and rejects every open call: with `error`, else with plugin-crashed. Idempotent. */
  close(error?: SyrinxError): void {
    this.#connection.close(error);
  }

  #start(
    method: Method,
    params: object,
    extra: Pick<PendingCall, "data" | "item" | "credit" | "deadline">,
    signal?: AbortSignal,
  ) {
    const call = ++this.#lastCall;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const cancel = () => {
      const pending = this.#pending.get(call);
      if (!pending || pending.cancelled) return;
      pending.cancelled = true;
      this.#send(call, { type: "cancel" });
      if (pending.data ?? pending.credit) this.#limitCancel(method, pending);
    };
    if (this.#closedBy) reject(this.#closedBy);
    else if (signal?.aborted) reject(new SyrinxError("cancelled", `${method} was cancelled before it began`));
    else {
      const { clock, ackTimeoutMs } = this.options;
      const hung = () => this.#hang(`The plugin did not acknowledge ${method} within ${ackTimeoutMs} ms`);
      const ackTimer = clock.after(ackTimeoutMs, hung);
      extra.deadline?.restart();
      this.#pending.set(call, { method, resolve, reject, ackTimer, cancelled: false, ...extra });
      this.#connection.send(call, { type: "call", method, params: params as Record<string, unknown> });
      signal?.addEventListener("abort", cancel, { once: true });
    }
    const result = promise.finally(() => signal?.removeEventListener("abort", cancel));
    result.catch(() => {});
    return { call, result, cancel };
  }

  /** From now on the call has to end, and audio does not count as a sign of life. */
  #limitCancel(method: Method, pending: PendingCall): void {
    const { clock, cancelTimeoutMs } = this.options;
    pending.deadline?.stop();
    pending.deadline = new CallDeadline(clock, cancelTimeoutMs, () =>
      this.#hang(`The plugin did not end ${method} within ${cancelTimeoutMs} ms of its cancel`),
    );
    pending.deadline.restart();
  }

  #hang(message: string): void {
    this.#connection.close(new SyrinxError("plugin-timeout", message));
  }

  #send(call: number, message: CoreMessage): void {
    if (this.#pending.has(call)) this.#connection.send(call, message);
  }

  #message(call: number, message: PluginMessage): void {
    if (message.type === "hello") {
      if (call !== 0 || this.#hasSaidHello) throw unexpected(`a hello on call ${call}`, "one belongs on 0");
      this.#hasSaidHello = true;
      return this.#hello.resolve(message);
    }
    const pending = this.#pending.get(call);
    if (!pending) throw unexpected(`${message.type} for call ${call}`, "no such call is open");
    switch (message.type) {
      case "ack":
        if (!pending.ackTimer) throw unexpected(`an ack for call ${call}`, "it was acknowledged before");
        pending.ackTimer.cancel();
        pending.ackTimer = undefined;
        return;
      case "item":
        if (!pending.item) throw unexpected(`an item for call ${call}`, `${pending.method} has none`);
        return pending.item(message.value);
      case "credit":
        if (!pending.credit) throw unexpected(`credit for call ${call}`, `${pending.method} uploads nothing`);
        return pending.credit.add(message.bytes);
      case "result":
        this.#finish(call, pending);
        return pending.resolve(message.value);
      case "error": {
        this.#finish(call, pending);
        const error = pluginError(message.error);
        const { message: text, cause } = error;
        return pending.reject(pending.cancelled ? new SyrinxError("cancelled", text, { cause }) : error);
      }
    }
  }

  #data(frame: Frame): void {
    const pending = this.#pending.get(frame.call);
    if (!pending?.data || frame.type !== FRAME.audio)
      throw unexpected(`a frame of type ${frame.type} for call ${frame.call}`, "the call expects none");
    if (frame.payload.byteLength === 0)
      throw unexpected(`a frame for call ${frame.call}`, "it has no samples");
    pending.data(frame);
  }

  #finish(call: number, pending: PendingCall): void {
    pending.ackTimer?.cancel();
    pending.deadline?.stop();
    this.#pending.delete(call);
  }

  #close(error?: SyrinxError): void {
    const closedBy = error ?? new SyrinxError("plugin-crashed", "The plugin process closed its stream");
    this.#closedBy = closedBy;
    this.#hello.reject(closedBy);
    const open = [...this.#pending];
    for (const [call, pending] of open) this.#finish(call, pending);
    const reject = (reason: SyrinxError) => {
      for (const [, pending] of open) pending.reject(reason);
    };
    const why = this.options.closed(error);
    if (why) void why.then(reject);
    else reject(closedBy);
  }
}

function unexpected(what: string, why: string): SyrinxError {
  return new SyrinxError("protocol-violation", `Cannot take ${what} because ${why}`);
}
