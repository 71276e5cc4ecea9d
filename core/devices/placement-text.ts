/**
 * Placements and sizes in words. Pure.
 *
 * @module
 */
import { HOST } from "./device.ts";
import type { DeviceNeed, MemoryRequest } from "./memory-request.ts";
import { type Accounts, type DeviceState, roomOn } from "./room.ts";

export interface Admission {
  device: DeviceState;
  needs: readonly DeviceNeed[];
  evict: readonly string[];
  request: MemoryRequest;
  /** Whether it fits only after the instance that it replaces has ended. */
  isAfter: boolean;
}

export function admittedText(
  { device, needs, evict, request, isAfter }: Admission,
  { devices, ledger }: Accounts,
): string {
  const { slot, givesBack } = request;
  const name = nameOf(device.id);
  if (device.problem !== undefined)
    return `the memory of ${name} is not known (${device.problem}), so ${slot} is admitted without a check`;
  const bytes = needs[0]?.bytes ?? 0;
  const free = Math.max(0, roomOn(device, ledger));
  const unloaded = [
    ...(isAfter ? ["what it replaces"] : []),
    ...evict.map((key) => ledger.get(key)?.slot ?? key),
  ];
  const gone = new Set([...(isAfter ? givesBack : []), ...evict]);
  const after = bytesText(Math.max(0, roomOn(device, ledger, gone)));
  return [
    `${slot} needs ${bytesText(bytes)} of ${name}, which has ${bytesText(free)} free`,
    unloaded.length > 0
      ? `, and ${after} once ${listText(unloaded)} ${unloaded.length > 1 ? "are" : "is"} unloaded`
      : "",
    device.id === HOST && request.device === "auto" && request.mayUseGpu ? gpuText(devices) : "",
  ].join("");
}

/** Why `auto` did not choose a GPU. */
function gpuText(devices: readonly DeviceState[]): string {
  const gpus = devices.filter(({ id }) => id !== HOST);
  if (gpus.length === 0) return "";
  const unknown = gpus.filter(({ problem }) => problem !== undefined);
  if (unknown.length === gpus.length) return `; the memory of the GPUs is not known (${unknown[0]?.problem})`;
  return `; ${gpus.map(({ id }) => id).join(", ")} ${gpus.length > 1 ? "have" : "has"} no room for it`;
}

/** @param lacking the needs that are not met, for every device that was considered */
export function refusedText(
  lacking: readonly DeviceNeed[],
  request: MemoryRequest,
  accounts: Accounts,
): string {
  const reasons = lacking.map((part) => lackText(part, request, accounts));
  const own = new Set(request.givesBack);
  const fitsAfter = lacking.every(({ device, bytes }) => {
    const state = accounts.devices.find(({ id }) => id === device);
    return state && bytes <= roomOn(state, accounts.ledger, own);
  });
  const advice =
    request.beside && fitsAfter
      ? "It fits once what it replaces is unloaded: use the strategy recreate"
      : "Unload a voice, choose another device, or raise memory.budgets if it is the budget";
  return `${reasons.join("; ")}. ${advice}`;
}

function lackText(
  { device, bytes }: DeviceNeed,
  { slot, givesBack }: MemoryRequest,
  { devices, ledger }: Accounts,
): string {
  const state = devices.find(({ id }) => id === device) as DeviceState;
  const { budget, totalBytes, foreignBytes } = state;
  const room = roomOn(state, ledger);
  const isBudget = budget.bytes <= totalBytes - foreignBytes;
  const [free, needed] = comparedBytes(Math.max(0, room), bytes);
  const most = isBudget ? `its budget of ${bytesText(budget.bytes)}` : `its ${bytesText(totalBytes)}`;
  const replaced = new Set(givesBack.map((key) => ledger.get(key)?.slot));
  const holders = ledger.holders(device).map((holder) => {
    const name = replaced.has(holder.slot) ? `the current ${holder.slot}` : holder.slot;
    return `${name} (${bytesText(holder.bytes)})`;
  });
  if (!isBudget) holders.push(`${otherPrograms(device)} (${bytesText(foreignBytes)})`);
  const held = ledger.charge(device) + (isBudget ? 0 : foreignBytes);
  const why = holders.length > 0 ? `: ${bytesText(held)} are held by ${listText(holders)}` : "";
  return `${nameOf(device)} has ${free} of ${most} free, and ${slot} needs ${needed}${why}`;
}

function otherPrograms(device: string): string {
  return device === HOST ? "other programs and the engine itself" : "other programs";
}

function nameOf(device: string): string {
  return device === HOST ? "the host" : device;
}

/** @returns `a, b and c` */
function listText(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
}

const GIGA = 1e9;
const MEGA = 1e6;

/**
 * @param digits after the point, of gigabytes
 * @returns the size in decimal units, as for disks and budgets: `6.0 GB`, `320 MB`
 */
export function bytesText(bytes: number, digits = 1): string {
  return bytes < GIGA - MEGA / 2 ? `${Math.round(bytes / MEGA)} MB` : `${(bytes / GIGA).toFixed(digits)} GB`;
}

/** @returns both sizes, with enough digits that they look different if they differ by a megabyte or more */
export function comparedBytes(one: number, other: number): [string, string] {
  for (const digits of [1, 2]) {
    const texts: [string, string] = [bytesText(one, digits), bytesText(other, digits)];
    if (texts[0] !== texts[1]) return texts;
  }
  return [bytesText(one, 3), bytesText(other, 3)];
}
