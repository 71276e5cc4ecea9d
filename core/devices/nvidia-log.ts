/**
 * Reads the output of `nvidia-smi -q -x` (nvsmi_device_v12.dtd; drivers 510 and later).
 *
 * @module
 */
import type { Element } from "@xmldom/xmldom";
import type { GpuListing, GpuMemory, GpuProcess, MigListing } from "./gpu-listing.ts";

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * Parts that are cut out before parsing. The clocks are hundreds of lines per GPU; without them the rest is parsed in a
 * fifth of the time. Other programs choose the name of a process, so it may contain what is not XML.
 */
const UNREAD = /<(supported_clocks|process_name)>[^]*?<\/\1>/g;

/** @throws Error if it is not well-formed XML, or not a log of nvidia-smi */
export async function parseNvidiaLog(text: string): Promise<GpuListing[]> {
  // Loaded here, because the parser takes 15 ms to load and is only needed for an NVIDIA GPU.
  const { DOMParser, onErrorStopParsing } = await import("@xmldom/xmldom");
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const root = parser.parseFromString(text.replace(UNREAD, ""), "text/xml").documentElement;
  if (root?.tagName !== "nvidia_smi_log")
    throw new Error(`its root is <${root?.tagName}>, not <nvidia_smi_log>`);
  return children(root, "gpu").map(readGpu);
}

function readGpu(gpu: Element): GpuListing {
  const memory = readMemory(gpu);
  const isMig = textOf(gpu, "mig_mode", "current_mig") === "Enabled";
  return {
    name: textOf(gpu, "product_name"),
    uuid: textOf(gpu, "uuid"),
    ...(memory && { memory }),
    processes: children(child(gpu, "processes"), "process_info").flatMap(readProcess),
    ...(isMig && { migDevices: children(child(gpu, "mig_devices"), "mig_device").map(readMigDevice) }),
  };
}

function readMigDevice(device: Element, place: number): MigListing {
  const memory = readMemory(device);
  return {
    index: Number(textOf(device, "index") ?? place),
    gpuInstance: Number(textOf(device, "gpu_instance_id")),
    uuid: textOf(device, "uuid"),
    ...(memory && { memory }),
  };
}

function readMemory(device: Element): GpuMemory | undefined {
  const [totalBytes, free, used] = ["total", "free", "used"].map((part) =>
    bytesIn(textOf(device, "fb_memory_usage", part)),
  );
  const usedBytes = totalBytes !== undefined && free !== undefined ? totalBytes - free : used;
  return totalBytes !== undefined && usedBytes !== undefined ? { totalBytes, usedBytes } : undefined;
}

function readProcess(process: Element): GpuProcess[] {
  const [pid, bytes] = [Number(textOf(process, "pid")), bytesIn(textOf(process, "used_memory"))];
  // "N/A" if the driver does not count by process.
  if (!(pid > 0) || bytes === undefined) return [];
  const gpuInstance = Number(textOf(process, "gpu_instance_id"));
  return [{ pid, bytes, ...(Number.isInteger(gpuInstance) && { gpuInstance }) }];
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
