/**
 * What surrounds a slot: devices that have room or not, processes that start, speak, die and are ended, timers, and
 * people who ask for swaps. It plays any event that could happen now, and checks after each one what must hold in every
 * state.
 *
 * @module
 */
import type { Strategy } from "../../../../../schemas/generated/swap.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import { type Binding, sameBinding } from "../../../../../core/releases/binding.ts";
import {
  type EffectOf,
  EMPTY_SLOT,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  ownerOf,
  step,
  type UnloadReason,
} from "../../../../../core/slots/lifecycle/mod.ts";
import type { Canary, Swap } from "../../../../../core/slots/lifecycle/state.ts";
import { bindingOf } from "../../releases/releases.ts";

/** In the order in which a swap may go through them; `draining` comes before `starting` if there is no room for both. */
const STAGES = [
  "planned",
  "admitted",
  "starting",
  "loading",
  "restoring",
  "probing",
  "canary",
  "routed",
  "draining",
  "done",
] as const;
const STRATEGIES: readonly Strategy[] = ["auto", "blue-green", "recreate", "canary"];

const UNLOAD_REASONS: readonly UnloadReason[] = ["unload", "idle", "evicted"];
/** Effects after which utterances go elsewhere. */
const ROUTING = ["route", "route-share", "promote", "reconfigure", "recover"] as const;

interface Routed {
  instance: number;
  generation: number;
  binding: Binding;
}

interface Process {
  ofSwap: boolean;
  alive: boolean;
  /** Whether it was asked to end when it was not alive, so that its end is to be told (again). */
  echo: boolean;
  /** What is under way with it, whose outcome is still to be told. */
  pending: "admit" | "room" | "stage" | undefined;
  ended: boolean;
}

export class World {
  state: SlotState = EMPTY_SLOT;
  steps = 0;
  /** How often each of these has happened, for a test to see that all of it does. */
  readonly seen = new Map<string, number>();
  readonly finished = new Map<string, string>();
  readonly stages = new Map<string, string[]>();
  readonly begun: string[] = [];
  readonly requested: string[] = [];
  readonly #processes = new Map<number, Process>();
  /** What each process was started with. */
  readonly #started = new Map<number, Binding>();
  /** What each process served last. */
  readonly #serves = new Map<number, Binding>();
  /** Where utterances were sent last. */
  #routed: Routed | undefined;
  readonly #gone = new Set<number>();
  readonly #draining = new Set<number>();
  readonly #parked = new Set<number>();
  readonly #restarts = new Set<string>();
  readonly #markedRolledBack = new Set<string>();
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

