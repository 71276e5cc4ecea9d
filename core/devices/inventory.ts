/**
 * The readings of all devices, taken when they are needed.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { DeviceReading } from "./device.ts";
import { readHostMemory } from "./host-memory.ts";
import { NvidiaSmi } from "./nvidia-smi.ts";
import { hostBytesOf, processTree } from "./process-memory.ts";
import { residentBytes } from "./resident-bytes.ts";

/** Where the readings come from; tests hand in their own. */
export interface DeviceReaders {
  host(): DeviceReading;
  /** Never rejects: a GPU of which nothing is known has a `problem`. */
  gpus(): Promise<readonly DeviceReading[]>;
  /** @returns a process and its descendants; empty if it is gone */
  tree(pid: number): Promise<readonly number[]>;
  /** @returns bytes of host memory of these processes together; undefined if nothing tells */
  hostBytes(pids: readonly number[]): Promise<number | undefined>;
  /** @returns bytes that one process has in memory, shared or not; undefined if nothing tells */
  residentBytes(pid: number): number | undefined;
}

export function systemReaders(clock: Clock): DeviceReaders {
  const smi = new NvidiaSmi(clock);
  return {
    host: () => readHostMemory(),
    gpus: () => smi.read(),
    tree: processTree,
    hostBytes: hostBytesOf,
    residentBytes,
  };
}

/** How old a reading of the GPUs may be where it need not be fresh, in ms. */
const FRESH_MS = 1_000;

/** Reads the GPUs at most once a second, and once for all that ask at the same time. */
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

  /** @returns bytes of these processes together, what they share counted for each; undefined if nothing tells of one */
  residentBytes(pids: readonly number[]): number | undefined {
    const sizes = pids.map((pid) => this.readers.residentBytes(pid));
    const known = sizes.filter((size) => size !== undefined);
    return known.length === pids.length ? known.reduce((sum, size) => sum + size, 0) : undefined;
  }

  /** @param maxAgeMs 0: a reading that begins now */
  async gpus(maxAgeMs = FRESH_MS): Promise<readonly DeviceReading[]> {
    if (this.#gpus && this.clock.monotonic() - this.#gpus.at < maxAgeMs) return this.#gpus.readings;
    if (!this.#underWay) return this.#read();
    const readings = await this.#underWay;
    // What was under way may have been read before that happened which the caller wants to see.
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
