import type { PluginMessage } from "../../schemas/generated/protocol.ts";
import type { Clock } from "../clock.ts";
import type { SyrinxError } from "../errors.ts";
import type { MessageCheck } from "./connection.ts";

export interface CallerOptions {
  /** e.g. `voices.slt`. */
  slot: string;
  /**
   * Checks every message against its schema. The core passes it in: plugin processes do not load it, because that would
   * slow their start.
   */
  check: MessageCheck<PluginMessage>;
  clock: Clock;
  /** Longest time from the connection to hello, in ms. */
  helloTimeoutMs: number;
  /** Longest time from a call to its ack, in ms. A plugin that takes longer counts as hung. */
  ackTimeoutMs: number;
  /** Longest time that a plugin may send no audio of a call while it has credit, in ms. Longer than that it hangs. */
  audioTimeoutMs: number;
  /** Longest time from the cancel of a stream of audio or bytes to the end of its call, in ms. */
  cancelTimeoutMs: number;
  /** Called once with the reason when the plugin sends so much that it is read slowly for a while. */
  slowed(reason: string): void;
  /**
   * Called once when the stream ends. `error` says how the plugin broke the protocol, if it did.
   *
   * @returns what the calls that are open fail with, if that is not `error`
   */
  closed(error?: SyrinxError): Promise<SyrinxError> | void;
}
