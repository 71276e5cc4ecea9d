import { expect, test } from "bun:test";
import fc from "fast-check";
import { World } from "./slot-world.ts";

/**
 * The long form plays a million steps: SYRINX_LAW_STEPS=1000000 bun test
 * tests/unit/core/slots/lifecycle/lifecycle-laws.test.ts
 */
const STEPS = Number(process.env.SYRINX_LAW_STEPS ?? 200_000);
const RUNS_AT_ONCE = 200;
const LONG_MS = 1_800_000;

/** Plays it until nothing can happen any more, and checks what must hold then. */
function comeToRest(world: World, list: readonly number[]): void {
  for (let turn = 0; world.play(list[turn % list.length] ?? 0, true); turn++)
    if (turn > 10_000) throw new Error("it never comes to rest");
  const { state, transitions } = world;
  const { begun } = transitions;
  expect(state.swap).toBeUndefined();
  expect(state.waiting).toEqual([]);
  expect(state.recovery).toBeUndefined();
  expect(state.parked).toBeUndefined();
  expect([...transitions.stages.keys()].filter((id) => !transitions.finished.has(id))).toEqual([]);
  expect(begun).toEqual(world.requested.filter((id) => begun.includes(id)));
  expect(world.alive).toEqual(state.live?.instance === undefined ? [] : [state.live.instance]);
  if (!state.live?.instance && !state.unloaded && world.requested.length > 0)
    expect(world.givenUp).toBe(true);
}

test(
  `whatever happens in whatever order, for ${STEPS} steps, what the README of lifecycle promises holds`,
  () => {
    const seen = new Map<string, number>();
    let steps = 0;
    const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 20, maxLength: 220, size: "max" });
    const lives = fc.property(choices, (list) => {
      const world = new World();
      for (const choice of list) world.play(choice, false);
      comeToRest(world, list);
      steps += world.steps;
      for (const [what, times] of world.seen) seen.set(what, (seen.get(what) ?? 0) + times);
    });
    // A failure prints its seed, with which it can be played again.
    while (steps < STEPS) fc.assert(lives, { numRuns: RUNS_AT_ONCE, includeErrorInReport: true });

    // What never happens proves nothing.
    for (const what of [
      "routed",
      "canary",
      "rolled-back",
      "rolled back after it was done",
      "rolled back by overtaken",
      "rolled back by max-wait",
      "overtaken before its turn",
      "goes first",
      "unloaded first",
      "parked",
      "in place",
      "promoted",
      "recovered",
      "waits for its first request",
      "given up because it cannot be loaded",
      "error cleared",
      "done",
      "failed",
    ])
      expect([what, seen.has(what)]).toEqual([what, true]);
  },
  LONG_MS,
);
