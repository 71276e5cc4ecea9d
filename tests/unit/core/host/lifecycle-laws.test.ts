import { expect, test } from "bun:test";
import fc from "fast-check";
import { SyrinxError } from "../../../../core/errors.ts";
import {
  EMPTY_SLOT,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
} from "../../../../core/host/lifecycle.ts";
import { bindingOf } from "./releases.ts";

const STAGES = [
  "planned",
  "starting",
  "loading",
  "restoring",
  "probing",
  "routed",
  "draining",
  "done",
] as const;
const RUNS = 400;
const FEWEST_STEPS = 20_000;

interface Process {
  bySwap: boolean;
  alive: boolean;
  /** Whether it was asked to end after its death was told, so that its end is to be told again. */
  echo: boolean;
  /** Whether a stage is under way whose outcome is still to be told. */
  busy: boolean;
  ended: boolean;
}

/**
 * What surrounds a slot: processes that start, speak, die and are ended, timers, and people who ask for swaps. It plays
 * any event that could happen now, and checks after each one what must hold in every state.
 */
class World {
  state: SlotState = EMPTY_SLOT;
  steps = 0;
  readonly #processes = new Map<number, Process>();
  readonly #draining = new Set<number>();
  readonly #restarts = new Set<string>();
  readonly #requested: string[] = [];
  readonly #begun: string[] = [];
  readonly #stages = new Map<string, number>();
  readonly #finished = new Set<string>();
  #givenUp = false;
  #now = 0;
  #ids = 0;

  /** Plays one event, chosen by a number. @returns false if nothing can happen any more */
  play(choice: number, calm: boolean): boolean {
    const events = this.#possible(calm);
    if (events.length === 0) return false;
    events[choice % events.length]?.();
    if (!calm) this.#now += choice % 7_000;
    return true;
  }

  /** @param calm whether to leave out what would let it go on for ever: new swaps, sudden deaths and removals */
  #possible(calm: boolean): (() => void)[] {
    const events: (() => void)[] = [];
    for (const [instance, process] of this.#processes) {
      if (process.busy) {
        events.push(() => {
          process.busy = false;
          this.#send({ type: "failed", instance, ...this.#mishap() });
        });
        for (let weight = 0; process.alive && weight < 4; weight++)
          events.push(() => {
            process.busy = false;
            this.#send({ type: "advanced", instance, detail: "well" });
          });
      }
      if (process.alive && (process.ended || !calm))
        events.push(() => {
          process.alive = false;
          this.#draining.delete(instance);
          this.#send({ type: "exited", instance, ...this.#mishap() });
        });
      if (process.echo)
        events.push(() => {
          process.echo = false;
          this.#send({ type: "exited", instance, ...this.#mishap() });
        });
    }
    for (const instance of this.#draining)
      events.push(() => {
        this.#draining.delete(instance);
        this.#send({ type: "drained", instance });
      });
    for (const id of this.#restarts)
      events.push(() => {
        this.#restarts.delete(id);
        this.#send({ type: "restart", id });
      });
    if (calm || this.state.removed) return events;
    const id = `swap-${++this.#ids}`;
    events.push(() => {
      this.#requested.push(id);
      this.#send({ type: "requested", id, binding: bindingOf(id), reason: "request" });
    });
    // Rarely, so that most runs are long.
    if (this.steps > 60)
      events.push(() => this.#send({ type: "removed", error: new SyrinxError("slot-removed", "gone") }));
    return events;
  }

  #mishap() {
    const error = new SyrinxError("plugin-crashed", "gone");
    return { error, now: this.#now, recoveryId: `recovery-${++this.#ids}` };
  }

  #send(event: SlotEvent): void {
    const before = this.state;
    const { state, effects } = step(before, event);
    this.state = state;
    this.steps++;
    for (const effect of effects) this.#take(effect, state);
    this.#checkState(before, event, effects);
  }

  #take(effect: SlotEffect, state: SlotState): void {
    switch (effect.type) {
      case "record":
        return this.#checkStage(effect.transition.id, effect.transition.stage);
      case "start":
        if (state.removed) throw new Error("a removed slot starts a process");
        if (this.#processes.has(effect.instance)) throw new Error("an instance is started twice");
        this.#processes.set(effect.instance, {
          bySwap: state.swap?.instance === effect.instance,
          alive: true,
          echo: false,
          busy: true,
          ended: false,
        });
        return;
      case "annotate":
        if (state.swap?.id !== effect.transition.id && state.recovery?.id !== effect.transition.id)
          throw new Error("a transition that is over is told more of");
        return;
      case "load":
      case "restore":
      case "probe":
        this.#process(effect.instance).busy = true;
        return;
      case "route":
        this.#givenUp = false;
        return;
      case "drain":
        if (this.#process(effect.instance).alive) this.#draining.add(effect.instance);
        return;
      case "end": {
        const process = this.#process(effect.instance);
        if (process.ended) throw new Error(`instance ${effect.instance} is asked to end twice`);
        if (state.live?.instance === effect.instance) throw new Error("the live instance is asked to end");
        process.ended = true;
        process.echo = !process.alive;
        return;
      }
      case "finish":
        if (this.#finished.has(effect.transition.id)) throw new Error("a swap finishes twice");
        this.#finished.add(effect.transition.id);
        return;
      case "restart-after":
        this.#restarts.add(effect.id);
        return;
      case "give-up":
        this.#givenUp = true;
    }
  }

  #process(instance: number): Process {
    const process = this.#processes.get(instance);
    if (!process) throw new Error(`there is no instance ${instance}`);
    return process;
  }

