/**
 * The heads of HTTP/1.1 messages (RFC 9112) as far as a proxy has to know them. Pure.
 *
 * @module
 */

/** A request to the proxy. */
export interface ProxyRequest {
  readonly method: string;
  /** `host:port` for CONNECT, else an absolute URL. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const END = "\r\n\r\n";
/** Headers that hold for one connection only (RFC 9110 §7.6.1), and the one with the secret of the plugin. */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade"];

/** @returns the bytes before the empty line, and those after it; undefined if the empty line has not come yet */
export function splitHead(bytes: Buffer): { head: string; rest: Buffer } | undefined {
  const end = bytes.indexOf(END);
  if (end < 0) return undefined;
  return { head: bytes.toString("latin1", 0, end), rest: bytes.subarray(end + END.length) };
}

/** @returns undefined if it is not a request to a proxy */
export function parseRequest(head: string): ProxyRequest | undefined {
  const [first = "", ...lines] = head.split("\r\n");
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers: [string, string][] = [];
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers.push([name, value]);
  }
  return { method, target, headers };
}

/** @returns the secret of `Proxy-Authorization: Basic`; undefined if there is none */
export function secretOf({ headers }: ProxyRequest): string | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === "proxy-authorization")?.[1];
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(value ?? "")?.[1];
  return encoded && /:(.+)$/.exec(Buffer.from(encoded, "base64").toString())?.[1];
}

/** @returns the head for the origin. It says `close`, because the next request may be for another origin */
export function originHead({ method, headers }: ProxyRequest, url: URL): string {
  const kept = headers.filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase()) && !/^host$/i.test(name));
  const lines = [["Host", url.host], ...kept, ["Connection", "close"]].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines].join("\r\n") + END;
}

/** @returns the head of an origin's answer for the plugin; `interim`: another head follows (1xx) */
export function answerHead(head: string): { head: string; interim: boolean } {
  const [first = "", ...lines] = head.split("\r\n");
  if (/^HTTP\/1\.[01] 1\d\d\b/.test(first)) return { head: head + END, interim: true };
  const kept = lines.filter((line) => !HOP_BY_HOP.includes(line.split(":", 1)[0]?.toLowerCase() ?? ""));
  return { head: [first, ...kept, "Connection: close"].join("\r\n") + END, interim: false };
}

/** @returns an answer of the proxy itself, which ends the connection */
export function ownAnswer(status: number, reason: string, text: string): string {
  const body = `${text}\n`;
  const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="syrinx"\r\n' : "";
  return (
    // Proxy-Status (RFC 9209) tells a plugin that this is not the origin's answer.
    `HTTP/1.1 ${status} ${reason}\r\n${challenge}Proxy-Status: syrinx\r\nContent-Type: text/plain; charset=utf-8\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close${END}${body}`
  );
}
