/**
 * Reads all devices when it is asked to.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { DeviceReaders, DeviceReading } from "./device.ts";
import { Gpus, type GpusOptions } from "./gpus.ts";
import { readHostMemory } from "./host-memory.ts";
import { bytesNotResident, hostBytesOf, residentBytes } from "./process-memory.ts";
import { ProcessTrees, tasksOfMachine } from "./process-trees.ts";

/** @returns readings by the kernel and the driver of this machine */
export function systemReaders(options: GpusOptions): DeviceReaders {
  const gpus = new Gpus(options);
  const trees = new ProcessTrees(options.clock);
  return {
    host: () => readHostMemory(),
    gpus: () => gpus.read(),
    tree: (pid) => trees.of(pid),
    tasks: (pid) => trees.tasks(pid),
    tasksOfMachine,
    hostBytes: hostBytesOf,
    residentBytes,
    bytesNotResident,
  };
}

/** How old a reading of the GPUs may be by default, in ms. */
const FRESH_MS = 1_000;

/** Reads the GPUs at most once a second, and once for all callers that ask at the same time. */
export class Inventory {
  #gpus: { at: number; readings: readonly DeviceReading[] } | undefined;
  #underWay: Promise<readonly DeviceReading[]> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly readers: DeviceReaders,
  ) {}

  host(): DeviceReading {
    return this.readers.host();
  }

  tree(pid: number): Promise<readonly number[]> {
    return this.readers.tree(pid);
  }

  hostBytes(pids: readonly number[]): Promise<number | undefined> {
    return this.readers.hostBytes(pids);
  }

  tasks(pid: number): number | undefined {
    return this.readers.tasks(pid);
  }

  tasksOfMachine(): number | undefined {
    return this.readers.tasksOfMachine();
  }

  /**
   * @returns bytes that these processes hold together at most: a shared page counts for each. Undefined if the resident set
   *   of one is not known
   */
  async mostHostBytes(pids: readonly number[]): Promise<number | undefined> {
    const sizes = pids.map((pid) => this.readers.residentBytes(pid));
    const known = sizes.filter((size) => size !== undefined);
    if (known.length < pids.length) return undefined;
    const others = await this.readers.bytesNotResident(pids);
    return known.reduce((sum, size) => sum + size, others);
  }

  /** @param maxAgeMs 0 for a reading that begins now */
  async gpus(maxAgeMs = FRESH_MS): Promise<readonly DeviceReading[]> {
    if (this.#gpus && this.clock.monotonic() - this.#gpus.at < maxAgeMs) return this.#gpus.readings;
    if (!this.#underWay) return this.#read();
    const readings = await this.#underWay;
    // That reading may have begun before the event that the caller wants to see.
    return maxAgeMs > 0 ? readings : this.gpus(maxAgeMs);
  }

  async #read(): Promise<readonly DeviceReading[]> {
    const at = this.clock.monotonic();
    this.#underWay = this.readers.gpus();
    try {
      this.#gpus = { at, readings: await this.#underWay };
      return this.#gpus.readings;
    } finally {
      this.#underWay = undefined;
    }
  }
}
