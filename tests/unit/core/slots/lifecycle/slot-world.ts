/**
 * What surrounds a slot: devices that have room or not, processes that start, speak, die and are ended, timers, and
 * people who ask for swaps. It plays any event that could happen now, and checks after each one what must hold in every
 * state.
 *
 * @module
 */

import { SyrinxError } from "../../../../../core/errors.ts";
import type { Binding } from "../../../../../core/releases/binding.ts";
import {
  EMPTY_SLOT,
  ownerOf,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
  type UnloadReason,
} from "../../../../../core/slots/lifecycle/mod.ts";
import type { Swap, Turn } from "../../../../../core/slots/lifecycle/state.ts";
import type { Strategy } from "../../../../../schemas/generated/swap.ts";
import { bindingOf } from "../../releases/releases.ts";
import { canaryOf, RoutingLaws } from "./routing-laws.ts";
import { StageLaws } from "./stage-laws.ts";
import { checkPlayed, type Process } from "./state-laws.ts";
import { checkTurns } from "./turn-laws.ts";

const STRATEGIES: readonly Strategy[] = ["auto", "blue-green", "recreate", "canary"];
const UNLOAD_REASONS: readonly UnloadReason[] = ["unload", "idle", "evicted"];

export class World {
  state: SlotState = EMPTY_SLOT;
  steps = 0;
  /** How often each of these has happened, for a test to see that all of it does. */
  readonly seen = new Map<string, number>();
  readonly transitions = new StageLaws((what) => this.#count(what));
  readonly requested: string[] = [];
  readonly #processes = new Map<number, Process>();
  readonly #draining = new Set<number>();
  readonly #parked = new Set<number>();
  readonly #restarts = new Set<string>();
  readonly #routing = new RoutingLaws((what) => this.#count(what));
  #shared = false;
  #now = 0;
  #ids = 0;
  givenUp = false;

  /** Plays one event, chosen by a number. @returns false if nothing can happen any more */
  play(choice: number, calm: boolean): boolean {
    const events = this.#possible(choice, calm);
    if (events.length === 0) return false;
    events[choice % events.length]?.();
    if (!calm) this.#now += choice % 7_000;
    return true;
  }

  /** Instances whose processes run. */
  get alive(): number[] {
    return [...this.#processes].flatMap(([instance, { alive }]) => (alive ? [instance] : []));
  }

  /** @param calm whether to leave out what would let it run for ever: new swaps, sudden deaths and removals */
  #possible(choice: number, calm: boolean): (() => void)[] {
    // Other digits than those that choose the event.
    const odd = Math.floor(choice / 100) % 2 === 1;
    const events: (() => void)[] = [];
    for (const [instance, process] of this.#processes)
      events.push(...this.#processEvents(instance, process, odd, calm));
    const left = Math.floor(choice / 10_000) % 4 === 0 ? 1 : 0;
    for (const instance of this.#draining)
      events.push(() => {
        this.#draining.delete(instance);
        this.#send({ type: "drained", instance, left, parkForMs: odd ? 60_000 : 0 });
      });
    for (const instance of this.#parked)
      events.push(() => {
        this.#parked.delete(instance);
        this.#send({ type: "unparked", instance });
      });
    for (const id of this.#restarts)
      events.push(() => {
        this.#restarts.delete(id);
        this.#send({ type: "restart", id });
      });
    const { swap, live, trial } = this.state;
    if (swap?.phase === "canary") {
      const { id } = swap.transition;
      const error = new SyrinxError("swap-aborted", "not wanted");
      events.push(() => this.#send({ type: "promoted", id, detail: "well" }));
      events.push(() => this.#send({ type: "aborted", id, error }));
      events.push(() => this.#send({ type: "overdue", id, error }));
      events.push(() => this.#failTrial(swap.generation));
    }
    if (calm || this.state.removed) return events;
    if (live) events.push(() => this.#failTrial(live.number));
    if (trial) events.push(() => this.#send({ type: "trial-passed", generation: trial.generation }));
    const strategy = STRATEGIES[Math.floor(choice / 1_000) % STRATEGIES.length] ?? "auto";
    events.push(() => this.#load("swap", (id) => bindingOf(id), "request", strategy));
    if (odd) events.push(() => this.#load("swap", (id) => bindingOf(id), "config", "auto", "overtaking"));
    if (live) {
      const { mark } = live.binding.settings as { mark: string };
      events.push(() => this.#load("swap", () => bindingOf(mark, ++this.#ids), "request", strategy));
      events.push(() => this.#load("swap", () => live.binding, "reload", strategy));
    }
    const turn = Math.floor(choice / 10_000) % 4 === 0 ? "overtaking" : undefined;
    if (odd) events.push(() => this.#unload(choice, turn));
    const { previous } = this.state;
    if (previous)
      events.push(() => this.#load("back", () => previous, "rollback", "auto", odd ? "first" : undefined));
    events.push(...this.#configEvents(odd ? "on-demand" : "eager"));
    // Rarely, so that most runs are long.
    if (this.steps > 60)
      events.push(() => this.#send({ type: "removed", error: new SyrinxError("slot-removed", "gone") }));
    return events;
  }

  /** What the config changes without a swap. */
  #configEvents(load: "eager" | "on-demand"): (() => void)[] {
    const error = new SyrinxError("release-not-found", "there is none");
    return [
      () => this.#send({ type: "load-policy-set", load }),
      () => this.#send({ type: "rejected", error }),
      () => this.#send({ type: "error-cleared", load }),
    ];
  }

  #processEvents(instance: number, process: Process, odd: boolean, calm: boolean): (() => void)[] {
    const events: (() => void)[] = [];
    const told = (event: () => SlotEvent) => () => {
      process.pending = undefined;
      this.#send(event());
    };
    const { pending, alive, ended, echo } = process;
    if (pending === "room") events.push(told(() => ({ type: "roomy", instance })));
    if (pending === "admit" || pending === "stage")
      events.push(told(() => ({ type: "failed", instance, ...this.#failureContext() })));
    // Weighed, so that more goes well than not.
    for (let weight = 0; weight < 8; weight++) {
      if (pending === "admit") events.push(told(() => this.#admitted(instance, odd)));
      if (pending === "stage" && alive)
        events.push(told(() => ({ type: "advanced", instance, detail: "well" })));
    }
    if (alive && (ended || !calm))
      events.push(() => {
        process.alive = false;
        this.#draining.delete(instance);
        this.#parked.delete(instance);
        this.#send({ type: "exited", instance, ...this.#failureContext() });
      });
    if (echo)
      events.push(() => {
        process.echo = false;
        this.#send({ type: "exited", instance, ...this.#failureContext() });
      });
    return events;
  }

  #admitted(instance: number, odd: boolean): SlotEvent {
    const { swap } = this.state;
    const strategy = ownerOf(this.state, instance) === "swap" ? strategyOf(swap) : "blue-green";
    const unloads = strategy === "recreate" || (strategy === "auto" && odd);
    return { type: "admitted", instance, way: unloads ? "after-unload" : "beside", detail: "it fits" };
  }

  #load(
    kind: string,
    binding: (id: string) => Binding,
    reason: "request" | "reload" | "rollback" | "config",
    strategy: Strategy,
    turn?: Turn,
  ): void {
    const id = `${kind}-${++this.#ids}`;
    this.requested.push(id);
    const transition = {
      kind: "load",
      id,
      binding: binding(id),
      reason,
      strategy,
      newProcess: false,
      ...(reason === "rollback" && { rolledBackBy: "hand" as const }),
      ...(turn && { turn }),
    } as const;
    this.#send({ type: "requested", transition });
  }

  #unload(choice: number, turn: Turn | undefined): void {
    const id = `swap-${++this.#ids}`;
    const reason = UNLOAD_REASONS[Math.floor(choice / 1_000) % UNLOAD_REASONS.length] ?? "unload";
    this.requested.push(id);
    this.#send({ type: "requested", transition: { kind: "unload", id, reason, ...(turn && { turn }) } });
  }

  #failTrial(generation: number): void {
    this.#send({ type: "trial-failed", generation, ...this.#failureContext() });
  }

  #failureContext() {
    const error = new SyrinxError("plugin-crashed", "gone");
    return { error, now: this.#now, nextId: `next-${++this.#ids}` };
  }

  #send(event: SlotEvent): void {
    const before = this.state;
    const { state, effects } = step(before, event);
    this.state = state;
    this.steps++;
    for (const effect of effects) this.#take(effect, state, before);
    const played = { before, event, state, effects };
    const count = (what: string) => this.#count(what);
    const surroundings = { processes: [...this.#processes], shared: this.#shared, givenUp: this.givenUp };
    checkPlayed(played, surroundings, count);
    checkTurns(played, count);
  }

  #take(effect: SlotEffect, state: SlotState, before: SlotState): void {
    switch (effect.type) {
      case "begin":
        return this.transitions.begin(effect);
      case "record":
        return this.transitions.record(effect);
      case "annotate":
        return this.transitions.annotate(effect);
      case "mark-rolled-back":
        return this.transitions.markRolledBack(effect);
      case "finish":
        return this.transitions.finish(effect);
      case "admit":
        if (this.#processes.has(effect.instance)) throw new Error("an instance is admitted twice");
        this.#processes.set(effect.instance, {
          ofSwap: ownerOf(state, effect.instance) === "swap",
          alive: false,
          echo: false,
          pending: "admit",
          ended: false,
        });
        return;
      case "await-room":
        this.#process(effect.instance).pending = "room";
        return;
      case "start": {
        if (state.removed) throw new Error("a removed slot starts a process");
        const process = this.#process(effect.instance);
        if (process.alive || process.ended) throw new Error("an instance is started twice, or after its end");
        process.alive = true;
        process.pending = "stage";
        return this.#routing.started(effect);
      }
      case "restore":
        this.#routing.restore(effect);
        this.#process(effect.instance).pending = "stage";
        return;
      case "load":
      case "probe":
        this.#process(effect.instance).pending = "stage";
        return;
      case "route":
        this.givenUp = false;
        return this.#routing.route(effect);
      case "promote":
        this.givenUp = this.#shared = false;
        return this.#routing.promote(effect, before);
      case "reconfigure": {
        this.givenUp = false;
        const stages = this.transitions.stages.get(effect.swap) ?? [];
        return this.#routing.reconfigure(effect, stages, this.#process(effect.instance).alive);
      }
      case "recover":
        this.givenUp = false;
        return this.#routing.recover(effect, before);
      case "route-share":
        this.#shared = true;
        return this.#count("canary");
      case "end-share":
        this.#shared = false;
        return;
      case "drain":
        if (this.#process(effect.instance).alive) this.#draining.add(effect.instance);
        return;
      case "park":
        if (this.#process(effect.instance).alive) this.#parked.add(effect.instance);
        return this.#routing.park(effect);
      case "end": {
        const process = this.#process(effect.instance);
        if (process.ended) throw new Error(`instance ${effect.instance} is asked to end twice`);
        for (const serving of [state.live?.instance, canaryOf(state)?.instance])
          if (serving === effect.instance) throw new Error("what serves is asked to end");
        process.ended = true;
        process.echo = !process.alive;
        if (process.pending === "room") process.pending = undefined;
        return;
      }
      case "watch":
        return this.#routing.watch(effect);
      case "expire":
        return;
      case "restart-after":
        this.#restarts.add(effect.id);
        return;
      case "give-up":
        this.givenUp = true;
    }
  }

  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #process(instance: number): Process {
    const process = this.#processes.get(instance);
    if (!process) throw new Error(`there is no instance ${instance}`);
    return process;
  }
}

function strategyOf(swap: Swap | undefined): Strategy {
  return swap?.transition.kind === "load" ? swap.transition.strategy : "auto";
}
