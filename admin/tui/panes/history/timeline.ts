/**
 * Swaps, config versions and refused configs in one list.
 *
 * @module
 */
import type { ConfigVersionList, SwapList } from "../../../../schemas/generated/api.ts";
import type { EngineState } from "../../state/mod.ts";

export type Swap = SwapList["swaps"][number];
export type Version = ConfigVersionList["versions"][number];
export type Rejection = ConfigVersionList["rejections"][number];

/** Something that has happened. `at` is in ms since 1970. */
export type Entry =
  | { readonly kind: "swap"; readonly id: string; readonly at: number; readonly swap: Swap }
  | {
      readonly kind: "version";
      readonly id: string;
      readonly at: number;
      readonly version: Version;
      readonly isActive: boolean;
    }
  | { readonly kind: "rejection"; readonly id: string; readonly at: number; readonly rejection: Rejection };

/** @returns what is known to have happened, the newest first */
export function timelineOf({ known }: Pick<EngineState, "known">): Entry[] {
  const { swaps = [], before } = known.swaps?.value ?? {};
  const all = [...swaps.map(swapEntry), ...configEntries(known.versions?.value)];
  const oldestSwap = swaps.at(-1)?.startedAt;
  // Older entries would look as if there had been no swaps between them.
  const since = before === undefined || oldestSwap === undefined ? -Infinity : Date.parse(oldestSwap);
  return all.filter(({ at }) => at >= since).sort((one, other) => other.at - one.at);
}

/** @returns the id of a swap's entry */
export function swapEntryId(swap: string): string {
  return `swap ${swap}`;
}

function swapEntry(swap: Swap): Entry {
  return { kind: "swap", id: swapEntryId(swap.id), at: Date.parse(swap.startedAt), swap };
}

function configEntries(list: ConfigVersionList | undefined): Entry[] {
  const { versions = [], rejections = [] } = list ?? {};
  return [
    ...versions.map((version, index): Entry => {
      const { number, at } = version;
      return {
        kind: "version",
        id: `version ${number}`,
        at: Date.parse(at),
        version,
        isActive: index === 0,
      };
    }),
    ...rejections.map((rejection): Entry => {
      const { id, at } = rejection;
      return { kind: "rejection", id: `rejection ${id}`, at: Date.parse(at), rejection };
    }),
  ];
}
