/**
 * A slot's state machine, driven by hand: each event tells in words what it made it do.
 *
 * @module
 */

import { SyrinxError } from "../../../../../core/errors.ts";
import type { Binding } from "../../../../../core/releases/binding.ts";
import {
  EMPTY_SLOT,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
} from "../../../../../core/slots/lifecycle/mod.ts";
import type { Load, Turn, UnloadReason } from "../../../../../core/slots/lifecycle/state.ts";
import type { Strategy } from "../../../../../schemas/generated/swap.ts";
import { bindingOf } from "../../releases/releases.ts";

export const CRASH = new SyrinxError("plugin-crashed", "killed by SIGKILL");

/** A slot, and all that it asked to be done. */
export class Driver {
  state: SlotState = EMPTY_SLOT;
  effects: SlotEffect[] = [];
  now = 1_000_000;
  #nextIds = 0;

  /** @param admits whether every instance is admitted at once beside the others, without a word of it */
  constructor(private readonly admits = true) {}

  /** @returns what the event made it do, in words */
  send(event: SlotEvent): string[] {
    const next = step(this.state, event);
    this.state = next.state;
    this.effects.push(...next.effects);
    return next.effects.flatMap((effect) => {
      // Every exit has an `expire`, and every swap a `begin`. Tests that are about them look at `effects`.
      if (effect.type === "expire" || effect.type === "begin") return [];
      if (!this.admits) return inWords(effect);
      if (effect.type === "admit") return this.admit(effect.instance).slice(1);
      return inWords(effect);
    });
  }

  request(id: string, strategy: Strategy = "auto"): string[] {
    return this.load(id, bindingOf(id), { strategy });
  }

  load(
    id: string,
    binding: Binding,
    how: Partial<Pick<Load, "strategy" | "reason" | "newProcess" | "turn">> = {},
  ): string[] {
    const { strategy = "auto", reason = "request", newProcess = false, turn } = how;
    return this.send({
      type: "requested",
      transition: { kind: "load", id, binding, reason, strategy, newProcess, ...(turn && { turn }) },
    });
  }

  unload(id: string, reason: UnloadReason = "unload", turn?: Turn): string[] {
    return this.send({
      type: "requested",
      transition: { kind: "unload", id, reason, ...(turn && { turn }) },
    });
  }

  /** Asks to go back to the binding before. */
  rollback(id: string): string[] {
    const { previous } = this.state;
    if (!previous) throw new Error("nothing served before");
    return this.load(id, previous, { reason: "rollback" });
  }

  admit(instance: number, way: "beside" | "after-unload" = "beside"): string[] {
    return this.send({ type: "admitted", instance, way, detail: "it fits" });
  }

  advance(instance: number, stages = 1): string[] {
    return Array.from({ length: stages }, () => this.send({ type: "advanced", instance })).flat();
  }

  /** @param mayPark whether the config wants what is replaced to be kept */
  drained(instance: number, mayPark = false, left = 0): string[] {
    return this.send({ type: "drained", instance, left, parkForMs: mayPark ? 60_000 : 0 });
  }

  fail(instance: number, error = new SyrinxError("plugin-failed", "no")): string[] {
    return this.send({ type: "failed", instance, ...this.#failureContext(error) });
  }

  die(instance: number): string[] {
    return this.send({ type: "exited", instance, ...this.#failureContext(CRASH) });
  }

  failTrial(generation: number): string[] {
    const error = new SyrinxError("too-many-errors", "3 of 5 failed");
    return this.send({ type: "trial-failed", generation, ...this.#failureContext(error) });
  }

  /** Lets the wait before the restart that was planned last be over. */
  restart(): string[] {
    const planned = this.effects.findLast((effect) => effect.type === "restart-after");
    return this.send({ type: "restart", id: planned?.id ?? "" });
  }

  remove(): string[] {
    return this.send({ type: "removed", error: new SyrinxError("slot-removed", "gone") });
  }

  /** Swaps to a binding and lets the old instance go, or be parked. */
  swapTo(id: string, mayPark = false): void {
    const old = this.state.live?.instance ?? 0;
    this.request(id);
    this.advance(this.state.lastInstance, 4);
    this.drained(old, mayPark);
    if (!mayPark) this.die(old);
    this.effects = [];
  }

  #failureContext(error: SyrinxError) {
    return { error, now: this.now, nextId: `next-${++this.#nextIds}` };
  }
}

function inWords(effect: SlotEffect): string {
  switch (effect.type) {
    case "begin":
      return `${effect.id} begins`;
    case "record":
      return `${effect.transition.id} ${effect.stage}`;
    case "finish":
      return `${effect.id} finished${effect.error ? `: ${effect.error.code}` : ""}`;
    case "annotate":
      return `${effect.id} ${effect.stage}: ${effect.detail}`;
    case "mark-rolled-back":
      return `mark rolled back ${effect.swap}: ${effect.error.code}`;
    case "restart-after":
      return `restart after ${effect.ms}`;
    case "give-up":
      return `give up: ${effect.error.code}`;
    case "route":
    case "route-share":
    case "promote":
    case "reconfigure":
    case "recover":
      return `${effect.type} ${effect.instance} as ${effect.generation}`;
    case "watch":
      return `watch ${effect.generation}`;
    case "end-share":
      return effect.type;
    case "drain":
      return `drain ${effect.instance}${effect.keepState ? " and keep its state" : ""}`;
    case "restore":
      return `restore ${effect.instance}${effect.mustTake ? "" : " if it takes it"}`;
    default:
      return `${effect.type} ${effect.instance}`;
  }
}

/** @returns a slot whose first generation is served by instance 1 */
export function serving(admits = true): Driver {
  const slot = new Driver(admits);
  slot.request("first");
  if (!admits) slot.admit(1);
  slot.advance(1, 4);
  slot.effects = [];
  return slot;
}
