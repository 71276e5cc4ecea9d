/**
 * The NVIDIA GPUs, by the word of the driver's own tool.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import type { Clock } from "../clock.ts";
import type { DeviceReading } from "./device.ts";
import { parseNvidiaLog } from "./nvidia-log.ts";

/** It takes 20 to 500 ms, and some seconds if the driver has to be loaded first. In ms. */
export const DEADLINE_MS = 5_000;

/** Asks `nvidia-smi`. One that hangs or fails never throws: the GPUs are there then, and `problem` says why not more is known. */
export class NvidiaSmi {
  #stuck: Bun.Subprocess | undefined;

  /** @param deviceFolder where the driver puts its device files; another one in tests */
  constructor(
    private readonly clock: Clock,
    private readonly deviceFolder = "/dev",
  ) {}

  async read(): Promise<readonly DeviceReading[]> {
    const program = Bun.which("nvidia-smi", { PATH: process.env.PATH ?? "" });
    if (!program) return this.#unknown("nvidia-smi is not on the PATH");
    // In an uninterruptible sleep inside the driver even SIGKILL does not end it, and more of them would only wait as well.
    if (this.#stuck?.exitCode === null && this.#stuck.signalCode === null)
      return this.#unknown("nvidia-smi hangs and cannot be ended");
    try {
      const text = await this.#run(program);
      return await parseNvidiaLog(text).catch((cause: unknown) => {
        throw new Error(`printed what cannot be read: ${messageOf(cause)}`, { cause });
      });
    } catch (error) {
      return this.#unknown(`nvidia-smi ${messageOf(error)}`);
    }
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
      throw new Error(`did not answer within ${DEADLINE_MS} ms`);
    }
    const [text, code] = result;
    if (code !== 0) throw new Error(`failed with exit code ${code}: ${firstLine(text)}`);
    return text;
  }

  /** @returns the GPUs whose device files are there, of which no more is known */
  #unknown(problem: string): DeviceReading[] {
    return gpuNumbers(this.deviceFolder).map((number) => ({
      id: `cuda:${number}`,
      name: "NVIDIA GPU",
      totalBytes: 0,
      usedBytes: 0,
      problem,
      processes: new Map(),
    }));
  }
}

/** It prints its errors on stdout. */
function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) || "it printed nothing";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function gpuNumbers(deviceFolder: string): number[] {
  try {
    const files = readdirSync(deviceFolder).map((name) => /^nvidia(\d+)$/.exec(name)?.[1]);
    return files.flatMap((number) => (number === undefined ? [] : Number(number))).sort((a, b) => a - b);
  } catch {
    return [];
  }
}
