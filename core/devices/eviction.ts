/**
 * Which instances are unloaded when there is not enough memory. Pure.
 *
 * @module
 */
import type { DeviceNeed, MemoryRequest } from "./memory-request.ts";
import { type Accounts, lackOf } from "./room.ts";

/**
 * @param gone keys of instances that end in any case
 * @returns keys of the instances to unload so that there is enough; undefined if unloading cannot make enough room
 */
export function evictionFor(
  needs: readonly DeviceNeed[],
  { evictable, givesBack }: MemoryRequest,
  gone: ReadonlySet<string>,
  accounts: Accounts,
): string[] | undefined {
  const lacking = needs
    .map((need) => ({ device: need.device, bytes: lackOf(need, gone, accounts) }))
    .filter(({ bytes }) => bytes > 0);
  const idle = evictable
    .filter(({ key }) => !givesBack.includes(key))
    .toSorted((a, b) => a.lastUsedAt - b.lastUsedAt)
    .map(({ key }) => {
      const shares = accounts.ledger.get(key)?.shares;
      return { key, frees: lacking.map(({ device }) => shares?.get(device)?.bytes ?? 0) };
    })
    .filter(({ frees }) => frees.some((bytes) => bytes > 0));
  return fewestToEvict(
    lacking.map(({ bytes }) => bytes),
    idle,
  );
}

/** An instance that may be unloaded. */
export interface Idle {
  key: string;
  /** Bytes that its end frees, on each device that lacks some. */
  frees: readonly number[];
}

/**
 * @param lacking bytes, on each device
 * @param idle the least recently used first
 * @returns keys of the smallest set that frees enough, the least recently used first. Of several sets of that size, the
 *   one with the least recently used. Undefined if all of them together do not free enough
 */
export function fewestToEvict(lacking: readonly number[], idle: readonly Idle[]): string[] | undefined {
  const pick = (from: number, count: number, still: readonly number[]): string[] | undefined => {
    if (still.every((bytes) => bytes <= 0)) return [];
    const rest = idle.slice(from);
    // With one device this bound is exact, so the search never goes back.
    if (still.some((bytes, device) => bytes > mostOf(count, rest, device))) return undefined;
    for (const [index, { key, frees }] of rest.entries()) {
      const left = still.map((bytes, device) => bytes - (frees[device] ?? 0));
      const others = pick(from + index + 1, count - 1, left);
      if (others) return [key, ...others];
    }
    return undefined;
  };
  for (let count = 1; count <= idle.length; count++) {
    const found = pick(0, count, lacking);
    if (found) return found;
  }
  return undefined;
}

/** @returns the most bytes of a device that `count` of them can free */
function mostOf(count: number, idle: readonly Idle[], device: number): number {
  const sizes = idle.map(({ frees }) => frees[device] ?? 0).sort((a, b) => b - a);
  return sizes.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
}
