/** Below those that Linux gives to who asks for any port (ip_local_port_range), so that no other test is given one of them. */
const [FIRST, LAST] = [20_000, 32_000];

/** @returns a port of 127.0.0.1 that nobody listens on, for who has to know it before it is listened on, or come back to it */
export function freePort(): number {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    try {
      using server = Bun.serve({ port, hostname: "127.0.0.1", fetch: () => new Response() });
      return server.port!;
    } catch (error) {
      if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    }
  }
}
