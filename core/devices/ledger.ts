/**
 * Who holds how much of which device, and what was given back a moment ago.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { HOST } from "./device.ts";
import type { DeviceNeed } from "./memory-request.ts";

interface Share {
  bytes: number;
  /** Whether it was measured; otherwise it is an estimate, of which any part may already be in use. */
  isMeasured: boolean;
}

/** What one instance holds, from its admission until its process has ended. */
export interface Reservation {
  /** Of the instance. */
  readonly key: string;
  readonly slot: string;
  readonly plugin: string;
  readonly model?: string;
  /** `host` or a GPU's id: where its model is. */
  device: string;
  /** Keys of the instances whose room it takes over: they end before it loads. */
  readonly replaces: readonly string[];
  readonly shares: Map<string, Share>;
}

export interface Holder {
  slot: string;
  bytes: number;
}

export class Ledger {
  readonly #reservations = new Map<string, Reservation>();

  /** Enters an instance. It replaces an earlier reservation of the same key. */
  reserve(of: Omit<Reservation, "shares">, needs: readonly DeviceNeed[]): void {
    const shares = new Map(needs.map(({ device, bytes }) => [device, { bytes, isMeasured: false }]));
    // The instances that those replace count as well, in case one in between fails.
    const replaces = of.replaces.flatMap((key) => [key, ...(this.get(key)?.replaces ?? [])]);
    this.release(of.key);
    this.#reservations.set(of.key, { ...of, replaces, shares });
  }

  /** Replaces an estimate by a measurement. Does nothing if the instance holds nothing. */
  settle(key: string, device: string, bytes: number): void {
    this.get(key)?.shares.set(device, { bytes, isMeasured: true });
  }

  /** For an instance that was meant for a GPU and runs on the CPU. */
  moveToHost(key: string): void {
    const reservation = this.get(key);
    if (!reservation || reservation.device === HOST) return;
    reservation.shares.delete(reservation.device);
    reservation.device = HOST;
  }

  /** @returns what the instance held; undefined if it holds nothing */
  release(key: string): Reservation | undefined {
    const reservation = this.get(key);
    this.#reservations.delete(key);
    return reservation;
  }

  get(key: string): Reservation | undefined {
    return this.#reservations.get(key);
  }

  all(): Reservation[] {
    return [...this.#reservations.values()];
  }

  /** @returns bytes of a device that are in use as measured, and bytes that are estimated and may be in use or not */
  parts(device: string): { measured: number; estimated: number } {
    const parts = { measured: 0, estimated: 0 };
    for (const { shares } of this.all()) {
      const { bytes = 0, isMeasured = false } = shares.get(device) ?? {};
      parts[isMeasured ? "measured" : "estimated"] += bytes;
    }
    return parts;
  }

  /**
   * An instance that takes over the room of others counts together with them, as the larger of the two. So nobody else
   * gets that room between the end of the others and the load of this one.
   *
   * @param without keys of instances that do not count
   * @returns reserved bytes by slot, the most first
   */
  holders(device: string, without: ReadonlySet<string> = new Set()): Holder[] {
    // The newest first: it counts together with those that it replaces, which are older.
    const present = this.all()
      .filter(({ key }) => !without.has(key))
      .toReversed();
    const counted = new Set<string>();
    const chargeOf = ({ key, shares, replaces }: Reservation): number => {
      if (counted.has(key)) return 0;
      counted.add(key);
      const replaced = present.filter((one) => replaces.includes(one.key));
      const theirs = replaced.reduce((sum, one) => sum + chargeOf(one), 0);
      return Math.max(shares.get(device)?.bytes ?? 0, theirs);
    };
    return present
      .map((one) => ({ slot: one.slot, bytes: chargeOf(one) }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes);
  }

  /** @returns a view of this account without these instances; it follows every change */
  without(keys: readonly string[]): Pick<Ledger, "holders" | "charge" | "get"> {
    const gone = (more: ReadonlySet<string> = new Set()) => new Set([...keys, ...more]);
    return {
      holders: (device, more) => this.holders(device, gone(more)),
      charge: (device, more) => this.charge(device, gone(more)),
      get: (key) => this.get(key),
    };
  }

  /** @returns reserved bytes of a device; see {@linkcode holders} */
  charge(device: string, without?: ReadonlySet<string>): number {
    return this.holders(device, without).reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** Memory of processes that have ended, which their device may still report as used. */
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

  /** @returns bytes that the device may report as used although nobody uses them */
  bytes(device: string): number {
    const now = this.clock.monotonic();
    this.#keep(({ until }) => until > now);
    return this.#shares.reduce((sum, share) => sum + (share.device === device ? share.bytes : 0), 0);
  }

  /** To be called when the device no longer lags behind. */
  forget(device: string): void {
    this.#keep((share) => share.device !== device);
  }

  #keep(stays: (share: { device: string; until: number }) => boolean): void {
    const kept = this.#shares.filter(stays);
    this.#shares.splice(0, this.#shares.length, ...kept);
  }
}
