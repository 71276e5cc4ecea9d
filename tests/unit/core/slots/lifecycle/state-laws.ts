/**
 * What must hold of the state of a slot after each event.
 *
 * @module
 */
import type { EffectOf, SlotEffect, SlotEvent, SlotState } from "../../../../../core/slots/lifecycle/mod.ts";

/** An event that was played, and what it made of the state before it. */
export interface Played {
  before: SlotState;
  event: SlotEvent;
  state: SlotState;
  effects: readonly SlotEffect[];
}

/** The process of an instance, as what surrounds the slot knows it. */
export interface Process {
  ofSwap: boolean;
  alive: boolean;
  /** Whether it was asked to end when it was not alive, so that its end is to be told (again). */
  echo: boolean;
  /** What is under way with it, whose outcome is still to be told. */
  pending: "admit" | "room" | "stage" | undefined;
  /** Whether it was asked to end. */
  ended: boolean;
}

/** Effects that send utterances elsewhere. */
const ROUTING = ["route", "route-share", "promote", "reconfigure", "recover"] as const;

/** What surrounds the slot after that. */
export interface Surroundings {
  processes: readonly [number, Process][];
  /** Whether a canary gets a share of the utterances. */
  shared: boolean;
  /** Whether those who wait were told that nothing comes. */
  givenUp: boolean;
}

/**
 * Checks all that must hold after an event.
 *
 * @param count called with each thing that has happened, for a test to see that all of it does
 */
export function checkPlayed(played: Played, surroundings: Surroundings, count: (what: string) => void): void {
  checkState(played);
  checkExit(played);
  checkConfigEvent(played, count);
  checkProcesses(played.state, surroundings.processes);
  checkPromises(played.state, surroundings);
}

/** Numbers only grow, and only with a new binding; nothing is both live and something that excludes it. */
function checkState({ before, event, state, effects }: Played): void {
  const { live, swap, recovery, waiting, lastGeneration, unloaded, trial } = state;
  const routed = effects.filter(isRouting);
  if (lastGeneration < before.lastGeneration) throw new Error("the generation's number shrinks");
  const isNew = (number: number) => number > before.lastGeneration;
  const numbers = new Set(routed.map(({ generation }) => generation).filter(isNew));
  if (lastGeneration !== before.lastGeneration + numbers.size)
    throw new Error("the generation's number grows, and no new binding was routed");
  if (live && before.live && live.number < before.live.number) throw new Error("an older generation serves");
  if (event.type === "failed" && before.live?.instance !== undefined && live !== before.live)
    throw new Error("a failure changes what serves");
  if (recovery && (!live || live.instance !== undefined))
    throw new Error("what serves, or is not wanted, is recovered");
  if (unloaded && live) throw new Error("what is live is unloaded");
  if (trial && trial.generation !== live?.number) throw new Error("what does not serve is on trial");
  if (waiting.length > 0 && !swap) throw new Error("swaps wait for nothing");
  if (waiting.length > 0 && swap?.phase === "canary")
    throw new Error("a canary holds up what was asked later");
}

/** Those who hold a generation of a process that is gone are told, unless another process serves it, or will. */
function checkExit({ event, state, effects }: Played): void {
  const expired = effects.filter((effect) => effect.type === "expire");
  if (expired.length !== (event.type === "exited" ? 1 : 0)) throw new Error("an exit is not told once");
  const { live, recovery } = state;
  const goesOn = live && (live.instance !== undefined || recovery) ? live.number : undefined;
  for (const { except } of expired)
    if (except !== goesOn) throw new Error("utterances wait for a process that never comes");
}

/** What the config says beside swaps changes nothing that serves, and nothing that is on its way. */
function checkConfigEvent(played: Played, count: (what: string) => void): void {
  const { before, event, state, effects } = played;
  const { type } = event;
  if (type !== "load-policy-set" && type !== "rejected" && type !== "error-cleared") return;
  const { unloaded, error, ...rest } = state;
  const { unloaded: wasUnloaded, error: was, ...restBefore } = before;
  if (!Bun.deepEquals(rest, restBefore)) throw new Error(`${type} changes more than it may`);
  const done = effects.map((effect) => effect.type).join();
  if (done !== "" && !(type === "rejected" && done === "give-up"))
    throw new Error(`${type} has something done`);
  if (type === "load-policy-set" && error !== was) throw new Error("a load policy changes the error");
  if (type === "rejected" && (error !== event.error || unloaded)) throw new Error("a fault is not told");
  if (type === "error-cleared" && error !== was && error) throw new Error("an error is cleared with another");
  if (unloaded && unloaded !== wasUnloaded) count("waits for its first request");
  if (done) count("given up because it cannot be loaded");
  if (was && !error) count("error cleared");
}

/** There are few enough processes, and none that nobody knows. */
function checkProcesses(state: SlotState, processes: readonly [number, Process][]): void {
  const { live, parked, swap, recovery, draining, removed } = state;
  const running = processes.filter(([, { alive, ofSwap }]) => alive && ofSwap).length;
  if (!removed && running > 2) throw new Error(`${running} processes of different bindings at once`);
  const staying = processes.filter(([, { alive, ended }]) => alive && !ended).length;
  if (!removed && staying > 3) throw new Error(`${staying} processes at once, none of them asked to end`);
  const known = new Set([
    ...[live, parked, swap, recovery].map((one) => one && "instance" in one && one.instance),
    ...draining.keys(),
  ]);
  for (const [instance, { alive, ended }] of processes)
    if (alive && !ended && !known.has(instance)) throw new Error(`instance ${instance} is forgotten`);
}

/** Nobody waits for ever, and no canary gets utterances after its swap. */
function checkPromises(state: SlotState, told: Surroundings): void {
  const { live, swap, recovery, removed, unloaded } = state;
  if ((swap?.phase === "canary") !== told.shared) throw new Error("the share of a canary outlives it");
  const hope = removed || live?.instance !== undefined || swap || recovery || unloaded || !live;
  if (!hope && !told.givenUp) throw new Error("those who wait for an instance are left to wait for ever");
}

function isRouting(effect: SlotEffect): effect is EffectOf<(typeof ROUTING)[number]> {
  return ROUTING.some((type) => type === effect.type);
}
