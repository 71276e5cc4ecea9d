/**
 * Translates a config plan into wanted slots for the host, and the host's faults into violations of the config. Pure.
 *
 * @module
 */
import type { Rebinding, SlotChange, SlotEntry, SourceChange } from "../config/mod.ts";
import type { Violation } from "../errors.ts";
import type { WantedBinding } from "../releases/mod.ts";
import { EAGER, type KeptChoice, type LoadPolicy, type SlotFault, type WantedSlot } from "../slots/mod.ts";

export type AnyChange = SlotChange | SourceChange;

/** The config source that every engine is started with. */
export const FIRST_SOURCE = "file";

/**
 * @param path of the config file that the engine was started with
 * @returns the change; in that of the first source, the settings have this path, regardless of the config
 */
export function rooted<Change extends AnyChange | SlotEntry>(change: Change, path: string): Change {
  if (change.slot !== `sources.${FIRST_SOURCE}` || !("after" in change)) return change;
  return { ...change, after: { ...change.after, settings: { ...change.after.settings, path } } };
}

/** @returns the choice without the path that {@linkcode rooted} adds */
export function unrooted(choice: KeptChoice, path: string): KeptChoice {
  if (choice.slot !== `sources.${FIRST_SOURCE}`) return choice;
  const { path: _, ...settings } = choice.wanted.settings ?? {};
  return {
    ...choice,
    wanted: { ...choice.wanted, settings },
    isMetBy: (wanted) => choice.isMetBy({ ...wanted, settings: { ...wanted.settings, path } }),
  };
}

/** @returns the slot that a change of the config wants; none if nothing changes, or the slot is removed */
export function wantedSlotOf(change: AnyChange): WantedSlot[] {
  if (change.action === "unchanged" || change.action === "remove") return [];
  const { slot, kind } = change;
  const binding = "rebinding" in change ? BINDING[change.rebinding] : "fill";
  return [{ slot, kind, wanted: wantedOf(change), loadPolicy: loadPolicyOf(change), binding }];
}

const BINDING: Record<Rebinding, WantedSlot["binding"]> = {
  untouched: "keep",
  runs: "adopt",
  live: "fill",
  process: "fill",
};

/** @returns what is wrong with a slot, with pointers into the config; each mistake of its settings by itself */
export function violationsOf({ slot, error }: SlotFault): Violation[] {
  const pointer = `/${slot.replace(".", "/")}`;
  if (error.code === "settings-invalid" && error.violations.length > 0)
    return error.violations.map((one) => ({ ...one, pointer: `${pointer}/settings${one.pointer}` }));
  return [{ pointer, message: error.message }];
}

/** @returns the binding. The load policy, and a sink's format, are no part of it */
export function wantedOf(change: SlotEntry | Extract<AnyChange, { after: unknown }>): WantedBinding {
  const { plugin, settings } = change.after;
  if (change.kind !== "voice") return { plugin, settings };
  const { model, device } = change.after;
  return { plugin, ...(model !== undefined && { model }), device, settings };
}

function loadPolicyOf({ kind, after }: Extract<AnyChange, { after: unknown }>): LoadPolicy {
  if (kind === "config-source") return EAGER;
  const { memoryLimitBytes } = after;
  if (kind === "sink") return { ...EAGER, memoryLimitBytes };
  return { load: after.load, idleUnloadMs: after.idleUnloadMs, memoryLimitBytes };
}
