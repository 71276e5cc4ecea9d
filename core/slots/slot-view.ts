/**
 * A slot as the API and the events show it.
 *
 * @module
 */
import type { InstanceView, SlotView } from "../../schemas/generated/api.ts";
import { residentBytes } from "../devices/mod.ts";
import type { EventBody } from "../journal/mod.ts";
import { describeBinding } from "../releases/mod.ts";
import type { SlotState } from "./lifecycle/mod.ts";
import type { Instances, SlotInstance } from "./slot-instances.ts";
import type { SlotWish } from "./slot-wish.ts";

export interface SlotFacts extends Pick<SlotView, "slot" | "kind" | "load"> {
  wish: Pick<SlotWish, "wanted" | "configured">;
  machine: SlotState;
  instances: Instances;
  restarts: number;
}

/** @returns the state of a slot in one word */
export function stateOf({ live, swap, recovery, unloaded, error, removed }: SlotState): SlotView["state"] {
  if (live?.instance !== undefined) return "ready";
  if (live && recovery) return "recovering";
  if (swap && swap.phase !== "unloading" && !removed) return "loading";
  if (unloaded && !removed) return "unloaded";
  return error && !removed ? "failed" : "stopped";
}

/** Codes of a binding that was wanted and could not be resolved. */
const UNOBTAINABLE: readonly string[] = ["release-not-found", "plugin-blocked"];

/** @returns whether a slot has failed, or another binding serves because the wanted one could not be resolved */
export function lacksBinding(machine: SlotState): boolean {
  return stateOf(machine) === "failed" || UNOBTAINABLE.includes(machine.error?.code ?? "");
}

/** @returns the event that reports a slot */
export function slotEvent(slot: string, machine: SlotState): EventBody {
  const { live, lastGeneration, error } = machine;
  return {
    kind: "slot",
    slot,
    state: stateOf(machine),
    generation: live?.number ?? lastGeneration,
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

export function viewSlot(facts: SlotFacts): SlotView {
  const { slot, kind, load, wish, machine, instances, restarts } = facts;
  const { live, swap, lastGeneration, previous, error } = machine;
  const serving = instances.find(live?.instance);
  const loaded = serving?.instance.loaded;
  const name = slot.slice(slot.indexOf(".") + 1);
  return {
    slot,
    kind,
    state: stateOf(machine),
    load,
    generation: live?.number ?? lastGeneration,
    desired: { ...wish.wanted },
    ...(!Bun.deepEquals(wish.wanted, wish.configured) && { configured: { ...wish.configured } }),
    running: live ? describeBinding(live.binding) : null,
    ...(swap && { swap: swap.transition.id }),
    ...(previous && { rollback: describeBinding(previous) }),
    ...(loaded && { voices: voiceIds(name, loaded.speakers) }),
    ...(loaded?.notes && loaded.notes.length > 0 && { notes: loaded.notes }),
    instances: [...(serving ? [serving] : []), ...instances.all.filter((entry) => entry !== serving)].map(
      (entry) => viewInstance(entry, lastGeneration + 1),
    ),
    restarts,
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

/** @param nextGeneration of an instance that has not served yet */
export function viewInstance({ instance, generations }: SlotInstance, nextGeneration: number): InstanceView {
  const rssBytes = residentBytes(instance.pid);
  return {
    pid: instance.pid,
    state: instance.state,
    generation: generations.at(-1)?.number ?? nextGeneration,
    inflight: generations.reduce((sum, { inflight }) => sum + inflight, 0),
    ...(rssBytes !== undefined && { rssBytes }),
    device: instance.loaded?.device ?? instance.binding.device,
    ...(instance.loudness.size > 0 && { loudness: Object.fromEntries(instance.loudness) }),
    sandbox: instance.sandbox,
    startedAt: new Date(instance.startedAt).toISOString(),
  };
}

/** @returns `slot` for a voice of one speaker, else `slot` and `slot/speaker` for each */
export function voiceIds(slot: string, speakers: readonly { id: string }[]): string[] {
  return speakers.length === 1 ? [slot] : [slot, ...speakers.map(({ id }) => `${slot}/${id}`)];
}
