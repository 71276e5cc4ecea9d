/**
 * What surrounds a slot: devices that have room or not, processes that start, speak, die and are ended, timers, and people
 * who ask for swaps. It plays any event that could happen now, and checks after each one what must hold in every state.
 *
 * @module
 */
import type { Strategy } from "../../../../../schemas/generated/swap.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { Binding } from "../../../../../core/releases/binding.ts";
import {
  type EffectOf,
  EMPTY_SLOT,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
} from "../../../../../core/slots/lifecycle/mod.ts";
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
    for (const instance of this.#draining)
      events.push(() => {
        this.#draining.delete(instance);
        this.#send({ type: "drained", instance, mayPark: odd });
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
    const { swap, live, canary, trial } = this.state;
    if (canary && swap) {
      const { id } = swap;
      const error = new SyrinxError("swap-aborted", "not wanted");
      events.push(() => this.#send({ type: "promoted", id, detail: "well" }));
      events.push(() => this.#send({ type: "aborted", id, error }));
      events.push(() =>
        this.#send({ type: "trial-failed", generation: canary.number, ...this.#failureContext() }),
      );
    }
    if (calm || this.state.removed) return events;
    if (live)
      events.push(() =>
        this.#send({ type: "trial-failed", generation: live.number, ...this.#failureContext() }),
      );
    if (trial) events.push(() => this.#send({ type: "trial-passed", generation: trial.generation }));
    const strategy = STRATEGIES[Math.floor(choice / 1_000) % STRATEGIES.length] ?? "auto";
    events.push(() => this.#request("swap", (id) => bindingOf(id), "request", strategy));
    if (live) {
      const { mark } = live.binding.settings as { mark: string };
      events.push(() => this.#request("swap", () => bindingOf(mark, ++this.#ids), "request", strategy));
    }
    if (odd) events.push(() => this.#request("swap", () => undefined, "unload", "auto"));
    const { previous } = this.state;
    if (previous) events.push(() => this.#request("back", () => previous, "rollback", "auto"));
    // Rarely, so that most runs are long.
    if (this.steps > 60)
      events.push(() => this.#send({ type: "removed", error: new SyrinxError("slot-removed", "gone") }));
    return events;
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
    const strategy = swap?.instance === instance ? swap.strategy : "blue-green";
    const unloads = strategy === "recreate" || (strategy === "auto" && odd);
    return { type: "admitted", instance, way: unloads ? "after-unload" : "beside", detail: "it fits" };
  }

  #request(
    kind: string,
    binding: (id: string) => Binding | undefined,
    reason: "request" | "unload" | "rollback",
    strategy: Strategy,
  ): void {
    const id = `${kind}-${++this.#ids}`;
    this.requested.push(id);
    this.#send({ type: "requested", id, binding: binding(id), reason, strategy });
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
    this.#checkState(before, event, effects);
  }

  #take(effect: SlotEffect, state: SlotState, before: SlotState): void {
    switch (effect.type) {
      case "record":
        return this.#checkStage(effect.transition.id, effect.transition.stage);
      case "annotate":
        if (state.swap?.id !== effect.transition.id && !this.#wasOpen(effect.transition.id))
          throw new Error("a transition that is over is told more of");
        return;
      case "mark-rolled-back":
        if (this.finished.get(effect.swap) !== "done") throw new Error("what never served is rolled back");
        if (this.#markedRolledBack.has(effect.swap)) throw new Error("a swap is rolled back twice");
        this.#markedRolledBack.add(effect.swap);
        return this.#count("rolled back after it was done");
      case "admit":
        if (this.#processes.has(effect.instance)) throw new Error("an instance is admitted twice");
        this.#processes.set(effect.instance, {
          ofSwap: state.swap?.instance === effect.instance,
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
      case "load":
      case "restore":
      case "probe":
        this.#process(effect.instance).pending = "stage";
        return;
      case "route":
        this.givenUp = false;
        this.#checkInPlace(effect, before);
        if (this.#shared && state.canary === undefined) this.#shared = false;
        return;
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
        return this.#count("parked");
      case "end": {
        const process = this.#process(effect.instance);
        if (process.ended) throw new Error(`instance ${effect.instance} is asked to end twice`);
        for (const serving of [state.live, state.canary])
          if (serving?.instance === effect.instance) throw new Error("what serves is asked to end");
        process.ended = true;
        process.echo = !process.alive;
        if (process.pending === "room") process.pending = undefined;
        return;
      }
      case "finish":
        if (this.finished.has(effect.transition.id)) throw new Error("a swap finishes twice");
        this.finished.set(effect.transition.id, this.stages.get(effect.transition.id)?.at(-1) ?? "");
        return;
      case "restart-after":
        this.#restarts.add(effect.id);
        return;
      case "give-up":
        this.givenUp = true;
    }
  }

  /** A process serves another binding than the one that it was started with only if it takes what differs as it runs. */
  #checkInPlace({ instance, binding, swap }: EffectOf<"route">, { live }: SlotState): void {
    const started = this.#started.get(instance)!;
    if (started.settings.mark !== binding.settings.mark) throw new Error("a process serves what it cannot");
    if (instance !== live?.instance || binding === live.binding) return;
    if (!this.#process(instance).alive) throw new Error("a process that is gone is changed in place");
    if (this.stages.get(swap)?.join() !== "planned,routed")
      throw new Error(`${swap} is in place and has stages`);
    this.#count("in place");
  }

  #wasOpen(id: string): boolean {
    return this.state.recovery?.id === id || !this.finished.has(id) || this.stages.has(id);
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
    const { live, canary, parked, swap, recovery, waiting, draining, lastGeneration, removed, unloaded } =
      this.state;
    const routed = effects.filter((effect) => effect.type === "route" || effect.type === "route-share");
    if (lastGeneration < before.lastGeneration) throw new Error("the generation's number shrinks");
    const isNew = (number: number) => number > before.lastGeneration;
    const numbers = new Set(routed.map(({ generation }) => generation).filter(isNew));
    if (lastGeneration !== before.lastGeneration + numbers.size)
      throw new Error("the generation's number grows, and no new binding was routed");
    if (live && before.live && live.number < before.live.number)
      throw new Error("an older generation serves");
    for (const effect of routed)
      if (
        effect.type === "route" &&
        effect.generation === before.live?.number &&
        effect.binding !== before.live.binding
      )
        throw new Error("a replacement is routed as another generation");
    if (event.type === "failed" && before.live?.instance !== undefined && live !== before.live)
      throw new Error("a failure changes what serves");
    if ((canary !== undefined) !== (swap?.stage === "canary")) throw new Error("a canary without its swap");
    if ((canary !== undefined) !== this.#shared) throw new Error("the share of a canary outlives it");

    const running = [...this.#processes.values()].filter(({ alive, ofSwap }) => alive && ofSwap).length;
    if (!removed && running > 2) throw new Error(`${running} processes of different bindings at once`);
    const staying = [...this.#processes.values()].filter(({ alive, ended }) => alive && !ended).length;
    if (!removed && staying > 3) throw new Error(`${staying} processes at once, none of them asked to end`);
    if (waiting.length > 0 && !swap) throw new Error("swaps wait for nothing");

    const known = new Set([
      ...[live, canary, parked, swap, recovery].map((one) => one?.instance),
      ...draining.keys(),
    ]);
    for (const [instance, { alive, ended }] of this.#processes)
      if (alive && !ended && !known.has(instance)) throw new Error(`instance ${instance} is forgotten`);
    const hope = removed || live?.instance !== undefined || swap || recovery || unloaded || !live;
    if (!hope && !this.givenUp) throw new Error("those who wait for an instance are left to wait for ever");
  }
}
