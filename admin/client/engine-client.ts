import type { OpenAiError, Problem } from "../../schemas/generated/api.ts";
import { problemText } from "./problem-text.ts";
import type { EngineError, Outcome, Request } from "./request.ts";

/** The address of an engine that was started without options. */
export const DEFAULT_URL = "http://127.0.0.1:7851";

/** Without an answer for this long, the engine counts as gone, in ms. */
const ANSWER_MS = 30_000;
/** The same for requests that load slots first, perhaps several large models. */
const LOADED_MS = 15 * 60_000;
/** The same for the question whether an engine is there at all. */
const HEALTH_MS = 2_000;

export interface EngineAddress {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** Whether to refuse every request that would change something, before it is sent. */
  readonly readOnly?: boolean;
}

/** Calls one engine over HTTP. A failure is an outcome, never an exception. */
export class EngineClient {
  constructor(readonly address: EngineAddress) {}

  /** @returns the engine's answer, or why there is none */
  async send<T>(request: Request<T>, signal?: AbortSignal): Promise<Outcome<T>> {
    const timeout = AbortSignal.timeout(request.loads ? LOADED_MS : ANSWER_MS);
    const opened = await this.stream(request, signal ? AbortSignal.any([signal, timeout]) : timeout);
    if (!opened.ok) return opened;
    try {
      return { ok: true, value: (await opened.value.json()) as T };
    } catch (cause) {
      return { ok: false, error: unreachable(this.address.url, cause) };
    }
  }

  /** As {@linkcode send}, for answers that come in pieces; there is no time limit. @returns the answer, its body not read */
  async stream(
    { method, path, body, version, harmless }: Request<unknown>,
    signal?: AbortSignal,
  ): Promise<Outcome<Response>> {
    if (this.address.readOnly && !harmless) return refusedHere();
    const headers = {
      ...(body && { "Content-Type": "application/json" }),
      ...(version !== undefined && { "If-Match": `"${version}"` }),
    };
    return this.open(path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  /** @returns an answer that is no error, its body not read */
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

  /** @returns whether an engine answers at the address */
  async isAnswering(): Promise<boolean> {
    return (await this.open("/healthz", { signal: AbortSignal.timeout(HEALTH_MS) })).ok;
  }
}

/** @returns the body of an answer, piece by piece. Not every browser can iterate over a ReadableStream itself */
export async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function refusedHere(): { ok: false; error: EngineError } {
  const message = "Nothing was done: this client is read-only";
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
    const { error, code, detail, errors } = JSON.parse(text) as Partial<OpenAiError & Problem>;
    const read = { code: error?.code ?? code, message: error?.message ?? detail };
    if (read.code && read.message)
      return {
        code: read.code,
        message: read.message,
        details: errors?.map(problemText) ?? [],
        ...(errors && { problems: errors }),
      };
  } catch {
    // Not JSON, so no engine wrote it. The message below shows it.
  }
  const message = `The response does not come from an engine: ${response.status} ${text.slice(0, 200)}`;
  return { code: "unreadable", message, details: [] };
}
