/**
 * The server socket of the app.
 *
 * @module
 */
import type { Hono } from "hono";
import { SyrinxError } from "../errors.ts";
import { isLoopbackHost } from "./access.ts";

export interface ListenOptions {
  /** Address to bind. */
  host: string;
  /** 0: any free port. */
  port: number;
  /** Whether the config has tokens. */
  hasTokens: boolean;
}

export interface Server {
  /** e.g. `http://127.0.0.1:7851` */
  readonly url: string;
  /** Accepts no more requests, and resolves when those in flight are answered. */
  stop(): Promise<void>;
  /**
   * Closes every connection, even during a response.
   *
   * @returns how many requests were in flight
   */
  breakOff(): number;
}

/** @throws SyrinxError tokens-required if everybody who reaches the address could call */
export function requireTokens({ host, hasTokens }: ListenOptions): void {
  if (isLoopbackHost(host) || hasTokens) return;
  throw new SyrinxError(
    "tokens-required",
    `Cannot listen on ${host} without tokens, because everybody who reaches it could call. Make one:\n` +
      `  token=$(head -c 32 /dev/urandom | base64 | tr -d "+/="); echo "$token"; printf %s "$token" | sha256sum\n` +
      `and put its SHA-256 into the config: {"server": {"tokens": [{"name": "me", "sha256": "...", "scopes": ["admin"]}]}}`,
  );
}

/** @throws SyrinxError address-in-use, address-unavailable or tokens-required; the message says what to do */
export function listen(app: Hono, { host, port, hasTokens }: ListenOptions): Server {
  requireTokens({ host, port, hasTokens });
  try {
    const server = Bun.serve({
      hostname: host,
      port,
      fetch: app.fetch,
      // A voice may need longer than Bun's default of 10 s, and event streams can be idle for a long time.
      idleTimeout: 0,
      // In development mode, Bun sends its own error page, and prints errors of broken streams into our log.
      development: false,
      // Otherwise Bun shares the port with a second engine, and each gets some of the requests.
      reusePort: false,
    });
    const name = host.includes(":") ? `[${host.replace(/^\[|\]$/g, "")}]` : host;
    return {
      url: `http://${name}:${server.port}`,
      stop: () => server.stop(false),
      breakOff() {
        const { pendingRequests } = server;
        void server.stop(true);
        return pendingRequests;
      },
    };
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (code === "EADDRNOTAVAIL" || code === "EACCES") {
      const why =
        code === "EACCES" ? "only privileged users may use that port" : "this machine has no such address";
      throw new SyrinxError("address-unavailable", `Cannot listen on ${host}:${port} because ${why}`, {
        cause,
      });
    }
    if (code !== "EADDRINUSE") throw cause;
    throw new SyrinxError(
      "address-in-use",
      `Cannot listen on ${host}:${port} because the port is taken. Choose another with --port, or 0 for any`,
      { cause },
    );
  }
}
