import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

/** A server of config documents, on a port of its own, that goes down and comes up again. */
export class ConfigServer implements AsyncDisposable {
  /** What it answers with; the ETag is its hash. */
  document: object = {};
  /** How many questions it has answered. */
  answers = 0;
  #server: Bun.Server<undefined> | undefined;
  readonly #port = freePort();
  #watchers: (() => void)[] = [];

  /** @param token that a question needs to bring along */
  constructor(private readonly token: string) {
    this.up();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/config.json`;
  }

  up(): void {
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: this.#port,
      fetch: (request) => this.#answer(request),
    });
  }

  async down(): Promise<void> {
    await this.#server?.stop(true);
    this.#server = undefined;
  }

  /** Resolves when it has answered that many questions more. */
  async asked(times: number): Promise<void> {
    const wanted = this.answers + times;
    await until(`the server has answered ${wanted} times`, () => this.answers, {
      is: (answers) => answers >= wanted,
      next: () => new Promise<void>((wake) => this.#watchers.push(wake)),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }

  #answer(request: Request): Response {
    this.answers++;
    for (const wake of this.#watchers.splice(0)) wake();
    if (request.headers.get("Authorization") !== `Bearer ${this.token}`)
      return new Response("who are you?", { status: 401 });
    const body = JSON.stringify(this.document);
    const etag = `"${Bun.hash(body)}"`;
    if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304 });
    return new Response(body, { headers: { ETag: etag, "Content-Type": "application/json" } });
  }
}
