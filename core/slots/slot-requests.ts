/**
 * What people ask of slots: another binding, the one before, to be loaded or unloaded.
 *
 * @module
 */
import type { SwapPlan } from "../../schemas/generated/api.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { SwapJournal } from "../journal/mod.ts";
import {
  type Binding,
  bindingId,
  describeBinding,
  type Resolver,
  type WantedBinding,
} from "../releases/mod.ts";
import type { Slot } from "./slot.ts";
import type { SwapManner } from "./slot-environment.ts";
import type { AcceptedSwap } from "./swap-log.ts";
import type { SwapPreview } from "./swap-preview.ts";

/**
 * How many swaps of a slot may wait. Each takes as long as a load, so that one more would wait for too long. Changes of the
 * config, restores and what the engine does by itself are never refused.
 */
export const MOST_WAITING = 8;

/** When to ask again, in s. */
const ASK_AGAIN = 10;

/** How many of the last swaps of a slot are searched for a binding that served before. */
const HISTORY = 100;

/**
 * How a request wants to wait for its turn: `queue` behind the swap that is under way, or `reject`. A canary on trial is
 * not waited for: `queue` ends it.
 */
export type OnConflict = "queue" | "reject";

/** Who asks, how long that may wait, and whether the config is to have what was chosen. */
export interface Asking extends Pick<SwapManner, "actor" | "keeping"> {
  /** Default: queue. */
  onConflict?: OnConflict;
}

export interface SlotRequestsOptions {
  resolver: Resolver;
  preview: SwapPreview;
  journal: SwapJournal;
  slots(): readonly Slot[];
  /** @throws SyrinxError slot-not-found */
  slotOf(name: string): Slot;
}

export class SlotRequests {
  constructor(private readonly options: SlotRequestsOptions) {}

  /**
   * Swaps a slot to its wanted binding with some changes. The choice is kept once it serves.
   *
   * @throws SyrinxError slot-not-found, swap-busy, or what keeps the binding from being resolved
   */
  swap(
    name: string,
    change: Partial<WantedBinding>,
    reason: "request" | "reload",
    { onConflict = "queue", ...manner }: SwapManner & Asking = {},
  ): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    const wanted = { ...slot.wish.wanted, ...change };
    return slot.choose(wanted, this.options.resolver.resolve(slot.kind, wanted), reason, manner);
  }

  /**
   * Swaps a slot back to what served before, at once if that still runs.
   *
   * @throws SyrinxError slot-not-found, swap-busy, nothing-to-roll-back, or what keeps the binding from being resolved
   */
  rollback(name: string, { onConflict = "queue", ...manner }: Asking = {}): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    const binding = slot.previous ?? this.#previousOf(slot);
    if (!binding) {
      throw new SyrinxError(
        "nothing-to-roll-back",
        `Cannot roll ${name} back because nothing but ${slot.running ? bindingId(slot.running) : "what it wants"} has served it`,
      );
    }
    return slot.swap(binding, "rollback", manner);
  }

  /**
   * Unloads what fills a slot; what is in flight is finished first.
   *
   * @throws SyrinxError slot-not-found or swap-busy
   */
  unload(name: string, { onConflict = "queue", actor }: Asking = {}): AcceptedSwap {
    return this.#free(name, onConflict).unload("unload", actor === undefined ? {} : { actor });
  }

  /**
   * Loads what was unloaded.
   *
   * @throws SyrinxError slot-not-found, slot-loaded, swap-busy, or what keeps the binding from being resolved
   */
  load(name: string, { onConflict = "queue", actor }: Asking = {}): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    if (slot.running && !slot.swapping) {
      throw new SyrinxError(
        "slot-loaded",
        `Slot ${name} is loaded already: ${bindingId(slot.running)}. To start it again, reload it`,
      );
    }
    return slot.swap(
      this.options.resolver.resolve(slot.kind, slot.wish.wanted),
      "load",
      actor === undefined ? {} : { actor },
    );
  }

  /**
   * @param swap id of a swap that is under way
   * @returns its slot
   * @throws SyrinxError swap-not-canary
   */
  slotOfSwap(swap: string): Slot {
    const slot = this.options.slots().find(({ swapUnderWay }) => swapUnderWay === swap);
    if (slot) return slot;
    throw new SyrinxError("swap-not-canary", `Swap ${swap} is not under way`);
  }

  /**
   * Works out what {@linkcode swap} would do. A plugin that asks for more than it was granted is in the plan, and so is a
   * lack of memory.
   *
   * @throws SyrinxError slot-not-found, device-unavailable, or what keeps the binding from being resolved
   */
  async plan(name: string, change: Partial<WantedBinding>, strategy: Strategy = "auto"): Promise<SwapPlan> {
    const slot = this.options.slotOf(name);
    return this.options.preview.plan(name, slot.kind, { ...slot.wish.wanted, ...change }, strategy);
  }

  /** @throws SyrinxError slot-not-found or swap-busy */
  #free(name: string, onConflict: OnConflict): Slot {
    const slot = this.options.slotOf(name);
    if (!slot.swapping) return slot;
    if (onConflict === "reject")
      throw new SyrinxError(
        "swap-busy",
        `Cannot swap ${name} because a swap of it is under way. Ask with onConflict=queue to wait for it`,
      );
    if (slot.waiting < MOST_WAITING) return slot;
    throw new SyrinxError(
      "swap-busy",
      `Cannot swap ${name} because ${slot.waiting} swaps of it wait behind the one that is under way. Ask again when they are over`,
      { retryAfter: ASK_AGAIN },
    );
  }

  /** What served before, as the journal knows it across restarts. */
  #previousOf({ name, kind, running }: Slot): Binding | undefined {
    const present = running && describeBinding(running);
    for (const { stage, from } of this.options.journal.swaps({ slot: name, limit: HISTORY })) {
      if (stage !== "done" || !from || Bun.deepEquals(from, present)) continue;
      return this.options.resolver.resolve(kind, from);
    }
    return undefined;
  }
}
