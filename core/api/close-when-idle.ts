import type { Context } from "hono";

/**
 * Closes the connection of a request once nothing has gone over it for so long. What was made for a reader who does not
 * take it is only then given up: Bun notices neither the end nor the error of a stream that it cannot send.
 *
 * @param seconds Bun looks every 4 s
 */
export function closeWhenIdle(context: Context, seconds: number): void {
  // Bun.serve hands its server to the app; a request that came over no socket has none.
  const server = context.env as Partial<Pick<Bun.Server<unknown>, "timeout">> | undefined;
  server?.timeout?.(context.req.raw, seconds);
}
