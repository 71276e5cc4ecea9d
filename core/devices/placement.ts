/**
 * Where an instance goes, and what has to go for it. Pure.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import { HOST, isPartOf } from "./device.ts";
import { type DeviceNeed, estimate, type MeasuredMemory } from "./estimate.ts";
import { fewestToEvict } from "./eviction.ts";
import type { MemoryRequest } from "./memory-request.ts";
import { admittedText, refusedText } from "./placement-text.ts";
import { type Accounts, type DeviceState, roomOn } from "./room.ts";

export interface Admitted {
  readonly verdict: "fits-beside" | "fits-after-unload";
  /** `cpu`, or a GPU's id. */
  readonly device: string;
  /** For CUDA_VISIBLE_DEVICES, so that the process sees this device alone, as its `cuda:0`. */
  readonly uuid?: string;
  readonly needs: readonly DeviceNeed[];
  /** Keys of those that have to be unloaded first. */
  readonly evict: readonly string[];
  readonly message: string;
}

export interface Refused {
  readonly verdict: "refused";
  readonly device: string;
  readonly needs: readonly DeviceNeed[];
  readonly evict: readonly [];
  /** With the numbers: what is free, what is needed, who holds the rest. */
  readonly message: string;
}

export type Verdict = Admitted | Refused;

export interface Situation extends Accounts {
  /** @returns what the release took before on a device, `cpu` or a GPU's id */
  measured(device: string): MeasuredMemory | undefined;
}

/**
 * An instance goes where it fits beside what it replaces; else, unless it must, where it fits after that; else where the
 * fewest idle ones make room for it. `auto` prefers a GPU to the CPU, and the CPU to taking a GPU from another.
 *
 * @throws SyrinxError device-unavailable if the device is not there, which names those that are
 */
export function place(request: MemoryRequest, situation: Situation): Verdict {
  const groups = candidateGroups(request, situation);
  const options = groups.map((group) => group.map((device) => optionOn(device, request, situation)));
  const own = new Set(request.givesBack);
  for (const group of options) {
    const beside = group.find((option) => option.fits(new Set()));
    if (beside) return admit(beside, "fits-beside", [], request, situation);
    const after = request.beside || own.size === 0 ? undefined : group.find((option) => option.fits(own));
    if (after) return admit(after, "fits-after-unload", [], request, situation);
  }
  // Nobody else is unloaded for the sake of a swap without a pause that nobody asked for.
  const gone = request.beside ? new Set<string>() : own;
  for (const option of options.flat()) {
    const evict = evictionFor(option, request, gone, situation);
    if (evict)
      return admit(option, gone.size > 0 ? "fits-after-unload" : "fits-beside", evict, request, situation);
  }
  return refuse(options.flat(), request, situation);
}

/** A device that the instance could go to. */
interface Option {
  readonly device: DeviceState;
  readonly needs: readonly DeviceNeed[];
  fits(without: ReadonlySet<string>): boolean;
}

function optionOn(device: DeviceState, request: MemoryRequest, situation: Situation): Option {
  const measured = situation.measured(bindingDevice(device.id));
  const needs = estimate(device.id, { ...request, ...(measured && { measured }) });
  return { device, needs, fits: (without) => needs.every((part) => lackOf(part, without, situation) <= 0) };
}

/** @returns bytes of a device that are missing; below 0: so many are left over */
function lackOf({ device, bytes }: DeviceNeed, without: ReadonlySet<string>, accounts: Accounts): number {
  const state = accounts.devices.find(({ id }) => id === device);
  return state ? bytes - roomOn(state, accounts.ledger, without) : 0;
}

/** @returns the devices that will do, in groups, what is preferred first; within a group, all that fit are as good */
function candidateGroups(
  { device, mayUseGpu }: MemoryRequest,
  { devices, ledger }: Situation,
): DeviceState[][] {
  const host = devices.filter(({ id }) => id === HOST);
  if (device === "cpu" || (device === "auto" && !mayUseGpu)) return [host];
  const gpus = devices.filter(({ id }) => id !== HOST);
  const mostRoomFirst = (group: DeviceState[]) =>
    group.toSorted((a, b) => roomOn(b, ledger) - roomOn(a, ledger));
  const known = gpus.filter(({ problem }) => problem === undefined);
  if (device === "auto") return [mostRoomFirst(known), host];
  if (device === "cuda" && gpus.length > 0) return [known.length > 0 ? known : gpus];
  const named = gpus.filter(({ id }) => isPartOf(device, id));
  if (named.length > 0) return [mostRoomFirst(named)];
  const there = ["cpu", ...gpus.map(({ id }) => id)].join(", ");
  throw new SyrinxError(
    "device-unavailable",
    `Cannot place an instance on ${device} as there is no such device. Use one of: ${there}`,
  );
}

function evictionFor(
  { needs }: Option,
  { evictable, givesBack }: MemoryRequest,
  gone: ReadonlySet<string>,
  accounts: Accounts,
): string[] | undefined {
  const lacking = needs.filter((part) => lackOf(part, gone, accounts) > 0);
  const idle = evictable
    .filter(({ key }) => !givesBack.includes(key))
    .toSorted((a, b) => a.lastUsedAt - b.lastUsedAt)
    .map(({ key }) => {
      const shares = accounts.ledger.get(key)?.shares;
      return { key, frees: lacking.map(({ device }) => shares?.get(device)?.bytes ?? 0) };
    })
    .filter(({ frees }) => frees.some((bytes) => bytes > 0));
  const bytes = lacking.map((part) => lackOf(part, gone, accounts));
  return fewestToEvict(bytes, idle);
}

function admit(
  { device, needs }: Option,
  verdict: Admitted["verdict"],
  evict: readonly string[],
  request: MemoryRequest,
  accounts: Accounts,
): Admitted {
  const { uuid, id } = device;
  const message = admittedText(
    { device, needs, evict, request, isAfter: verdict === "fits-after-unload" },
    accounts,
  );
  return { verdict, device: bindingDevice(id), ...(uuid && { uuid }), needs, evict, message };
}

function refuse(options: readonly Option[], request: MemoryRequest, accounts: Accounts): Refused {
  const lacking = options.flatMap(({ needs }) =>
    needs.filter((part) => lackOf(part, new Set(), accounts) > 0),
  );
  const [first] = options;
  return {
    verdict: "refused",
    device: bindingDevice(first?.device.id ?? HOST),
    needs: first?.needs ?? [],
    evict: [],
    message: refusedText(lacking, request, accounts),
  };
}

/** @returns the device as a binding calls it */
function bindingDevice(id: string): string {
  return id === HOST ? "cpu" : id;
}
