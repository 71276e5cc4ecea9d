/**
 * Bindings that serve because somebody chose them, or because another one was rolled back: the config is to say the same.
 *
 * A swap by request is saved if its request says so. A rollback is saved if the config names the binding that it left: it
 * would come back at the next start.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { InConfig } from "../../schemas/generated/swap.ts";
import { type Binding, bindingId, type Resolver, sameBinding, type WantedBinding } from "../releases/mod.ts";
import type { Slot } from "./slot.ts";
import type { SlotChoice } from "./slot-environment.ts";
import type { SwapLog } from "./swap-log.ts";

/** A choice that the config is to have. */
export interface KeptChoice {
  readonly slot: string;
  readonly kind: PluginKind;
  readonly wanted: WantedBinding;
  /** undefined: it was rolled back by itself. */
  readonly actor: string | undefined;
  readonly reason: string;
  /** @returns whether it still is what the slot is to have; nothing else was chosen or configured since */
  isCurrent(): boolean;
  /** @returns whether a config with another wanted binding has this choice as well */
  isMetBy(wanted: WantedBinding): boolean;
}

/** Makes a version of the config of a choice. */
export interface ChoiceKeeper {
  /** Never rejects. */
  keep(choice: KeptChoice): Promise<InConfig>;
}

export interface SlotChoicesOptions {
  resolver: Pick<Resolver, "resolve">;
  swaps: Pick<SwapLog, "noteConfig">;
  /** @returns undefined: it was removed */
  find(slot: string): Pick<Slot, "kind" | "wish"> | undefined;
}

export class SlotChoices {
  #keeper: ChoiceKeeper | undefined;

  constructor(private readonly options: SlotChoicesOptions) {}

  /** Saves choices from now on. */
  keepWith(keeper: ChoiceKeeper): void {
    this.#keeper = keeper;
  }

  /** A choice serves. */
  take(choice: SlotChoice): void {
    void this.#keep(choice).then((result) => this.options.swaps.noteConfig(choice.swap, result));
  }

  /** @returns what the swap says of the config */
  async #keep({ slot: name, binding, left, actor, keeping }: SlotChoice): Promise<InConfig> {
    const slot = this.options.find(name);
    if (!slot) return { state: "not-saved", message: `Slot ${name} was removed` };
    const { kind, wish } = slot;
    const { wanted } = wish;
    // A rollback wants what served. Whoever names a version wants that one, also when newer ones are there.
    const isMetBy = (other: WantedBinding) =>
      left ? this.#leadsTo(kind, other, binding) : Bun.deepEquals(other, wanted);
    if (isMetBy(wish.configured)) {
      wish.follow();
      return { state: "saved" };
    }
    const isConfigured = left === undefined || this.#leadsTo(kind, wish.configured, left);
    if (keeping?.persist === false || !isConfigured || !this.#keeper) return { state: "until-restart" };
    return this.#keeper.keep({
      slot: name,
      kind,
      wanted,
      actor,
      reason: keeping?.reason ?? reasonOf(name, binding, left, actor === undefined),
      isCurrent: () => this.options.find(name)?.wish.wanted === wanted,
      isMetBy,
    });
  }

  #leadsTo(kind: PluginKind, wanted: WantedBinding, binding: Binding): boolean {
    try {
      return sameBinding(this.options.resolver.resolve(kind, wanted), binding);
    } catch {
      // Its release is gone, or is not granted any more.
      return false;
    }
  }
}

function reasonOf(slot: string, binding: Binding, left: Binding | undefined, byItself: boolean): string {
  if (!left) return `${slot} was swapped to ${bindingId(binding)}`;
  return `${slot} was rolled back ${byItself ? "by itself" : "by hand"} from ${bindingId(left)} to ${bindingId(binding)}`;
}
