/**
 * The protocol between the core and a plugin process. README.md specifies it for every language.
 *
 * @module
 */
export { Allowance, type Rate } from "./allowance.ts";
export { AudioStream } from "./audio-stream.ts";
export { Caller } from "./caller.ts";
export type { CallerOptions } from "./caller-options.ts";
export type { MessageCheck } from "./connection.ts";
export { CREDIT_WINDOW_BYTES } from "./credit.ts";
export { FRAME, HEADER_BYTES, MAX_DATA_BYTES } from "./frame.ts";
export { ItemStream } from "./item-stream.ts";
export { printable } from "./printable.ts";
export { Responder, type ResponderOptions, type ServedCall } from "./responder.ts";
export { PLUGIN_API_VERSION, PROTOCOL_VERSION } from "./versions.ts";
