import type { Context } from "hono";

/**
 * Closes the connection of a request after `seconds` without traffic. Bun does not notice that a stream has ended or
 * failed while it cannot send the stream's data. Only the closed connection ends the work for a reader that has stopped
 * reading.
 *
 * @param seconds accurate to the 4 s between two checks of Bun
 */
export function closeWhenIdle(context: Context, seconds: number): void {
  // Bun.serve passes its server to the app. A request without a socket has none.
  const server = context.env as Partial<Pick<Bun.Server<unknown>, "timeout">> | undefined;
  server?.timeout?.(context.req.raw, seconds);
}
