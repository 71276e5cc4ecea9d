import { expect, test } from "bun:test";
import { IdleWatch } from "../../../../core/slots/idle-watch.ts";
import { HandClock } from "../../../support/hand-clock.ts";

function watched() {
  const clock = new HandClock();
  const idle: number[] = [];
  const watch = new IdleWatch(clock, () => idle.push(clock.now()));
  return { clock, idle, watch };
}

test("what is not used for so long is idle, from its last use on", () => {
  const { clock, idle, watch } = watched();
  watch.configure(1_000);
  clock.pass(900);
  watch.used();
  clock.pass(999);
  expect(idle).toEqual([]);
  clock.pass(1);
  expect(idle).toEqual([1_900]);
  expect(watch.lastUsedAt).toBe(900);
});

test("what could not be freed is told of again", () => {
  const { clock, idle, watch } = watched();
  watch.configure(1_000);
  clock.pass(3_500);
  expect(idle).toEqual([1_000, 2_000, 3_000]);
});

test("a longer or shorter time is taken over at once, and none is for ever", () => {
  const { clock, idle, watch } = watched();
  watch.configure(10_000);
  clock.pass(5_000);
  watch.configure(6_000);
  clock.pass(1_000);
  expect(idle).toEqual([6_000]);
  watch.configure(0);
  clock.pass(60_000);
  expect(idle).toEqual([6_000]);
  expect(clock.timers).toBe(0);
});
