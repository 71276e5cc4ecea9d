/**
 * Who holds how much of which device.
 *
 * @module
 */
import { HOST } from "./device.ts";
import type { DeviceNeed } from "./estimate.ts";

interface Share {
  bytes: number;
  /** Whether that is what was measured; else it is what was estimated, of which any part may be in use already. */
  isMeasured: boolean;
}

/** What one instance holds, from its admission until its process is gone. */
export interface Reservation {
  /** Of the instance. */
  readonly key: string;
  readonly slot: string;
  readonly plugin: string;
  readonly model?: string;
  /** `host` or a GPU's id: where its model is. */
  device: string;
  /** Keys of those whose room it takes over: they end before it loads. */
  readonly replaces: readonly string[];
  readonly shares: Map<string, Share>;
}

export interface Holder {
  slot: string;
  bytes: number;
}

export class Ledger {
  readonly #reservations = new Map<string, Reservation>();

  /** Enters an instance. What another one of the same key held is forgotten. */
  reserve(of: Omit<Reservation, "shares">, needs: readonly DeviceNeed[]): void {
    const shares = new Map(needs.map(({ device, bytes }) => [device, { bytes, isMeasured: false }]));
    // Those that wait for their end in turn count as well, should the one between fail.
    const replaces = of.replaces.flatMap((key) => [key, ...(this.get(key)?.replaces ?? [])]);
    this.release(of.key);
    this.#reservations.set(of.key, { ...of, replaces, shares });
  }

  settle(key: string, device: string, bytes: number): void {
    this.get(key)?.shares.set(device, { bytes, isMeasured: true });
  }

  /** It runs on the CPU after all. */
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

  /** @returns bytes in use on a device as measured, and bytes of those of whom it is not known how much they use yet */
  parts(device: string): { measured: number; estimated: number } {
    const parts = { measured: 0, estimated: 0 };
    for (const { shares } of this.all()) {
      const { bytes = 0, isMeasured = false } = shares.get(device) ?? {};
      parts[isMeasured ? "measured" : "estimated"] += bytes;
    }
    return parts;
  }

  /**
   * One that takes over the room of others counts as the larger of the two, so that nobody snatches the room between the
   * end of the one and the load of the other.
   *
   * @param without keys of instances to be thought away
   * @returns bytes that are spoken for, by those who hold them, the most first
   */
  holders(device: string, without: ReadonlySet<string> = new Set()): Holder[] {
    // The newest first: one is counted together with those whose room it takes over, who were there before it.
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

  /** @returns the account as it will be without these instances; it changes with this one */
  without(keys: readonly string[]): Pick<Ledger, "holders" | "charge" | "get"> {
    const gone = (more: ReadonlySet<string> = new Set()) => new Set([...keys, ...more]);
    return {
      holders: (device, more) => this.holders(device, gone(more)),
      charge: (device, more) => this.charge(device, gone(more)),
      get: (key) => this.get(key),
    };
  }

  /** @returns bytes that are spoken for; see {@linkcode holders} */
  charge(device: string, without?: ReadonlySet<string>): number {
    return this.holders(device, without).reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
