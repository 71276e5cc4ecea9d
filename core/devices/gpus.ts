/**
 * The NVIDIA GPUs of this machine: by NVML, or by nvidia-smi if NVML cannot be used.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import type { DeviceReading } from "./device.ts";
import { gpuReadings, unknownGpu } from "./gpu-listing.ts";
import { NvidiaSmi } from "./nvidia-smi.ts";
import { Nvml } from "./nvml.ts";

export interface GpusOptions {
  clock: Clock;
  log: Logger;
  /** The NVML library: a path, or a name that the dynamic linker finds. Default: the driver's. */
  library?: string;
  /** The folder of the driver's device files. Default: /dev. */
  deviceFolder?: string;
}

export class Gpus {
  readonly #log: Logger;
  readonly #deviceFolder: string;
  readonly #nvml: Nvml;
  readonly #smi: NvidiaSmi;
  /** The problem that was logged last. */
  #logged: string | undefined;

  constructor({ clock, log, library, deviceFolder = "/dev" }: GpusOptions) {
    this.#log = log;
    this.#deviceFolder = deviceFolder;
    this.#nvml = new Nvml(clock, library);
    this.#smi = new NvidiaSmi(clock);
  }

  /** Never rejects: if neither answers, the GPUs are those with a device file, and `problem` says why no more is known. */
  async read(): Promise<readonly DeviceReading[]> {
    const problems: string[] = [];
    try {
      const gpus = await this.#nvml.list();
      if (gpus) return gpuReadings(gpus, "NVML");
    } catch (error) {
      const problem = messageOf(error);
      problems.push(problem);
      if (problem !== this.#logged)
        this.#log.warn({ err: error }, "NVML failed; nvidia-smi is asked instead");
      this.#logged = problem;
    }
    try {
      return gpuReadings(await this.#smi.list(), "nvidia-smi");
    } catch (error) {
      const problem = [...problems, messageOf(error)].join("; ");
      return gpuNumbers(this.#deviceFolder).map((number) => unknownGpu(`cuda:${number}`, problem));
    }
  }

  /** Ends the process that calls NVML. */
  close(): void {
    this.#nvml.close();
  }
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