  #checkStage(id: string, stage: string): void {
    if (this.#finished.has(id)) throw new Error(`${id} reaches ${stage} after it has finished`);
    const last = this.#stages.get(id) ?? -1;
    if (stage === "starting" && id.startsWith("swap")) this.#begun.push(id);
    if (stage === "failed") {
      if (last >= STAGES.indexOf("routed")) throw new Error(`${id} fails after it was routed`);
    } else {
      const next = STAGES.indexOf(stage as (typeof STAGES)[number]);
      if (next <= last) throw new Error(`${id} goes from ${STAGES[last]} to ${stage}`);
      this.#stages.set(id, next);
    }
  }

  #checkState(before: SlotState, event: SlotEvent, effects: readonly SlotEffect[]): void {
    const { live, swap, recovery, waiting, draining, lastGeneration, removed } = this.state;
    const routed = effects.filter((effect) => effect.type === "route");
    const isNew = before.lastGeneration !== lastGeneration;
    if (lastGeneration < before.lastGeneration) throw new Error("the generation's number shrinks");
    if (isNew && (routed.length !== 1 || lastGeneration !== before.lastGeneration + 1))
      throw new Error("the generation's number grows, and no new binding was routed");
    if (live && live.number !== lastGeneration) throw new Error("what serves is not the newest generation");
    for (const { generation, binding } of routed)
      if (!isNew && (generation !== before.live?.number || binding !== before.live.binding))
        throw new Error("a replacement is routed as another generation");
    if (event.type === "failed" && before.live && this.state.live !== before.live)
      throw new Error("a failure changes what serves");

    const beforeRouted = swap && swap.stage !== "draining";
    const generations = (live ? 1 : 0) + (beforeRouted ? 1 : 0) + draining.size;
    if (!removed && generations > 2) throw new Error(`${generations} generations at once`);
    const running = [...this.#processes.values()].filter(({ alive, bySwap }) => alive && bySwap).length;
    if (!removed && running > 2) throw new Error(`${running} processes of different bindings at once`);
    if (waiting.length > 0 && !swap) throw new Error("swaps wait for nothing");

    const known = new Set([live?.instance, swap?.instance, recovery?.instance, ...draining.keys()]);
    for (const [instance, { alive, ended }] of this.#processes)
      if (alive && !ended && !known.has(instance)) throw new Error(`instance ${instance} is forgotten`);
    const hope = removed || live?.instance !== undefined || swap || recovery || !live;
    if (!hope && !this.#givenUp) throw new Error("those who wait for an instance are left to wait for ever");
  }

  /** What must hold when nothing can happen any more. */
  checkEnd(): void {
    expect(this.state.swap).toBeUndefined();
    expect(this.state.waiting).toEqual([]);
    expect(this.state.recovery).toBeUndefined();
    expect([...this.#stages.keys()].filter((id) => !this.#finished.has(id))).toEqual([]);
    expect(this.#begun).toEqual(this.#requested.filter((id) => this.#begun.includes(id)));
    const alive = [...this.#processes].flatMap(([instance, process]) => (process.alive ? [instance] : []));
    expect(alive).toEqual(this.state.live?.instance === undefined ? [] : [this.state.live.instance]);
    if (!this.state.live?.instance && this.#requested.length > 0) expect(this.#givenUp).toBe(true);
  }
}

test("whatever happens in whatever order, the promises in the head of lifecycle.ts hold", () => {
  let steps = 0;
  const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 20, maxLength: 220, size: "max" });
  fc.assert(
    fc.property(choices, (list) => {
      const world = new World();
      for (const choice of list) world.play(choice, false);
      for (let turn = 0; world.play(list[turn % list.length] ?? 0, true); turn++)
        if (turn > 10_000) throw new Error("it never comes to rest");
      world.checkEnd();
      steps += world.steps;
    }),
    { numRuns: RUNS, includeErrorInReport: true },
  );
  expect(steps).toBeGreaterThan(FEWEST_STEPS);
});
