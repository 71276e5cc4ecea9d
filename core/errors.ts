/**
 * The engine's one error type and the catalogue of its codes. Codes are for programs and never change their meaning.
 * Messages are for people: they name the action, the problem and the fix.
 *
 * @module
 */

import { inWords, systemErrorOf } from "./system-errors.ts";

/** Every code with its meaning. Only api/problem.ts has their HTTP statuses. */
export const ERROR_CODES = {
  internal: "An internal error of the engine",
  usage: "The command line is not valid",
  "release-not-found": "No release on disk matches the name and range",
  "plugin-not-found": "No plugin with that name and version is on disk",
  "plugin-blocked": "The plugin requests permissions that it was not granted",
  "plugin-incompatible": "The plugin was written for another plugin API or protocol",
  "settings-invalid": "A slot's settings do not fit the plugin's schema",
  "secret-unavailable": "A secret that the settings refer to could not be read",
  "model-corrupt": "A model's file is missing or its hash is wrong",
  "model-unsupported": "The plugin cannot run a model of this format",
  "device-unavailable": "The requested device is not available",
  "sandbox-unavailable": "The sandbox is required and cannot be enforced here",
  "plugin-start-failed": "The plugin process did not start or sent no hello",
  "plugin-crashed": "The plugin process ended while it was needed",
  "memory-refused": "No device has room for the instance",
  "memory-exceeded": "The plugin process used more memory than its limit",
  "processes-exceeded": "The plugin had more processes and threads than its limit",
  "plugin-failed": "The plugin answered a call with an error",
  "plugin-timeout": "The plugin did not answer in time",
  "protocol-violation": "The other side broke the protocol",
  cancelled: "The caller no longer wanted the result",
  "state-refused": "The new version did not take over the state of the old one",
  "probe-failed": "The new voice did not speak its probe sentence well",
  "slot-not-found": "No slot with that name is configured",
  "slot-failed": "The slot's plugin could not be kept running",
  "slot-loading": "The slot's voice is still loading",
  "slot-loaded": "The slot is already loaded",
  "slot-unloaded": "The slot was unloaded by hand",
  "slot-removed": "The slot was removed from the config",
  "swap-busy": "Another swap of this slot is running, or too many wait",
  "config-invalid": "The config is not valid",
  "config-stale": "The config has changed since that version",
  "config-busy": "Other changes of the config take so long that this one could not begin in time",
  "config-unconfirmed": "A change of the config waits to be confirmed",
  "nothing-to-grant": "The plugin already has these permissions",
  "nothing-to-confirm": "No change of the config waits to be confirmed",
  "config-version-not-found": "No version of the config has that number, or it was deleted",
  "snapshot-not-found": "No snapshot has that id, or it was deleted",
  "journal-unwritable": "The journal cannot be written, e.g. because the disk is full",
  "journal-in-use": "Another engine uses the journal of this home",
  "journal-newer": "A newer engine has written the journal of this home",
  "disk-full": "The disk is full",
  "disk-failed": "The disk failed to read or write",
  "too-many-files": "Too many files are open",
  "swap-not-found": "No swap has that id",
  "swap-not-canary": "The swap is not a running canary",
  "swap-aborted": "The canary was aborted",
  "swap-overtaken":
    "Something else was asked of the slot before the turn of the swap, or while its canary was on trial",
  "canary-unproven": "The canary had too few requests in the time that it was given",
  "too-many-errors": "A new binding failed too often",
  "nothing-to-roll-back": "The slot has no previous binding",
  "voice-not-found": "No voice has that id",
  "sink-not-found": "No sink with that name is configured",
  "text-too-long": "The text is longer than speech.maxCharacters",
  "text-empty": "The text has nothing that can be spoken",
  "format-unsupported": "The engine cannot encode that audio format",
  "queue-full": "Too many utterances are in progress",
  "body-too-large": "The request body is too large",
  "body-invalid": "The request body or a parameter is not valid",
  unauthorized: "A valid token is required",
  forbidden: "The caller may not do this",
  "not-found": "There is no such route or resource",
  "address-in-use": "The port is taken",
  "address-unavailable": "The engine cannot listen on that address here",
  "tokens-required": "An address other than loopback requires tokens",
  "engine-not-running": "No engine answers at that address",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One mistake in a document: its position and the message. */
export interface Violation {
  /** JSON pointer (RFC 6901); "" is the whole document. */
  pointer: string;
  message: string;
}

export interface SyrinxErrorOptions {
  cause?: unknown;
  violations?: readonly Violation[];
  /** Seconds after which a retry makes sense. */
  retryAfter?: number;
}

/** An error with a code from {@linkcode ERROR_CODES}. */
export class SyrinxError extends Error {
  override readonly name = "SyrinxError";
  readonly code: ErrorCode;
  readonly violations: readonly Violation[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: SyrinxErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.violations = options.violations ?? [];
    this.retryAfter = options.retryAfter;
  }
}

/**
 * @returns `cause` itself if it is a {@linkcode SyrinxError}, else a new one with `code` and this cause. Instead of `internal`,
 *   a full disk and the like have a code of their own
 */
export function asSyrinxError(cause: unknown, code: ErrorCode = "internal"): SyrinxError {
  if (cause instanceof SyrinxError) return cause;
  const ofSystem = code === "internal" ? systemErrorOf(cause)?.code : undefined;
  return new SyrinxError(ofSystem ?? code, inWords(cause), { cause });
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERROR_CODES, value);
}

/** The codes that a plugin may give its errors. The others are the engine's own, and some mean much to a client. */
const PLUGIN_ERROR_CODES: readonly ErrorCode[] = [
  "device-unavailable",
  "model-corrupt",
  "model-unsupported",
  "settings-invalid",
  "plugin-failed",
];

/** @returns the code of an error of a plugin: its own if a plugin may use that, else plugin-failed */
export function pluginErrorCode(code: string): ErrorCode {
  return PLUGIN_ERROR_CODES.find((known) => known === code) ?? "plugin-failed";
}
