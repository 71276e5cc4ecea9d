/**
 * Memory of processes that have ended, which their device may still show as used.
 *
 * @module
 */
import type { Clock } from "../clock.ts";

export class RecentlyFreed {
  readonly #shares: { device: string; bytes: number; until: number }[] = [];

  /** @param recoveryMs how long a device may lag behind, in ms */
  constructor(
    private readonly clock: Clock,
    private readonly recoveryMs: number,
  ) {}

  add(device: string, bytes: number): void {
    this.#shares.push({ device, bytes, until: this.clock.monotonic() + this.recoveryMs });
  }

  /** @returns bytes that may show as used though nobody uses them */
  bytes(device: string): number {
    const now = this.clock.monotonic();
    this.#keep(({ until }) => until > now);
    return this.#shares.reduce((sum, share) => sum + (share.device === device ? share.bytes : 0), 0);
  }

  /** The device has caught up. */
  forget(device: string): void {
    this.#keep((share) => share.device !== device);
  }

  #keep(stays: (share: { device: string; until: number }) => boolean): void {
    const kept = this.#shares.filter(stays);
    this.#shares.splice(0, this.#shares.length, ...kept);
  }
}
