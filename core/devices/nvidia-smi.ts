/**
 * Asks the driver's own tool, `nvidia-smi`, for the NVIDIA GPUs.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { GpuListing } from "./gpu-listing.ts";
import { parseNvidiaLog } from "./nvidia-log.ts";

/** In ms. It takes 20 to 500 ms, and some seconds if the driver must be loaded first. */
export const DEADLINE_MS = 5_000;

export class NvidiaSmi {
  #stuck: Bun.Subprocess | undefined;

  constructor(private readonly clock: Clock) {}

  /** @throws Error if it is not on the PATH, fails, prints something else, or does not answer within 5 s */
  async list(): Promise<readonly GpuListing[]> {
    const program = Bun.which("nvidia-smi", { PATH: process.env.PATH ?? "" });
    if (!program) throw new Error("nvidia-smi is not on the PATH");
    // In an uninterruptible sleep inside the driver not even SIGKILL ends it, and another one would only wait as well.
    if (this.#stuck?.exitCode === null && this.#stuck.signalCode === null)
      throw new Error("nvidia-smi hangs and cannot be ended");
    const text = await this.#run(program);
    return parseNvidiaLog(text).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`nvidia-smi printed what cannot be read: ${message}`, { cause });
    });
  }

  async #run(program: string): Promise<string> {
    const child = Bun.spawn([program, "-q", "-x"], { stdio: ["ignore", "pipe", "ignore"], env: process.env });
    // The engine may end while it hangs.
    child.unref();
    const late = Symbol();
    const deadline = Promise.withResolvers<typeof late>();
    const timer = this.clock.after(DEADLINE_MS, () => deadline.resolve(late));
    const answer = Promise.all([child.stdout.text(), child.exited]);
    const result = await Promise.race([answer, deadline.promise]).finally(() => timer.cancel());
    if (result === late) {
      this.#stuck = child;
      child.kill("SIGKILL");
      throw new Error(`nvidia-smi did not answer within ${DEADLINE_MS} ms`);
    }
    const [text, code] = result;
    if (code !== 0) throw new Error(`nvidia-smi failed with exit code ${code}: ${firstLine(text)}`);
    return text;
  }
}

/** It prints its errors on stdout. */
function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) || "it printed nothing";
}
