import { bytesText } from "../../admin/client/mod.ts";
import type { MemoryView } from "../../schemas/generated/api.ts";
import { tableText } from "./table.ts";

type Device = MemoryView["devices"][number];
type Instance = MemoryView["instances"][number];

/** Characters of a bar. */
const BAR = 24;

/** @returns a line a device, with a bar of who holds its memory, and a line an instance */
export function memoryText({ devices, instances }: MemoryView): string {
  const deviceRows = devices.map((device) => [
    device.id,
    device.name,
    bar(device, measuredOn(device.id, instances)),
    bytesText(device.reservedBytes),
    bytesText(device.budgetBytes),
    bytesText(device.usedBytes),
    bytesText(device.totalBytes),
  ]);
  const instanceRows = instances.map(
    ({ slot, pid, generation, state, device, hostBytes, gpuBytes, reservedBytes }) => [
      slot,
      String(pid),
      String(generation),
      state,
      device,
      maybeSize(hostBytes),
      maybeSize(gpuBytes),
      bytesText(reservedBytes),
    ],
  );
  return [
    tableText(["DEVICE", "NAME", "", "RESERVED", "BUDGET", "USED", "TOTAL"], deviceRows),
    "# reserved for instances, = other programs, | end of the budget",
    "",
    instances.length === 0
      ? "No instance holds memory"
      : tableText(["SLOT", "PID", "GENERATION", "STATE", "DEVICE", "HOST", "GPU", "RESERVED"], instanceRows),
  ].join("\n");
}

/** Memory that no instance uses is used by other programs. Reserved memory counts as the instances', used or not. */
function bar({ totalBytes, usedBytes, budgetBytes, reservedBytes }: Device, measured: number): string {
  if (totalBytes === 0) return "";
  const own = cells(reservedBytes, totalBytes);
  const others = Math.min(cells(Math.max(0, usedBytes - measured), totalBytes), BAR - own);
  const drawn = [..."#".repeat(own), ..."=".repeat(others), ...".".repeat(BAR - own - others)];
  const end = cells(budgetBytes, totalBytes);
  return `[${drawn.slice(0, end).join("")}|${drawn.slice(end).join("")}]`;
}

/** Even the smallest share gets a cell. */
function cells(bytes: number, total: number): number {
  return Math.min(BAR, bytes === 0 ? 0 : Math.max(1, Math.round((bytes / total) * BAR)));
}

function measuredOn(device: string, instances: readonly Instance[]): number {
  const shares = instances.map(({ device: own, hostBytes = 0, gpuBytes = 0 }) =>
    device === "host" ? hostBytes : own === device ? gpuBytes : 0,
  );
  return shares.reduce((sum, share) => sum + share, 0);
}

function maybeSize(bytes: number | undefined): string {
  return bytes === undefined ? "-" : bytesText(bytes);
}
