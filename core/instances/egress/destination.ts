/**
 * Where a plugin wants to connect to, and the `host:port` list of its grant. Pure.
 *
 * @module
 */
import { isIP } from "node:net";

/** The host and port that a request to the proxy names. */
export interface Destination {
  /** A name in lower case without a final dot, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** One entry of a grant. */
export interface Allowance {
  /** Without the `*.` of a wildcard. */
  readonly host: string;
  /** Whether it allows all names below `host`, and not `host` itself. */
  readonly wildcard: boolean;
  readonly ports: readonly number[];
}

/** The ports of an entry without a port: http and https. */
const DEFAULT_PORTS = [80, 443];

/**
 * Reads `host:port` as a browser does, so that all spellings of an address (`0x7f.1`, `2130706433`) become the one that is
 * checked.
 *
 * @returns undefined if it is not a host and port
 */
export function parseDestination(authority: string, defaultPort: number): Destination | undefined {
  const { host, port } = split(authority) ?? {};
  return host === undefined ? undefined : { host, port: port ?? defaultPort };
}

/**
 * @param entry `host:port`, `host` (ports 80 and 443), `*.example.org:443`, or an http or https URL, whose host and port
 *   count
 * @returns undefined if it is none of these
 */
export function parseAllowance(entry: string): Allowance | undefined {
  if (/^https?:\/\//i.test(entry)) {
    const url = URL.parse(entry);
    const port = url?.port ? Number(url.port) : url?.protocol === "http:" ? 80 : 443;
    return url ? { host: bare(url.hostname), wildcard: false, ports: [port] } : undefined;
  }
  const wildcard = entry.startsWith("*.");
  const { host, port } = split(wildcard ? entry.slice(2) : entry) ?? {};
  if (host === undefined || (wildcard && isIP(host))) return undefined;
  return { host, wildcard, ports: port === undefined ? DEFAULT_PORTS : [port] };
}

/** @returns the entries of a grant that allow a destination; the addresses of a name are not checked here */
export function allowancesFor({ host, port }: Destination, grant: readonly Allowance[]): Allowance[] {
  return grant.filter(
    (allowance) =>
      allowance.ports.includes(port) &&
      (allowance.wildcard ? host.endsWith(`.${allowance.host}`) && !isIP(host) : host === allowance.host),
  );
}

/** @returns `host:port`, an IPv6 address in brackets */
export function destinationText({ host, port }: Destination): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function split(authority: string): { host: string; port: number | undefined } | undefined {
  if (!/^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/.test(authority)) return undefined;
  const url = URL.parse(`http://${authority}`);
  if (!url) return undefined;
  const written = /:(\d+)$/.exec(authority.replace(/^\[.*\]/, ""))?.[1];
  const port = written === undefined ? undefined : Number(written);
  return port === 0 ? undefined : { host: bare(url.hostname), port };
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
