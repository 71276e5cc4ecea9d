import { expect, test } from "bun:test";
import { Refusals } from "../../../../../core/instances/egress/refusals.ts";
import type { EventBody } from "../../../../../core/journal/mod.ts";
import { HandClock } from "../../../../support/hand-clock.ts";
import { silentLog } from "../../../../support/silent-log.ts";

function begin() {
  const clock = new HandClock();
  const told: EventBody[] = [];
  const refusals = new Refusals({ clock, log: silentLog(), report: (event) => void told.push(event) });
  return { clock, told, refusals };
}

test("the same refusal is told once a minute, with how many were left out", () => {
  const { clock, told, refusals } = begin();
  for (let i = 0; i < 5; i++) refusals.tell("voices.a", "a.org:443", "no");
  expect(told).toEqual([{ kind: "refusal", slot: "voices.a", target: "a.org:443", reason: "no", untold: 0 }]);
  clock.pass(60_000);
  refusals.tell("voices.a", "a.org:443", "no");
  expect(told[1]).toMatchObject({ untold: 4 });
});

test("a plugin that asks for ever other hosts is told of twenty times a minute, and hides no other plugin", () => {
  const { told, refusals } = begin();
  for (let i = 0; i < 1_000; i++) refusals.tell("voices.a", `${i}.org:443`, "no");
  expect(told.length).toBe(20);
  refusals.tell("voices.b", "a.org:443", "no");
  expect(told.length).toBe(21);
});
