/**
 * Calls to an engine over HTTP.
 *
 * @module
 */
import type { OpenAiError, Problem } from "../../schemas/generated/api.ts";
import { isErrorCode, SyrinxError } from "../errors.ts";

export const DEFAULT_URL = "http://127.0.0.1:7851";

export interface Client {
  readonly url: string;
  get<T>(path: string): Promise<T>;
  /** As `get`. @returns the answer, its body not yet read */
  open(path: string, headers: Record<string, string>): Promise<Response>;
  /** @returns the answer, its body not yet read */
  post(path: string, body: object): Promise<Response>;
  /** Asks for a change. @returns what is answered, as JSON */
  send<T>(method: "POST" | "PATCH" | "DELETE", path: string, sent?: Sent): Promise<T>;
}

export interface Sent {
  body?: object;
  /** The version of the config that it is meant for; with another one in force it is refused. */
  version?: number;
}

/** @param token sent as a bearer token, if there is one */
export function createClient(url: string, token: string | undefined): Client {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  return {
    url,
    async get<T>(path: string) {
      return (await call(url, path, { headers })).json() as Promise<T>;
    },
    open: (path, more) => call(url, path, { headers: { ...headers, ...more } }),
    post: (path, body) =>
      call(url, path, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    async send<T>(method: string, path: string, { body, version }: Sent = {}) {
      const all = {
        ...headers,
        ...(body && { "Content-Type": "application/json" }),
        ...(version !== undefined && { "If-Match": `"${version}"` }),
      };
      const init = { method, headers: all, ...(body && { body: JSON.stringify(body) }) };
      return (await call(url, path, init)).json() as Promise<T>;
    },
  };
}

/** @returns whether an engine answers there */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL("/healthz", url), { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

export function engineNotRunning(url: string, cause?: unknown): SyrinxError {
  return new SyrinxError("engine-not-running", `No engine answers at ${url}. Start one with: syrinx start`, {
    cause,
  });
}

async function call(url: string, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(path, url), init);
  } catch (cause) {
    throw engineNotRunning(url, cause);
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

async function errorOf(response: Response): Promise<SyrinxError> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Partial<OpenAiError & Problem>;
    const code = body.error?.code ?? body.code ?? "internal";
    const { errors: violations = [] } = body;
    const message = body.error?.message ?? body.detail ?? text;
    return new SyrinxError(isErrorCode(code) ? code : "internal", message, { violations });
  } catch {
    return new SyrinxError("internal", `The engine answered ${response.status}: ${text.slice(0, 200)}`);
  }
}
