/**
 * The only table from error code to HTTP status, and the error bodies of each API.
 *
 * @module
 */
import type { OpenAiError, Problem } from "../../schemas/generated/api.ts";
import { ERROR_CODES, type ErrorCode, type SyrinxError } from "../errors.ts";

export const STATUS: Readonly<
  Record<ErrorCode, 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 502 | 503 | 504 | 507>
> = {
  internal: 500,
  usage: 400,
  "release-not-found": 422,
  "plugin-not-found": 404,
  "plugin-blocked": 403,
  "plugin-incompatible": 422,
  "settings-invalid": 422,
  "secret-unavailable": 422,
  "model-corrupt": 422,
  "model-unsupported": 422,
  "device-unavailable": 422,
  "sandbox-unavailable": 503,
  "plugin-start-failed": 502,
  "plugin-crashed": 502,
  "memory-refused": 507,
  "memory-exceeded": 502,
  "processes-exceeded": 502,
  "plugin-failed": 502,
  "plugin-timeout": 504,
  "protocol-violation": 502,
  cancelled: 503,
  "state-refused": 422,
  "probe-failed": 422,
  "slot-not-found": 404,
  "slot-failed": 503,
  "slot-loading": 503,
  "slot-loaded": 409,
  "slot-unloaded": 503,
  "slot-removed": 503,
  "swap-busy": 409,
  "config-invalid": 422,
  "config-stale": 409,
  "config-busy": 503,
  "config-unconfirmed": 409,
  "nothing-to-grant": 409,
  "nothing-to-confirm": 409,
  "config-version-not-found": 404,
  "snapshot-not-found": 404,
  "journal-unwritable": 503,
  "journal-in-use": 500,
  "journal-newer": 500,
  "disk-full": 507,
  "disk-failed": 503,
  "too-many-files": 503,
  "swap-not-found": 404,
  "swap-not-canary": 409,
  "swap-aborted": 409,
  "swap-overtaken": 409,
  "canary-unproven": 409,
  "too-many-errors": 502,
  "nothing-to-roll-back": 409,
  "voice-not-found": 404,
  "sink-not-found": 404,
  "text-too-long": 400,
  "text-empty": 400,
  "format-unsupported": 400,
  "queue-full": 429,
  "body-too-large": 413,
  "body-invalid": 400,
  unauthorized: 401,
  forbidden: 403,
  "not-found": 404,
  "address-in-use": 500,
  "address-unavailable": 500,
  "tokens-required": 500,
  "engine-not-running": 503,
};

/** @returns RFC 9457 problem details, for /control */
export function problemOf(error: SyrinxError): Problem {
  return {
    type: `urn:syrinx:error:${error.code}`,
    title: ERROR_CODES[error.code],
    status: STATUS[error.code],
    detail: error.message,
    code: error.code,
    ...(error.violations.length > 0 && { errors: [...error.violations] }),
  };
}

/** @returns an error body as OpenAI's clients expect it, for /v1 */
export function openAiErrorOf(error: SyrinxError): OpenAiError {
  const status = STATUS[error.code];
  const type =
    status === 401 ? "authentication_error"
    : status === 403 ? "permission_error"
    : status === 429 ? "rate_limit_error"
    : status >= 500 ? "server_error"
    : "invalid_request_error"; // prettier-ignore
  const [violation] = error.violations;
  const param = violation
    ? violation.pointer.slice(1).split("/")[0] || null
    : (PARAMETERS[error.code] ?? null);
  return { error: { message: error.message, type, param, code: error.code } };
}

/** The field of a speech request that an error is about. */
const PARAMETERS: Partial<Record<ErrorCode, string>> = {
  "voice-not-found": "voice",
  "sink-not-found": "sinks",
  "text-too-long": "input",
  "text-empty": "input",
  "format-unsupported": "response_format",
};
