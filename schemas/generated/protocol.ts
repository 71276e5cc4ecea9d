// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * A JSON message on file descriptor 3 between the core and a plugin process.
 */
export type ProtocolMessage = CoreMessage | PluginMessage;
/**
 * What the core sends.
 */
export type CoreMessage = Welcome | Call | Cancel | Credit | End;
export type Method = "load" | "speak" | "open" | "write" | "watch" | "snapshot" | "restore" | "health" | "close";
/**
 * What a plugin process sends.
 */
export type PluginMessage = Hello | Ack | Item | Result | Failure | Credit;

/**
 * The core's answer to hello, on call id 0.
 */
export interface Welcome {
  type: "welcome";
  protocol: number;
  api: string;
  /**
   * The slot that this process serves, e.g. voices.slt.
   */
  slot: string;
}
export interface Call {
  type: "call";
  method: Method;
  params: {};
}
/**
 * The caller no longer wants the result. The call still ends with result or error.
 */
export interface Cancel {
  type: "cancel";
}
/**
 * The receiver of a call's audio or bytes has room for this many more payload bytes.
 */
export interface Credit {
  type: "credit";
  bytes: number;
}
/**
 * The caller has sent the last of a call's bytes.
 */
export interface End {
  type: "end";
}
/**
 * The plugin's first message, on call id 0.
 */
export interface Hello {
  type: "hello";
  /**
   * Version of the frames and messages: 1.
   */
  protocol: number;
  /**
   * Version of the plugin API that the plugin was built with, e.g. 1.0.0.
   */
  api: string;
  /**
   * Name and version of the SDK, for the log.
   */
  sdk?: string;
}
/**
 * Sent at once for every call, so that the core can distinguish a slow plugin from a hung one.
 */
export interface Ack {
  type: "ack";
}
/**
 * One value of a stream of values.
 */
export interface Item {
  type: "item";
  value: unknown;
}
/**
 * Ends a call with success.
 */
export interface Result {
  type: "result";
  value?: unknown;
}
/**
 * Ends a call with an error.
 */
export interface Failure {
  type: "error";
  error: WireError;
}
export interface WireError {
  code: string;
  message: string;
  stack?: string;
}
