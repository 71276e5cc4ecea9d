import type { OpenAiError, Problem } from "../../schemas/generated/api.ts";
import { problemText } from "./problem-text.ts";
import type { EngineError, Outcome, Request } from "./request.ts";

/** After so long without an answer the engine counts as gone, in ms. */
const ANSWER_MS = 30_000;
/** The same where slots are loaded before the answer comes, several large models perhaps. */
const LOADED_MS = 15 * 60_000;

export interface EngineAddress {
  readonly url: string;
  readonly token: string | undefined;
  /** Whether to refuse all that changes something, before it is sent. */
  readonly readOnly: boolean;
}

/** Calls to one engine, over HTTP. What goes wrong is an outcome, never an exception. */
export class EngineClient {
  constructor(readonly address: EngineAddress) {}

  /** @returns what the engine answered, as JSON, or why it did not */
  async send<T>(request: Request<T>, signal?: AbortSignal): Promise<Outcome<T>> {
    const { method, path, body, version, harmless, loads } = request;
    if (this.address.readOnly && !harmless) return refusedHere();
    const headers = {
      ...(body && { "Content-Type": "application/json" }),
      ...(version !== undefined && { "If-Match": `"${version}"` }),
    };
    const timeout = AbortSignal.timeout(loads ? LOADED_MS : ANSWER_MS);
    const opened = await this.open(path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!opened.ok) return opened;
    try {
      return { ok: true, value: (await opened.value.json()) as T };
    } catch (cause) {
      return { ok: false, error: unreachable(this.address.url, cause) };
    }
  }

  /** @returns an answer that is no error, its body not yet read */
  async open(
    path: string,
    init: RequestInit & { headers?: Record<string, string> },
  ): Promise<Outcome<Response>> {
    const { url, token } = this.address;
    const headers = { ...init.headers, ...(token && { Authorization: `Bearer ${token}` }) };
    try {
      const response = await fetch(new URL(path, url), { ...init, headers });
      return response.ok ? { ok: true, value: response } : { ok: false, error: await errorOf(response) };
    } catch (cause) {
      return { ok: false, error: unreachable(url, cause) };
    }
  }

  /** As {@linkcode send}, for what is answered in pieces: it may take as long as it takes. @returns the answer, its body not yet read */
  async stream(
    { method, path, body, harmless }: Request<unknown>,
    signal: AbortSignal,
  ): Promise<Outcome<Response>> {
    if (this.address.readOnly && !harmless) return refusedHere();
    const headers = { "Content-Type": "application/json" };
    return this.open(path, { method, headers, ...(body && { body: JSON.stringify(body) }), signal });
  }
}

function refusedHere(): { ok: false; error: EngineError } {
  const message = "Nothing was done: this screen was opened with --read-only";
  return { ok: false, error: { code: "read-only", message, details: [] } };
}

function unreachable(url: string, cause: unknown): EngineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return { code: "unreachable", message: `No engine answers at ${url}: ${why}`, details: [] };
}

/** Reads an error of /control (RFC 9457) or of /v1 (OpenAI's). */
async function errorOf(response: Response): Promise<EngineError> {
  const text = await response.text().catch(() => "");
  try {
    const { error, code, detail, errors = [] } = JSON.parse(text) as Partial<OpenAiError & Problem>;
    const told = { code: error?.code ?? code, message: error?.message ?? detail };
    if (told.code && told.message)
      return { code: told.code, message: told.message, details: errors.map(problemText) };
  } catch {
    // Something else than an engine answered; what it said is told below.
  }
  const message = `What answers there is no engine, or a broken one: ${response.status} ${text.slice(0, 200)}`;
  return { code: "unreadable", message, details: [] };
}
