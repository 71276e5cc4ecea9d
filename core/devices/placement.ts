/**
 * Decides on which device an instance is placed. Pure.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import { HOST, isPartOf } from "./device.ts";
import { evictionFor } from "./eviction.ts";
import { type DeviceNeed, estimate, type MeasuredMemory, type MemoryRequest } from "./memory-request.ts";
import { admittedText, refusedText } from "./placement-text.ts";
import { type Accounts, type DeviceState, lackOf, roomOn } from "./room.ts";

export interface Admitted {
  readonly verdict: "fits-beside" | "fits-after-unload";
  /** `cpu`, or a GPU's id. */
  readonly device: string;
  /** For CUDA_VISIBLE_DEVICES, so that the process sees only this device, as its `cuda:0`. */
  readonly uuid?: string;
  readonly needs: readonly DeviceNeed[];
  /** Keys of the instances that must be unloaded first. */
  readonly evict: readonly string[];
  readonly message: string;
}

export interface Refused {
  readonly verdict: "refused";
  readonly device: string;
  readonly needs: readonly DeviceNeed[];
  readonly evict: readonly [];
  /** With the numbers: how much is free, how much is needed, and who holds the rest. */
  readonly message: string;
}

export type Verdict = Admitted | Refused;

export interface Situation extends Accounts {
  /** @returns what the releases took before on a device, `cpu` or a GPU's id */
  measured(device: string): MeasuredMemory | undefined;
}

/**
 * Tries three ways, in this order. First: the instance fits beside the one that it replaces. Second, unless the request
 * excludes it: it fits after that one has ended. Third: it fits after the fewest idle instances are unloaded. `auto`
 * prefers a GPU to the CPU, and prefers the CPU to unloading an instance from a GPU.
 *
 * @throws SyrinxError device-unavailable if there is no such device; it names the devices that there are
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
  // In this step the old instance counts as ended, so that fewer others are unloaded for a swap without a pause.
  const gone = request.beside ? new Set<string>() : own;
  for (const option of options.flat()) {
    const evict = evictionFor(option.needs, request, gone, situation);
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

/** @returns the possible devices in groups, the preferred group first; within a group the first that fits is taken */
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
    `Cannot place an instance on ${device} because there is no such device. Use one of: ${there}`,
  );
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

/** @returns the id of the device as a binding has it */
function bindingDevice(id: string): string {
  return id === HOST ? "cpu" : id;
}
