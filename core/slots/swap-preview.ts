/**
 * Says what a swap would do, for a slot that is there or a new one. Changes nothing, and reserves nothing.
 *
 * @module
 */
import type { MemoryVerdict, SwapPlan } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import { asSyrinxError } from "../errors.ts";
import {
  type Binding,
  differsInLiveSettingsAlone,
  type Resolver,
  sameBinding,
  type WantedBinding,
} from "../releases/mod.ts";
import type { Admission, AdmissionPreview } from "./admission.ts";
import type { Slot } from "./slot.ts";
import { planSwap } from "./swap-plan.ts";

export interface SwapPreviewOptions {
  resolver: Pick<Resolver, "grants" | "resolve" | "resolveUngranted">;
  admission: Pick<Admission, "preview">;
  /** @returns undefined: there is none of that name */
  find(slot: string): Pick<Slot, "previewAdmission" | "running" | "unloaded" | "wish"> | undefined;
}

export class SwapPreview {
  constructor(private readonly options: SwapPreviewOptions) {}

  /**
   * Works out what a swap would do. The plan also says which grants and how much memory are missing.
   *
   * @param newProcess whether another process has to serve in any case
   * @throws SyrinxError device-unavailable, or what keeps the binding from being resolved
   */
  async plan(
    slot: string,
    kind: PluginKind,
    wanted: WantedBinding,
    strategy: Strategy = "auto",
    newProcess = false,
  ): Promise<SwapPlan> {
    const { resolver, find } = this.options;
    const to = resolver.resolveUngranted(kind, wanted);
    const admission = await this.#previewAdmission(slot, to, strategy, newProcess);
    return planSwap(slot, find(slot)?.running, to, resolver.grants, admission);
  }

  /**
   * Says whether a slot could have a binding: whether that can be resolved, is granted what it asks for, and has memory.
   * The slot need not be there yet.
   */
  async previewSlot(
    slot: string,
    kind: PluginKind,
    wanted: WantedBinding,
  ): Promise<{ memory?: MemoryVerdict; problem?: string }> {
    try {
      const found = await this.#previewAdmission(
        slot,
        this.options.resolver.resolve(kind, wanted),
        "auto",
        false,
      );
      return found === "in-place" ? {} : { memory: found.memory };
    } catch (error) {
      return { problem: asSyrinxError(error).message };
    }
  }

  /** @returns what a slot needs to have a wanted binding: nothing, as it runs that; live settings; or another process */
  need(name: string, kind: PluginKind, wanted: WantedBinding): "runs" | "live" | "process" {
    const slot = this.options.find(name);
    // What is unloaded comes with its next request.
    if (!slot?.running)
      return slot?.unloaded && Bun.deepEquals(slot.wish.wanted, wanted) ? "runs" : "process";
    const binding = this.#resolved(kind, wanted);
    if (!binding) return "process";
    if (sameBinding(slot.running, binding)) return "runs";
    return differsInLiveSettingsAlone(slot.running, binding) ? "live" : "process";
  }

  /** @returns undefined: it cannot be resolved. Whoever fills the slot is told why */
  #resolved(kind: PluginKind, wanted: WantedBinding): Binding | undefined {
    try {
      return this.options.resolver.resolve(kind, wanted);
    } catch {
      return undefined;
    }
  }

  async #previewAdmission(
    name: string,
    binding: Binding,
    strategy: Strategy,
    newProcess: boolean,
  ): Promise<AdmissionPreview | "in-place"> {
    const slot = this.options.find(name);
    if (slot) return slot.previewAdmission(binding, strategy, newProcess);
    return this.options.admission.preview({ slot: name, key: name, binding, strategy, givesBack: [] });
  }
}