  /** @param calm whether to leave out what would let it go on for ever: new swaps, sudden deaths and removals */
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
      events.push(() =>
        this.#send({ type: "trial-failed", generation: swap.generation, ...this.#failureContext() }),
      );
    }
    if (calm || this.state.removed) return events;
    if (live)
      events.push(() =>
        this.#send({ type: "trial-failed", generation: live.number, ...this.#failureContext() }),
      );
    if (trial) events.push(() => this.#send({ type: "trial-passed", generation: trial.generation }));
    const strategy = STRATEGIES[Math.floor(choice / 1_000) % STRATEGIES.length] ?? "auto";
    events.push(() => this.#load("swap", (id) => bindingOf(id), "request", strategy));
    if (live) {
      const { mark } = live.binding.settings as { mark: string };
      events.push(() => this.#load("swap", () => bindingOf(mark, ++this.#ids), "request", strategy));
      events.push(() => this.#load("swap", () => live.binding, "reload", strategy));
    }
    if (odd) events.push(() => this.#unload(choice));
    const { previous } = this.state;
    if (previous) events.push(() => this.#load("back", () => previous, "rollback", "auto"));
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
        this.#gone.add(instance);
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
    reason: "request" | "reload" | "rollback",
    strategy: Strategy,
  ): void {
    const id = `${kind}-${++this.#ids}`;
    this.requested.push(id);
    const transition = { kind: "load", id, binding: binding(id), reason, strategy, anew: false } as const;
    this.#send({ type: "requested", transition });
  }

  #unload(choice: number): void {
    const id = `swap-${++this.#ids}`;
    const reason = UNLOAD_REASONS[Math.floor(choice / 1_000) % UNLOAD_REASONS.length] ?? "unload";
    this.requested.push(id);
    this.#send({ type: "requested", transition: { kind: "unload", id, reason } });
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
    this.#checkConfigEvent(before, event, effects);
    this.#checkExit(event, effects);
    this.#checkState(before, event, effects);
  }

  #take(effect: SlotEffect, state: SlotState, before: SlotState): void {
    switch (effect.type) {
      case "record":
        return this.#checkStage(effect.transition.id, effect.stage);
      case "annotate":
        if (this.finished.has(effect.id)) throw new Error("a transition that is over is told more of");
        if (this.stages.get(effect.id)?.at(-1) !== effect.stage)
          throw new Error("a transition is told of a stage that it is not in");
        return;
      case "mark-rolled-back":
        if (this.finished.get(effect.swap) !== "done") throw new Error("what never served is rolled back");
        if (this.#markedRolledBack.has(effect.swap)) throw new Error("a swap is rolled back twice");
        this.#markedRolledBack.add(effect.swap);
        return this.#count("rolled back after it was done");
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
        this.#started.set(effect.instance, effect.binding);
        return;
      }
      case "restore":
        if (effect.from !== undefined && effect.from !== this.#routed?.instance)
          throw new Error("a state comes from what does not serve");
        this.#process(effect.instance).pending = "stage";
        return;
      case "load":
      case "probe":
        this.#process(effect.instance).pending = "stage";
        return;
      case "route":
        return this.#route(effect);
      case "promote":
        this.#shared = false;
        return this.#route({ ...effect, binding: this.#checkPromoted(effect, before) });
      case "reconfigure":
        this.#checkInPlace(effect);
        return this.#route(effect);
      case "recover":
        this.#checkRecovered(effect, before);
        return this.#route(effect);
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
        this.#checkParked(effect);
        if (this.#process(effect.instance).alive) this.#parked.add(effect.instance);
        return this.#count("parked");
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
      case "finish":
        if (this.finished.has(effect.id)) throw new Error("a swap finishes twice");
        this.finished.set(effect.id, this.stages.get(effect.id)?.at(-1) ?? "");
        return;
      case "watch":
        if (effect.generation !== this.#routed?.generation) throw new Error("what does not serve is watched");
        return;
      case "expire":
        return;
      case "restart-after":
        this.#restarts.add(effect.id);
        return;
      case "give-up":
        this.givenUp = true;
    }
  }

  /** Utterances go to a process only if it ran, and was started with what it cannot change as it runs. */
  #route({ instance, generation, binding }: Routed): void {
    this.givenUp = false;
    const { alive } = this.#process(instance);
    if (!alive && !this.#gone.has(instance)) throw new Error("utterances go to a process that never ran");
    if (this.#started.get(instance)?.settings.mark !== binding.settings.mark)
      throw new Error("a process serves what it cannot");
    this.#routed = { instance, generation, binding };
    this.#serves.set(instance, binding);
  }

  #checkInPlace({ instance, swap }: EffectOf<"reconfigure">): void {
    if (instance !== this.#routed?.instance) throw new Error("another process is changed in place");
    if (!this.#process(instance).alive) throw new Error("a process that is gone is changed in place");
    if (this.stages.get(swap)?.join() !== "planned,routed")
      throw new Error(`${swap} is in place and has stages`);
    this.#count("in place");
  }

  /** @returns the binding of the canary */
  #checkPromoted({ instance, generation }: EffectOf<"promote">, before: SlotState): Binding {
    const canary = canaryOf(before);
    if (canary?.instance !== instance || canary.generation !== generation)
      throw new Error("what is no canary is promoted");
    this.#count("promoted");
    return canary.transition.binding;
  }

  #checkRecovered({ generation, binding, swap }: EffectOf<"recover">, { live, recovery }: SlotState): void {
    if (recovery?.transition.id !== swap) throw new Error("a process is replaced without a recovery");
    if (live?.instance !== undefined) throw new Error("a process that serves is replaced");
    if (generation !== this.#routed?.generation || binding !== this.#routed.binding)
      throw new Error("a replacement serves another generation");
    this.#count("recovered");
  }

  #checkParked({ instance, ms }: EffectOf<"park">): void {
    if (ms <= 0) throw new Error("what is not to be kept is parked");
    const [parked, serving] = [this.#serves.get(instance), this.#routed?.binding];
    if (!parked || !serving || sameBinding(parked, serving))
      throw new Error("an instance is parked to which no rollback leads");
  }

  /** What the config says beside swaps changes nothing that serves, and nothing that is on its way. */
  #checkConfigEvent(before: SlotState, event: SlotEvent, effects: readonly SlotEffect[]): void {
    const { type } = event;
    if (type !== "load-policy-set" && type !== "rejected" && type !== "error-cleared") return;
    const { unloaded, error, ...rest } = this.state;
    const { unloaded: wasUnloaded, error: was, ...restBefore } = before;
    if (!Bun.deepEquals(rest, restBefore)) throw new Error(`${type} changes more than it may`);
    const gaveUp = effects.map((effect) => effect.type).join();
    if (gaveUp !== "" && !(type === "rejected" && gaveUp === "give-up"))
      throw new Error(`${type} has something done`);
    if (type === "load-policy-set" && error !== was) throw new Error("a load policy changes the error");
    if (type === "rejected" && (error !== event.error || unloaded)) throw new Error("a fault is not told");
    if (type === "error-cleared" && error !== was && error)
      throw new Error("an error is cleared with another");
    if (unloaded && unloaded !== wasUnloaded) this.#count("waits for its first request");
    if (gaveUp) this.#count("given up as it cannot be had");
    if (was && !error) this.#count("error cleared");
  }

  /** Whoever holds a generation of a process that is gone is told, unless another process serves it, or will. */
  #checkExit(event: SlotEvent, effects: readonly SlotEffect[]): void {
    const expired = effects.filter((effect) => effect.type === "expire");
    if (expired.length !== (event.type === "exited" ? 1 : 0)) throw new Error("an exit is not told once");
    const { live, recovery } = this.state;
    const goesOn = live && (live.instance !== undefined || recovery) ? live.number : undefined;
    for (const { except } of expired)
      if (except !== goesOn) throw new Error("utterances wait for a process that never comes");
  }

  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #process(instance: number): Process {
    const process = this.#processes.get(instance);
    if (!process) throw new Error(`there is no instance ${instance}`);
    return process;
  }

  #checkStage(id: string, stage: string): void {
    if (this.finished.has(id)) throw new Error(`${id} reaches ${stage} after it has finished`);
    const before = this.stages.get(id) ?? [];
    this.stages.set(id, [...before, stage]);
    if (before.length === 0 && stage !== "planned") throw new Error(`${id} begins with ${stage}`);
    if (before.length === 1 && id.startsWith("swap") && stage !== "failed") this.begun.push(id);
    this.#count(stage);
    const served = before.includes("routed") || before.includes("canary");
    if (stage === "failed") {
      if (before.includes("routed")) throw new Error(`${id} fails after it was routed`);
    } else if (stage === "rolled-back") {
      if (!served) throw new Error(`${id} is rolled back and has never served`);
    } else if (stage === "draining" && !served) {
      if (!["planned", "admitted"].includes(before.at(-1) ?? "")) throw new Error(`${id} drains too late`);
      this.#count("unloaded first");
    } else {
      const reached = Math.max(
        ...before.filter((one) => one !== "draining" || served).map((one) => STAGES.indexOf(one as "done")),
        -1,
      );
      if (STAGES.indexOf(stage as "done") <= reached)
        throw new Error(`${id} goes from ${before.at(-1)} to ${stage}`);
    }
  }

  #checkState(before: SlotState, event: SlotEvent, effects: readonly SlotEffect[]): void {
    const { live, parked, swap, recovery, waiting, draining, lastGeneration, removed, unloaded, trial } =
      this.state;
    const routed = effects.filter((effect) => ROUTING.includes(effect.type as "route")) as EffectOf<
      (typeof ROUTING)[number]
    >[];
    if (lastGeneration < before.lastGeneration) throw new Error("the generation's number shrinks");
    const isNew = (number: number) => number > before.lastGeneration;
    const numbers = new Set(routed.map(({ generation }) => generation).filter(isNew));
    if (lastGeneration !== before.lastGeneration + numbers.size)
      throw new Error("the generation's number grows, and no new binding was routed");
    if (live && before.live && live.number < before.live.number)
      throw new Error("an older generation serves");
    if (event.type === "failed" && before.live?.instance !== undefined && live !== before.live)
      throw new Error("a failure changes what serves");
    if ((swap?.phase === "canary") !== this.#shared) throw new Error("the share of a canary outlives it");
    if (recovery && (!live || live.instance !== undefined))
      throw new Error("what serves, or is not wanted, is recovered");
    if (unloaded && live) throw new Error("what is live is unloaded");
    if (trial && trial.generation !== live?.number) throw new Error("what does not serve is on trial");

    const running = [...this.#processes.values()].filter(({ alive, ofSwap }) => alive && ofSwap).length;
    if (!removed && running > 2) throw new Error(`${running} processes of different bindings at once`);
    const staying = [...this.#processes.values()].filter(({ alive, ended }) => alive && !ended).length;
    if (!removed && staying > 3) throw new Error(`${staying} processes at once, none of them asked to end`);
    if (waiting.length > 0 && !swap) throw new Error("swaps wait for nothing");

    const known = new Set([
      ...[live, parked, swap, recovery].map((one) => one && "instance" in one && one.instance),
      ...draining.keys(),
    ]);
    for (const [instance, { alive, ended }] of this.#processes)
      if (alive && !ended && !known.has(instance)) throw new Error(`instance ${instance} is forgotten`);
    const hope = removed || live?.instance !== undefined || swap || recovery || unloaded || !live;
    if (!hope && !this.givenUp) throw new Error("those who wait for an instance are left to wait for ever");
  }
}

function canaryOf({ swap }: SlotState): Canary | undefined {
  return swap?.phase === "canary" ? swap : undefined;
}

function strategyOf(swap: Swap | undefined): Strategy {
  return swap?.transition.kind === "load" ? swap.transition.strategy : "auto";
}
