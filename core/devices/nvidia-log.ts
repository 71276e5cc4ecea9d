/**
 * Reads what `nvidia-smi -q -x` prints (nvsmi_device_v12.dtd; drivers 510 and later).
 *
 * @module
 */
import type { Element } from "@xmldom/xmldom";
import type { DeviceReading } from "./device.ts";

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * Not read here. The clocks are hundreds of lines a GPU, without which the rest is parsed in a fifth of the time; the name
 * of a process is the one text that others write, and may hold what is no XML.
 */
const UNREAD = /<(supported_clocks|process_name)>[^]*?<\/\1>/g;

/**
 * A GPU is `cuda:N`, N being its place in the list, which is by PCI bus id: CUDA's own order with
 * CUDA_DEVICE_ORDER=PCI_BUS_ID. A GPU in MIG mode is no device of CUDA itself. Its GPU instances, which have memory of
 * their own, are `cuda:N/mig-I` with nvidia-smi's number I.
 *
 * @throws Error if it is not well-formed XML, or not a log of nvidia-smi
 */
export async function parseNvidiaLog(text: string): Promise<DeviceReading[]> {
  // Only where there is an NVIDIA GPU is the parser's load (15 ms) paid for.
  const { DOMParser, onErrorStopParsing } = await import("@xmldom/xmldom");
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const root = parser.parseFromString(text.replace(UNREAD, ""), "text/xml").documentElement;
  if (root?.tagName !== "nvidia_smi_log")
    throw new Error(`its root is <${root?.tagName}>, not <nvidia_smi_log>`);
  return children(root, "gpu").flatMap(readGpu);
}

function readGpu(gpu: Element, index: number): DeviceReading[] {
  const id = `cuda:${index}`;
  const name = textOf(gpu, "product_name") ?? "NVIDIA GPU";
  const processes = readProcesses(gpu);
  if (textOf(gpu, "mig_mode", "current_mig") !== "Enabled") {
    const uuid = textOf(gpu, "uuid");
    const bytes = bytesByPid(processes);
    return [{ id, name, ...readMemory(gpu), ...(uuid && { uuid }), processes: bytes }];
  }
  const instances = readInstances(gpu, id, name, processes);
  if (instances.length > 0) return instances;
  const problem = "it is in MIG mode and has no MIG device, so CUDA does not see it";
  return [{ id, name, totalBytes: 0, usedBytes: 0, problem, processes: new Map() }];
}

/** @returns the GPU instances that a process can be sent to */
function readInstances(
  gpu: Element,
  parent: string,
  name: string,
  processes: readonly GpuProcess[],
): DeviceReading[] {
  const seen = new Set<string>();
  return children(child(gpu, "mig_devices"), "mig_device").flatMap((device, place) => {
    const instance = textOf(device, "gpu_instance_id") ?? "";
    const uuid = textOf(device, "uuid");
    // Compute instances of one GPU instance share its memory: it is told once. Without a UUID to name it by, a process
    // gets the first MIG device, and cannot be sent to another.
    if (seen.has(instance) || (place > 0 && uuid === undefined)) return [];
    seen.add(instance);
    return {
      id: `${parent}/mig-${textOf(device, "index") ?? place}`,
      name: `${name}, MIG GPU instance ${instance}`,
      ...readMemory(device),
      ...(uuid && { uuid }),
      processes: bytesByPid(processes.filter((process) => process.gpuInstance === instance)),
    };
  });
}

/** What the driver keeps for itself (`reserved`) counts as used, so that total - used is what can be had. */
function readMemory(device: Element): Pick<DeviceReading, "totalBytes" | "usedBytes" | "problem"> {
  const [total, free, used] = ["total", "free", "used"].map((part) =>
    bytesIn(textOf(device, "fb_memory_usage", part)),
  );
  const usedBytes = total !== undefined && free !== undefined ? total - free : used;
  if (total !== undefined && usedBytes !== undefined) return { totalBytes: total, usedBytes };
  return { totalBytes: 0, usedBytes: 0, problem: "nvidia-smi does not tell its memory" };
}

interface GpuProcess {
  pid: number;
  bytes: number;
  gpuInstance: string | undefined;
}

function readProcesses(gpu: Element): GpuProcess[] {
  return children(child(gpu, "processes"), "process_info").flatMap((process) => {
    const [pid, bytes] = [Number(textOf(process, "pid")), bytesIn(textOf(process, "used_memory"))];
    // "N/A" where the driver does not count by process.
    if (!(pid > 0) || bytes === undefined) return [];
    return { pid, bytes, gpuInstance: textOf(process, "gpu_instance_id") };
  });
}

/** A process that computes and draws is listed twice. */
function bytesByPid(processes: readonly GpuProcess[]): Map<number, number> {
  const byPid = new Map<number, number>();
  for (const { pid, bytes } of processes) byPid.set(pid, Math.max(bytes, byPid.get(pid) ?? 0));
  return byPid;
}

/** @returns the bytes of e.g. `81559 MiB`; undefined for `N/A` and the like */
function bytesIn(text: string | undefined): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) (\w+)$/.exec(text ?? "") ?? [];
  const factor = UNITS[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

function textOf(element: Element, ...path: readonly string[]): string | undefined {
  const found = path.reduce<Element | undefined>((inner, tag) => child(inner, tag), element);
  return found?.textContent?.trim() || undefined;
}

function child(element: Element | undefined, tag: string): Element | undefined {
  return children(element, tag)[0];
}

function children(element: Element | undefined, tag: string): Element[] {
  const nodes = element ? Array.from(element.childNodes) : [];
  return nodes.filter((node): node is Element => node.nodeName === tag);
}
