/**
 * One request to the server.
 *
 * @module
 */
import { documentFormats, ParseFailure, type SourceItem } from "syrinx/sdk";

const { decodeText, formatOfContent, parseDocument } = await documentFormats();

/** Largest config, in bytes. The table with the position of every value must also fit into a protocol frame. */
export const MAX_BYTES = 1024 * 1024;
/** Longest Retry-After of a server that is obeyed, in ms. */
const MAX_RETRY_MS = 3_600_000;

/** What to request. */
export interface FetchRequest {
  readonly url: string;
  readonly token?: string | undefined;
  readonly timeoutMs: number;
}

export type Answer =
  /** A document, or one that cannot be read, with its `etag`. */
  | { readonly kind: "document"; readonly item: SourceItem; readonly etag: string | undefined }
  /** 304: it has not changed. */
  | { readonly kind: "same" }
  /** The server does not answer, or cannot answer now. */
  | { readonly kind: "outage"; readonly item: SourceItem; readonly retryAfterMs: number };

/**
 * @param etag of the last document: the server then need not send it again
 * @returns the answer, also for errors; rejects only when `signal` aborts
 */
export async function ask(
  { url, token, timeoutMs }: FetchRequest,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const origin = originOf(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: {
        Accept: "application/json, application/yaml, application/toml, text/plain;q=0.5",
        "User-Agent": "syrinx",
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(etag !== undefined && { "If-None-Match": etag }),
      },
      // Another host would see the token, and has no permission.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    return await answerOf(response, url, origin);
  } catch (cause) {
    signal.throwIfAborted();
    const why = timeout.aborted
      ? `no whole answer came within ${timeoutMs} ms`
      : cause instanceof Error
        ? cause.message
        : String(cause);
    return outage(origin, why);
  }
}

async function answerOf(response: Response, url: string, origin: string): Promise<Answer> {
  const { status, headers } = response;
  const etag = headers.get("ETag") ?? undefined;
  if (status === 200) {
    const item = await documentOf(response, url, origin);
    return { kind: "document", item, etag };
  }
  // A problem quotes the first line of an error: a proxy says there what it refused.
  const words = (await beginning(response)).trim().split("\n", 1)[0]?.slice(0, 300);
  if (status === 304) return { kind: "same" };
  const said = `${status} ${response.statusText}${words && !words.startsWith("<") ? ` (${words})` : ""}`;
  if (status >= 500 || status === 429 || status === 408) {
    return outage(origin, `it answers ${said}`, retryAfter(headers.get("Retry-After")));
  }
  const location = headers.get("Location");
  const hint = location ? `; it redirects to ${location}, which is not followed: name that URL` : "";
  return { kind: "document", item: problem(origin, `${origin} answers ${said}${hint}`), etag: undefined };
}

async function documentOf(response: Response, url: string, origin: string): Promise<SourceItem> {
  const type = response.headers.get("Content-Type");
  const format = formatOfContent(type, new URL(url).pathname);
  if (!format) {
    void response.body?.cancel();
    return problem(
      origin,
      `Cannot tell the format of ${origin}: its Content-Type (${type ?? "none"}) needs to name JSON, YAML or TOML, or its path to end in .json, .jsonc, .yaml or .toml`,
    );
  }
  const bytes = await limited(response);
  if (!bytes)
    return problem(origin, `${origin} has more than ${MAX_BYTES} bytes, the most a config may have`);
  try {
    const { value: document, places } = parseDocument(decodeText(bytes), format);
    return { document, origin, places };
  } catch (cause) {
    if (!(cause instanceof ParseFailure)) throw cause;
    const [line, column] = cause.place ?? [];
    const text = `Cannot read ${origin} as ${format.name}: ${cause.message}`;
    return { ...problem(origin, text), ...(line !== undefined && { line, column }) };
  }
}

/** @returns undefined if the body is too long; the rest is not read */
async function limited(response: Response): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function beginning(response: Response): Promise<string> {
  for await (const part of response.body ?? []) return new TextDecoder().decode(part);
  return "";
}

function outage(origin: string, why: string, retryAfterMs = 0): Answer {
  const text = `Cannot fetch ${origin}: ${why}; the last good document stays`;
  return { kind: "outage", item: problem(origin, text), retryAfterMs };
}

function problem(origin: string, text: string): SourceItem {
  return { problem: text, origin };
}

/** @returns the URL without its query, which may contain a secret */
function originOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** @param value seconds, or an HTTP date (RFC 9110 §10.2.3) */
function retryAfter(value: string | null): number {
  if (value === null) return 0;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_MS) : 0;
}
