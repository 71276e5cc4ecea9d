import { describe, expect, test } from "bun:test";
import { bindingOf } from "../../releases/releases.ts";
import { type Driver, serving } from "./slot-driver.ts";

describe("a change of the config", () => {
  /** @returns a slot with a swap under way, and three requests that wait for their turn */
  function busy(): Driver {
    const slot = serving();
    slot.request("b");
    slot.request("c");
    slot.unload("u");
    slot.load("r", bindingOf("first"), { reason: "reload" });
    return slot;
  }

  test("ends what waits, which was asked before it, and has its turn after the swap that is under way", () => {
    const slot = busy();
    expect(slot.load("d", bindingOf("d"), { reason: "config", turn: "overtaking" })).toEqual([
      "d planned",
      "c failed",
      "c finished: swap-overtaken",
      "u failed",
      "u finished: swap-overtaken",
      "r failed",
      "r finished: swap-overtaken",
    ]);
    expect(slot.state.error).toBeUndefined();
    slot.advance(2, 4);
    slot.drained(1);
    expect(slot.die(1)).toEqual(["b done", "b finished", "d starting", "start 3"]);
    expect(slot.advance(3, 4)).toContain("route 3 as 3");
  });

  test("is named in the records of those that it ends", () => {
    const slot = busy();
    slot.load("d", bindingOf("d"), { reason: "config", turn: "overtaking" });
    const finished = slot.effects.filter((effect) => effect.type === "finish");
    expect(finished.map(({ error }) => error?.message)).toEqual(
      Array(3).fill("It was overtaken before its turn by a change of the config (swap d)"),
    );
    const ended = slot.effects.find((effect) => effect.type === "record" && effect.stage === "failed");
    expect(ended).toMatchObject({
      detail: "It was overtaken before its turn by a change of the config (swap d)",
    });
  });

  test("does not end another one that waits, nor a restore: they have their turns in order", () => {
    const slot = busy();
    slot.load("d", bindingOf("d"), { reason: "config", turn: "overtaking" });
    slot.request("e");
    expect(slot.load("f", bindingOf("f"), { turn: "overtaking" })).toEqual([
      "f planned",
      "e failed",
      "e finished: swap-overtaken",
    ]);
    expect(slot.state.waiting.map(({ id }) => id)).toEqual(["d", "f"]);
  });

  test("is waited for by what is asked after it", () => {
    const slot = busy();
    slot.load("d", bindingOf("d"), { reason: "config", turn: "overtaking" });
    expect(slot.request("e")).toEqual(["e planned"]);
    expect(slot.state.waiting.map(({ id }) => id)).toEqual(["d", "e"]);
  });

  test("that has failed elsewhere goes back first: what waits was asked after it, and keeps its turn", () => {
    const slot = serving();
    slot.request("b");
    slot.request("c");
    expect(slot.load("back", bindingOf("first"), { reason: "rollback", turn: "first" })).toEqual([
      "back planned",
    ]);
    expect(slot.state.waiting.map(({ id }) => id)).toEqual(["back", "c"]);
  });
});

test("a restore ends what waits in the same way, and is named as one", () => {
  const slot = serving();
  slot.request("b");
  slot.request("c");
  slot.unload("u", "unload", "overtaking");
  expect(slot.effects.findLast((effect) => effect.type === "finish")).toMatchObject({
    id: "c",
    error: { message: "It was overtaken before its turn by the restore of a snapshot (swap u)" },
  });
});
