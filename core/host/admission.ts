/**
 * Room for an instance: asked for before it starts, held while it runs, and given back when its process is gone.
 *
 * @module
 */
import type { Strategy } from "../../schemas/generated/swap.ts";
import type { Binding } from "./binding.ts";

/** An instance that wants room. */
export interface Applicant {
  slot: string;
  /** Names the instance among all of the engine, e.g. `voices.slt#3`. */
  key: string;
  binding: Binding;
  strategy: Strategy;
  /** Keys of instances that are gone by the time it starts, if it starts after the old one was unloaded. */
  givesBack: readonly string[];
}

export interface Admitted {
  way: "beside" | "after-unload";
  /** Why, with the numbers. */
  detail: string;
}

/** Where instances get their memory from. */
export interface Admission {
  /**
   * Reserves room for an instance.
   *
   * @throws SyrinxError memory-refused with the numbers, or device-unavailable
   */
  admit(applicant: Applicant): Promise<Admitted>;
  /** Resolves when the device shows the room as free, or was waited for long enough. */
  awaitRoom(key: string): Promise<void>;
  /** The instance is loaded: what it really uses takes the place of what was reserved. */
  loaded(key: string, pid: number): Promise<void>;
  /** The process of the instance is gone, or never was. Idempotent. */
  release(key: string): void;
}
