import type { SinkBinding, VoiceBinding } from "../../schemas/generated/config.ts";
import { changedPointers } from "./changed-pointers.ts";
import type { FullConfig } from "./full-config.ts";

export type SlotKind = "voice" | "sink";

/** What is to be done with one slot, e.g. `voices.slt`. */
export type SlotChange = { readonly slot: string } & (
  | { readonly kind: "voice"; readonly action: "unchanged" }
  | { readonly kind: "sink"; readonly action: "unchanged" }
  | { readonly kind: "voice"; readonly action: "add"; readonly after: VoiceBinding }
  | { readonly kind: "sink"; readonly action: "add"; readonly after: SinkBinding }
  | { readonly kind: "voice"; readonly action: "remove"; readonly before: VoiceBinding }
  | { readonly kind: "sink"; readonly action: "remove"; readonly before: SinkBinding }
  | ({ readonly kind: "voice"; readonly action: "swap" } & Replacement<VoiceBinding>)
  | ({ readonly kind: "sink"; readonly action: "swap" } & Replacement<SinkBinding>)
);

interface Replacement<Binding> {
  readonly before: Binding;
  readonly after: Binding;
  /** JSON pointers into the binding, e.g. `/model` or `/settings/speed`. */
  readonly changed: readonly string[];
}

const SECTIONS = ["server", "speech", "plugins", "models", "swap", "memory", "log"] as const;

/** A part of the config that is no slot. */
export type Section = (typeof SECTIONS)[number];

/** What a running engine cannot change: it is bound to its address. */
const NEEDS_RESTART = ["/server/host", "/server/port"];

/** What has to be done to get from one config to another. */
export interface ConfigPlan {
  /** Every slot of either config: voices, then sinks, in the order of the new config, what is removed last. */
  readonly slots: readonly SlotChange[];
  /** Sections that differ. */
  readonly sections: readonly Section[];
  /** JSON pointers of changes that only a restart of the engine brings about. */
  readonly restart: readonly string[];
}

/**
 * Pure: the same two configs give the same plan, and equal ones give a plan of `unchanged` slots alone.
 *
 * @param before null: nothing runs yet, so every slot is added, every section is new, and nothing needs a restart
 */
export function planChange(before: FullConfig | null, after: FullConfig): ConfigPlan {
  const changed = SECTIONS.flatMap((section) =>
    changedPointers(before?.[section], after[section], `/${section}`),
  );
  return {
    slots: [
      ...slotChanges("voice", "voices", before?.voices ?? {}, after.voices),
      ...slotChanges("sink", "sinks", before?.sinks ?? {}, after.sinks),
    ],
    sections: SECTIONS.filter((section) =>
      changed.some((pointer) => pointer === `/${section}` || pointer.startsWith(`/${section}/`)),
    ),
    restart: NEEDS_RESTART.filter((pointer) => changed.includes(pointer)),
  };
}

function slotChanges<Binding extends VoiceBinding | SinkBinding>(
  kind: SlotKind,
  group: "voices" | "sinks",
  before: Readonly<Record<string, Binding>>,
  after: Readonly<Record<string, Binding>>,
): SlotChange[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].map((name) => {
    const slot = `${group}.${name}`;
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    const wanted = Object.hasOwn(after, name) ? after[name] : undefined;
    // The kind names the type of the bindings, which the compiler cannot see through the type parameter.
    if (!old) return { slot, kind, action: "add", after: wanted } as SlotChange;
    if (!wanted) return { slot, kind, action: "remove", before: old } as SlotChange;
    const changed = changedPointers(old, wanted);
    if (changed.length === 0) return { slot, kind, action: "unchanged" };
    return { slot, kind, action: "swap", before: old, after: wanted, changed } as SlotChange;
  });
}

/** @returns whether there is anything to be done */
export function hasChanges({ slots, sections }: ConfigPlan): boolean {
  return sections.length > 0 || slots.some(({ action }) => action !== "unchanged");
}
