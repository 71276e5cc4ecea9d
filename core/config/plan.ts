/**
 * What has to change to get from one config to another. Pure.
 *
 * @module
 */
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
  /** Its binding differs, and perhaps its load policy: a new process serves. */
  | ({ readonly kind: "voice"; readonly action: "swap" } & Difference<FullVoice>)
  | ({ readonly kind: "sink"; readonly action: "swap" } & Difference<FullSink>)
  /** Its load policy differs, or its binding needs no other process: the same process serves. */
  | ({ readonly kind: "voice"; readonly action: "reconfigure" } & Difference<FullVoice>)
  | ({ readonly kind: "sink"; readonly action: "reconfigure" } & Difference<FullSink>)
);

/**
 * What a changed entry means for the binding that fills the slot. untouched: it says the same of it. runs: it says now what
 * runs already, e.g. after a swap by request. live: the process that runs takes the settings. process: a new process.
 */
export type Rebinding = "untouched" | "runs" | "live" | "process";

interface Difference<Entry> {
  readonly before: Entry;
  readonly after: Entry;
  /** JSON pointers into the slot's entry, e.g. `/model` or `/settings/speed`. */
  readonly changed: readonly string[];
  readonly rebinding: Rebinding;
}

/** What is to be done with a config source, e.g. `sources.file`. */
export type SourceChange = { readonly slot: string; readonly kind: "config-source" } & (
  | { readonly action: "unchanged" }
  | { readonly action: "add"; readonly after: FullSource }
  | { readonly action: "remove"; readonly before: FullSource }
  /** reconfigure: only `force` differs, which is about its documents, or it runs already: the same process runs. */
  | ({ readonly action: "reconfigure" | "swap" } & Difference<FullSource>)
);

/** The parts of a slot's entry that are not its binding: its load policy, and a sink's format. */
const NOT_BINDING: readonly string[] = ["/load", "/idleUnloadMs", "/memoryLimitBytes", "/format"];

const SECTIONS = ["server", "speech", "plugins", "models", "swap", "memory", "journal", "log"] as const;

/** A part of the config other than its slots. `sources` is their order, which decides between them. */
export type Section = (typeof SECTIONS)[number] | "sources";

/** What has to be done to get from one config to another. */
export interface ConfigPlan {
  /** Every slot of either config: voices, then sinks, in the order of the new config; removed ones come last. */
  readonly slots: readonly SlotChange[];
  /** Every config source of either config, in the order of the new one; removed ones come last. */
  readonly sources: readonly SourceChange[];
  /** Sections that differ. */
  readonly sections: readonly Section[];
}

/** @returns whether a plan changes which plugins, models or grants there are */
export function changesReleases({ sections }: { readonly sections: readonly string[] }): boolean {
  return sections.includes("plugins") || sections.includes("models");
}

/** What a config says of one slot. */
export type SlotEntry = { readonly slot: string } & (
  | { readonly kind: "voice"; readonly after: FullVoice }
  | { readonly kind: "sink"; readonly after: FullSink }
  | { readonly kind: "config-source"; readonly after: FullSource }
);

/** Knows what runs in the slots. It may be something else than the config says. */
export interface RunningSlots {
  /** @returns what a slot needs to have the binding of an entry */
  need(entry: SlotEntry): Exclude<Rebinding, "untouched">;
}

/** Every other binding needs a process. */
export const NOTHING_RUNS: RunningSlots = { need: () => "process" };

/**
 * The same two configs give the same plan, as long as the same runs. Equal ones give a plan of `unchanged` slots and sources,
 * and no section.
 *
 * @param before null: nothing runs yet, so every slot is added, and every section is new
 */
export function planChange(
  before: FullConfig | null,
  after: FullConfig,
  running: RunningSlots = NOTHING_RUNS,
): ConfigPlan {
  const changed = SECTIONS.flatMap((section) =>
    changedPointers(before?.[section], after[section], `/${section}`),
  );
  const [old, wanted] = [before?.sources ?? {}, after.sources];
  const isReordered = before !== null && !Bun.deepEquals(keptOf(old, wanted), keptOf(wanted, old));
  return {
    sources: [...new Set([...Object.keys(wanted), ...Object.keys(old)])].map((name) =>
      sourceChange(`sources.${name}`, own(old, name), own(wanted, name), running),
    ),
    slots: [
      ...slotChanges("voice", "voices", before?.voices ?? {}, after.voices, running),
      ...slotChanges("sink", "sinks", before?.sinks ?? {}, after.sinks, running),
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

/** @returns the names that are in the other as well, in their order */
function keptOf(sources: Sources, other: Sources): string[] {
  return Object.keys(sources).filter((name) => Object.hasOwn(other, name));
}

function sourceChange(
  slot: string,
  before: FullSource | undefined,
  after: FullSource | undefined,
  running: RunningSlots,
): SourceChange {
  const kind = "config-source";
  if (!before) return { slot, kind, action: "add", after: after as FullSource };
  if (!after) return { slot, kind, action: "remove", before };
  const changed = changedPointers(before, after);
  if (changed.length === 0) return { slot, kind, action: "unchanged" };
  const isOther = changed.some((pointer) => pointer !== "/force");
  const rebinding = isOther ? running.need({ slot, kind, after }) : "untouched";
  return { slot, kind, action: actionOf(rebinding), before, after, changed, rebinding };
}

function actionOf(rebinding: Rebinding): "reconfigure" | "swap" {
  return rebinding === "process" ? "swap" : "reconfigure";
}

function own<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function slotChanges<Entry extends FullVoice | FullSink>(
  kind: SlotKind,
  group: "voices" | "sinks",
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
  running: RunningSlots,
): SlotChange[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].map((name) => {
    const slot = `${group}.${name}`;
    const [old, wanted] = [own(before, name), own(after, name)];
    // The kind decides the type of the entries; the compiler cannot see that through the type parameter.
    if (!old) return { slot, kind, action: "add", after: wanted } as SlotChange;
    if (!wanted) return { slot, kind, action: "remove", before: old } as SlotChange;
    const changed = changedPointers(old, wanted);
    if (changed.length === 0) return { slot, kind, action: "unchanged" };
    const isOther = changed.some((pointer) => !NOT_BINDING.includes(pointer));
    const rebinding = isOther ? running.need({ slot, kind, after: wanted } as SlotEntry) : "untouched";
    const action = actionOf(rebinding);
    return { slot, kind, action, before: old, after: wanted, changed, rebinding } as SlotChange;
  });
}

/** @returns whether there is anything to be done */
export function hasChanges({ slots, sources, sections }: ConfigPlan): boolean {
  return sections.length > 0 || [...slots, ...sources].some(({ action }) => action !== "unchanged");
}
