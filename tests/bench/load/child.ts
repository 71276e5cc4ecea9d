/**
 * Work in a process of its own, so that its CPU time can be told apart: the bench asks, the child answers, one thing at
 * a time, over Bun's IPC.
 *
 * @module
 */

interface Reply {
  value?: unknown;
  error?: string;
}

/** What a child can do: by name, from JSON to JSON. */
export type Tasks = Record<string, (params: never) => unknown>;

/** The bench's end. `T` is the type of the tasks that the child serves. */
export class Child<T extends Tasks> implements AsyncDisposable {
  readonly #process: Bun.Subprocess;
  #pending: PromiseWithResolvers<unknown> | undefined;

  /**
   * @param script absolute path of the child's module, which calls {@linkcode serveTasks}
   * @param env beside the bench's own
   */
  constructor(script: string, env: Record<string, string> = {}) {
    this.#process = Bun.spawn([process.execPath, script], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "inherit"],
      ipc: (reply: Reply) => {
        if (reply.error === undefined) this.#pending?.resolve(reply.value);
        else this.#pending?.reject(new Error(reply.error));
      },
      onExit: (_, code, signal) =>
        this.#pending?.reject(new Error(`${script} ended with ${signal ?? code} before it answered`)),
    });
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** @throws Error what the task threw, or that the child ended */
  async ask<N extends keyof T & string>(
    task: N,
    params: Parameters<T[N]>[0],
  ): Promise<Awaited<ReturnType<T[N]>>> {
    this.#pending = Promise.withResolvers();
    this.#process.send({ task, params });
    return (await this.#pending.promise) as Awaited<ReturnType<T[N]>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
  }
}

/** The child's end: serves until the bench is gone. */
export function serveTasks(tasks: Tasks): void {
  process.on("disconnect", () => process.exit());
  process.on("message", async ({ task, params }: { task: string; params: never }) => {
    try {
      process.send!({ value: await tasks[task]!(params) } satisfies Reply);
    } catch (error) {
      process.send!({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Reply);
    }
  });
}
