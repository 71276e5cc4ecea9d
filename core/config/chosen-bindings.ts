/**
 * Makes versions of the config of bindings that somebody has chosen by a swap or a rollback: so the config says what fills a
 * slot, at the next start as well.
 *
 * A choice becomes an override. If the layers below say the same, the overrides of its binding are removed instead.
 *
 * @module
 */
import type { InConfig } from "../../schemas/generated/swap.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import { escapePointer } from "../json-pointer.ts";
import { type ApiChanges, layeredConfig, type Overrides, withoutOverride } from "./api-changes.ts";
import type { ConfigControl } from "./control.ts";
import { changesBetween, mergePatchOf } from "./json/mod.ts";
import type { FullConfig, FullVoice } from "./layers/mod.ts";
import type { ConfigStore } from "./store.ts";

/** A binding as a slot's entry says it; those of sinks and sources are a plugin and its settings. */
export type EntryBinding = { plugin: string } & Partial<Pick<FullVoice, "model" | "device" | "settings">>;

/** A binding that serves a slot because somebody has chosen it. */
export interface ChosenBinding {
  /** E.g. `voices.slt`. */
  readonly slot: string;
  readonly wanted: EntryBinding;
  /** undefined: the engine has rolled back by itself. */
  readonly actor: string | undefined;
  readonly reason: string;
  /** @returns whether it still is what the slot is to have */
  isCurrent(): boolean;
  /** @returns whether a config with another binding has this choice as well */
  isMetBy(binding: EntryBinding): boolean;
}

/** Who has changed the config if nobody did. */
const ENGINE = "engine";

export class ChosenBindings {
  constructor(private readonly options: { store: ConfigStore; control: ConfigControl }) {}

  /**
   * Takes a choice over into the config, in its turn, and once no change waits to be confirmed. Never rejects.
   *
   * @returns the version that has it, or why there is none
   */
  async keep(choice: ChosenBinding): Promise<InConfig> {
    const { actor = ENGINE, reason } = choice;
    const next = (now: ApiChanges) => this.#with(choice, now);
    const { store, control } = this.options;
    for (;;) {
      try {
        const { version } = await control.ask({ next, cause: "swap", actor, reason, patient: true });
        return { state: "saved", version };
      } catch (error) {
        const { code, message } = asSyrinxError(error);
        if (code !== "config-unconfirmed") return { state: "not-saved", message };
        await store.settled();
      }
    }
  }

  #with(choice: ChosenBinding, now: ApiChanges): ApiChanges {
    const { store, control } = this.options;
    const { slot, wanted } = choice;
    if (!choice.isCurrent())
      throw new SyrinxError("cancelled", `Another change of ${slot} came before this one was saved`);
    const present = bindingIn(store.config as FullConfig, slot);
    if (!present) throw new SyrinxError("slot-not-found", `The config has no ${slot} any more`);
    const bare = now.pinned ? undefined : this.#withoutBinding(slot, now);
    const config = bare && layeredConfig(store.sourceLayers, bare).config;
    const below = config && bindingIn(config, slot);
    if (bare && below && choice.isMetBy(below)) return bare;
    const patch = mergePatchOf(changesBetween(entryOf(slot, present), entryOf(slot, sameKeys(slot, wanted))));
    return control.patched(patch)(now);
  }

  /** @returns the API changes without the overrides of a slot's binding */
  #withoutBinding(slot: string, { overrides: all = {}, ...rest }: ApiChanges): ApiChanges {
    const [group, name] = placeOf(slot);
    const overrides = keysOfBinding(group).reduce<Overrides>(
      (left, key) => withoutOverride(left, `/${group}/${escapePointer(name)}/${key}`) ?? left,
      all,
    );
    return Object.keys(overrides).length > 0 ? { ...rest, overrides } : rest;
  }
}

/**
 * @returns a config document with other bindings for slots that it has
 * @param bindings by slot
 */
export function withBindings(document: FullConfig, bindings: ReadonlyMap<string, EntryBinding>): FullConfig {
  const changed = structuredClone(document);
  for (const [slot, binding] of bindings) {
    const [group, name] = placeOf(slot);
    const entry = changed[group][name];
    if (!entry) continue;
    for (const key of keysOfBinding(group)) delete (entry as Partial<Record<string, unknown>>)[key];
    Object.assign(entry, sameKeys(slot, binding));
  }
  return changed;
}

/** @returns the binding of a slot's entry; undefined: there is no such entry */
export function bindingIn(config: FullConfig, slot: string): EntryBinding | undefined {
  const [group, name] = placeOf(slot);
  const entry = Object.hasOwn(config[group], name) ? config[group][name] : undefined;
  return entry && sameKeys(slot, entry);
}

type Group = "voices" | "sinks" | "sources";

function placeOf(slot: string): [group: Group, name: string] {
  const dot = slot.indexOf(".");
  return [slot.slice(0, dot) as Group, slot.slice(dot + 1)];
}

function keysOfBinding(group: Group): readonly (keyof EntryBinding)[] {
  return group === "voices" ? ["plugin", "model", "device", "settings"] : ["plugin", "settings"];
}

/** @returns a binding with the keys that the entry of a slot has for it */
function sameKeys(slot: string, binding: EntryBinding): EntryBinding {
  const keys = keysOfBinding(placeOf(slot)[0]).filter((key) => binding[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, binding[key]])) as EntryBinding;
}

function entryOf(slot: string, binding: EntryBinding): object {
  const [group, name] = placeOf(slot);
  return { [group]: { [name]: binding } };
}
