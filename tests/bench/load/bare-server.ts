/**
 * A process that answers every request with the same bytes: as fast as HTTP can be here.
 *
 * @module
 */
import { serveTasks } from "./child.ts";

const tasks = {
  /** @returns the server's URL */
  listen({ body }: { body: string }): string {
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => new Response(body, { headers: { "Content-Type": "application/json" } }),
    });
    return `http://127.0.0.1:${server.port}`;
  },
};

export type BareServer = typeof tasks;
serveTasks(tasks);
