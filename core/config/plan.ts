import { changedPointers } from "./json/mod.ts";
import type { FullConfig, FullSink, FullSource, FullVoice } from "./layers/mod.ts";

export type SlotKind = "voice" | "sink";

/** What is to be done with one slot, e.g. `voices.slt`. */
export type SlotChange = { readonly slot: string } & (
  | { readonly kind: "voice"; readonly action: "unchanged" }
  | { readonly kind: "sink"; readonly action: "unchanged" }
  | { readonly kind: "voice"; readonly action: "add"; readonly after: FullVoice }
  | { readonly kind: "sink"; readonly action: "add"; readonly after: FullSink }
  | { readonly kind: "voice"; readonly action: "remove"; readonly before: FullVoice }
  | { readonly kind: "sink"; readonly action: "remove"; readonly before: FullSink }
  /** Its binding differs, and perhaps its loadPolicy as well: a new process serves. */
  | ({ readonly kind: "voice"; readonly action: "swap" } & Difference<FullVoice>)
  | ({ readonly kind: "sink"; readonly action: "swap" } & Difference<FullSink>)
  /** Only its loadPolicy differs, or settings that the plugin takes as it runs: the process serves on. */
  | ({ readonly kind: "voice"; readonly action: "reconfigure" } & Difference<FullVoice>)
  | ({ readonly kind: "sink"; readonly action: "reconfigure" } & Difference<FullSink>)
);

interface Difference<Entry> {
  readonly before: Entry;
  readonly after: Entry;
  /** JSON pointers into the slot's entry, e.g. `/model` or `/settings/speed`. */
  readonly changed: readonly string[];
}

/** What is to be done with a config source, e.g. `sources.file`. */
export type SourceChange = { readonly slot: string; readonly kind: "config-source" } & (
  | { readonly action: "unchanged" }
  | { readonly action: "add"; readonly after: FullSource }
  | { readonly action: "remove"; readonly before: FullSource }
  /** Only what its document may change differs: the process runs on. */
  | ({ readonly action: "reconfigure" | "swap" } & Difference<FullSource>)
);

/** What is said of a slot and is no part of its binding: how it is kept, and what is done with its audio. */
const UPKEEP: readonly string[] = ["/load", "/idleUnloadMs", "/memoryLimitBytes", "/format"];

const SECTIONS = ["server", "speech", "plugins", "models", "swap", "memory", "journal", "log"] as const;

/** A part of the config that is no slot; `sources` is their order. */
export type Section = (typeof SECTIONS)[number] | "sources";

/** What has to be done to get from one config to another. */
export interface ConfigPlan {
  /** Every slot of either config: voices, then sinks, in the order of the new config, what is removed last. */
  readonly slots: readonly SlotChange[];
  /** Every config source of either config, in the order of the new one, what is removed last. */
  readonly sources: readonly SourceChange[];
  /** Sections that differ. */
  readonly sections: readonly Section[];
}

/** @returns whether other plugins, models or grants are there after a plan than before it */
export function changesReleases({ sections }: { readonly sections: readonly string[] }): boolean {
  return sections.includes("plugins") || sections.includes("models");
}

/** Tells whether what fills a slot takes a setting, named by its key, as it runs. */
export type TakesLive = (slot: string, setting: string) => boolean;

/**
 * Pure: the same two configs give the same plan, and equal ones give a plan of `unchanged` slots alone.
 *
 * @param before null: nothing runs yet, so every slot is added, and every section is new
 * @param takesLive without it, every change of settings is a swap
 */
export function planChange(
  before: FullConfig | null,
  after: FullConfig,
  takesLive: TakesLive = () => false,
): ConfigPlan {
  const changed = SECTIONS.flatMap((section) =>
    changedPointers(before?.[section], after[section], `/${section}`),
  );
  const [old, wanted] = [before?.sources ?? {}, after.sources];
  const isReordered = before !== null && !Bun.deepEquals(keptOf(old, wanted), keptOf(wanted, old));
  return {
    sources: [...new Set([...Object.keys(wanted), ...Object.keys(old)])].map((name) =>
      sourceChange(`sources.${name}`, own(old, name), own(wanted, name)),
    ),
    slots: [
      ...slotChanges("voice", "voices", before?.voices ?? {}, after.voices, takesLive),
      ...slotChanges("sink", "sinks", before?.sinks ?? {}, after.sinks, takesLive),
    ],
    sections: [
      ...SECTIONS.filter((section) =>
        changed.some((pointer) => pointer === `/${section}` || pointer.startsWith(`/${section}/`)),
      ),
      ...(isReordered ? (["sources"] as const) : []),
    ],
  };
}

type Sources = Readonly<Record<string, FullSource>>;

/** @returns those that are in the other as well, in their order, which decides between them */
function keptOf(sources: Sources, other: Sources): string[] {
  return Object.keys(sources).filter((name) => Object.hasOwn(other, name));
}

function sourceChange(
  slot: string,
  before: FullSource | undefined,
  after: FullSource | undefined,
): SourceChange {
  const kind = "config-source";
  if (!before) return { slot, kind, action: "add", after: after as FullSource };
  if (!after) return { slot, kind, action: "remove", before };
  const changed = changedPointers(before, after);
  if (changed.length === 0) return { slot, kind, action: "unchanged" };
  const action = changed.every((pointer) => pointer === "/force") ? "reconfigure" : "swap";
  return { slot, kind, action, before, after, changed };
}

function own<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function slotChanges<Entry extends FullVoice | FullSink>(
  kind: SlotKind,
  group: "voices" | "sinks",
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
  takesLive: TakesLive,
): SlotChange[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].map((name) => {
    const slot = `${group}.${name}`;
    const [old, wanted] = [own(before, name), own(after, name)];
    // The kind names the type of the entries, which the compiler cannot see through the type parameter.
    if (!old) return { slot, kind, action: "add", after: wanted } as SlotChange;
    if (!wanted) return { slot, kind, action: "remove", before: old } as SlotChange;
    const changed = changedPointers(old, wanted);
    if (changed.length === 0) return { slot, kind, action: "unchanged" };
    const staysInPlace = (pointer: string) => {
      const setting = settingAt(pointer);
      return UPKEEP.includes(pointer) || (setting !== undefined && takesLive(slot, setting));
    };
    const action = changed.every(staysInPlace) ? "reconfigure" : "swap";
    return { slot, kind, action, before: old, after: wanted, changed } as SlotChange;
  });
}

/** @returns the key of the setting that a pointer leads to or into; undefined: it leads elsewhere */
export function settingAt(pointer: string): string | undefined {
  const [, settings, key] = pointer.split("/");
  return settings === "settings" ? key?.replaceAll("~1", "/").replaceAll("~0", "~") : undefined;
}

/** @returns whether there is anything to be done */
export function hasChanges({ slots, sources, sections }: ConfigPlan): boolean {
  return sections.length > 0 || [...slots, ...sources].some(({ action }) => action !== "unchanged");
}
