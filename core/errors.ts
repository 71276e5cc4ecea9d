/**
 * The engine's one error type and the catalogue of its codes. Codes are for programs and never change their meaning;
 * messages are for people and say what was done, what was wrong with it and what is needed.
 *
 * @module
 */

/** Every code, with what it means. The HTTP status of each is in api/problem.ts, and nowhere else. */
export const ERROR_CODES = {
  internal: "A fault of the engine itself",
  usage: "The command line was wrong",
  "release-not-found": "No release on disk fits the name and range",
  "plugin-not-found": "No plugin of that name and version is on disk",
  "plugin-blocked": "The plugin asks for more than it was granted",
  "plugin-incompatible": "The plugin was written for another plugin API or protocol",
  "settings-invalid": "A slot's settings do not fit the plugin's schema",
  "secret-unavailable": "A secret that the settings refer to could not be read",
  "model-corrupt": "A model's file is missing or its hash is wrong",
  "model-unsupported": "The plugin cannot run a model of this format",
  "device-unavailable": "The device that was asked for is not there",
  "sandbox-unavailable": "The sandbox is required and cannot be enforced here",
  "plugin-start-failed": "The plugin process did not start or say hello",
  "plugin-crashed": "The plugin process ended while it was needed",
  "memory-refused": "No device has room for the instance",
  "memory-exceeded": "The plugin process took more memory than it may",
  "plugin-failed": "The plugin answered a call with an error",
  "plugin-timeout": "The plugin did not answer in time",
  "protocol-violation": "The other side broke the protocol",
  cancelled: "The caller no longer wanted the result",
  "state-refused": "The new version did not take over the state of the old one",
  "probe-failed": "The new voice did not speak its probe sentence well",
  "slot-not-found": "No slot of that name is configured",
  "slot-failed": "The slot's plugin could not be kept running",
  "slot-loading": "The slot's voice is still loading",
  "slot-loaded": "The slot is loaded already",
  "slot-unloaded": "The slot was unloaded by hand",
  "slot-removed": "The slot was removed from the config",
  "swap-busy": "Another swap of this slot is under way",
  "config-invalid": "The config would not be a good one",
  "config-stale": "The config has changed since",
  "config-unconfirmed": "A change of the config waits to be confirmed",
  "nothing-to-grant": "The plugin is granted already what it was to be granted",
  "nothing-to-confirm": "No change of the config waits to be confirmed",
  "config-version-not-found": "No version of the config has that number, or it is forgotten",
  "snapshot-not-found": "No snapshot has that id, or it is forgotten",
  "journal-unwritable": "The journal cannot be written, e.g. as the disk is full",
  "journal-in-use": "Another engine has the journal, and with it the home",
  "swap-not-found": "No swap has that id",
  "swap-not-canary": "The swap is no canary on trial",
  "swap-aborted": "Somebody did not want the canary",
  "too-many-errors": "A new binding failed too often",
  "nothing-to-roll-back": "Nothing else has served the slot before",
  "voice-not-found": "No voice of that id is there",
  "sink-not-found": "No sink of that name is configured",
  "text-too-long": "The text is longer than speech.maxCharacters",
  "text-empty": "The text has nothing to speak",
  "format-unsupported": "The audio format is not one that the engine encodes",
  "queue-full": "Too many utterances are in hand",
  "body-too-large": "The request body is over its limit",
  "body-invalid": "The request body is not what the route takes",
  unauthorized: "A token is needed",
  forbidden: "The caller may not do this",
  "not-found": "No such route or thing",
  "address-in-use": "The port is taken",
  "address-unavailable": "The engine cannot listen on that address here",
  "tokens-required": "Another address than loopback needs tokens",
  "engine-not-running": "No engine answers at that address",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One mistake in a document: where, and what is needed there. */
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

/** @returns `cause` itself if it is a {@linkcode SyrinxError}, else one of `code` that carries it. */
export function asSyrinxError(cause: unknown, code: ErrorCode = "internal"): SyrinxError {
  if (cause instanceof SyrinxError) return cause;
  return new SyrinxError(code, cause instanceof Error ? cause.message : String(cause), { cause });
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERROR_CODES, value);
}
