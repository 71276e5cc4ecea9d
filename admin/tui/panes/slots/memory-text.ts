import { bytesText } from "../../../client/mod.ts";
import type { SlotRow } from "./slot-rows.ts";

/** @returns what the processes of a slot hold, e.g. `127 MB of the host and 1.2 GB of the GPU`; undefined: not known */
export function memoryText({ hostBytes, gpuBytes }: SlotRow): string | undefined {
  const shares = [
    ...(hostBytes === undefined ? [] : [`${bytesText(hostBytes)} of the host`]),
    ...(gpuBytes === undefined ? [] : [`${bytesText(gpuBytes)} of the GPU`]),
  ];
  return shares.length === 0 ? undefined : shares.join(" and ");
}
