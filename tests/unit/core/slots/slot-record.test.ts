import { describe, expect, test } from "bun:test";
import { MAX_STATE_BYTES, type StateGiver } from "../../../../core/instances/hand-over.ts";
import type { Binding } from "../../../../core/releases/binding.ts";
import { recordedState, recordSlot } from "../../../../core/slots/slot-record.ts";
import { pluginRelease } from "../releases/releases.ts";

const running: Binding = {
  plugin: pluginRelease({ name: "beep", version: "1.2.0" }),
  model: undefined,
  device: "cpu",
  settings: { hertz: 3 },
};
const binding = { plugin: "beep@1.2.0", settings: { hertz: 3 }, device: "cpu" };

const giver = (snapshot: () => Promise<unknown>): StateGiver => ({ binding: running, snapshot });

describe("the record of a slot", () => {
  test("has what fills it and what that knows", async () => {
    expect(
      await recordSlot(
        "voices.a",
        running,
        giver(async () => ({ spoken: 1 })),
      ),
    ).toEqual({
      slot: "voices.a",
      binding,
      state: { spoken: 1 },
    });
  });

  test("of one that knows nothing has no state, and of an empty one no binding", async () => {
    expect(
      await recordSlot(
        "voices.a",
        running,
        giver(async () => null),
      ),
    ).toEqual({ slot: "voices.a", binding });
    expect(await recordSlot("voices.a", running, undefined)).toEqual({ slot: "voices.a", binding });
    expect(await recordSlot("voices.a", undefined, undefined)).toEqual({ slot: "voices.a", binding: null });
  });

  test("says why there is no state of a plugin that fails to give it, or has too much", async () => {
    const fails = giver(() => Promise.reject(new Error("not now")));
    expect(await recordSlot("voices.a", running, fails)).toEqual({
      slot: "voices.a",
      binding,
      problem: "it gave no state: not now",
    });
    const { state, problem } = await recordSlot(
      "voices.a",
      running,
      giver(async () => "x".repeat(MAX_STATE_BYTES)),
    );
    expect([state, problem]).toEqual([undefined, expect.stringContaining("1048578 bytes")]);
  });

  test("gives its state in the name of the release that had it", async () => {
    const given = recordedState(binding, { spoken: 1 });
    expect(given?.binding.plugin).toEqual({ name: "beep", version: "1.2.0" });
    expect(await given?.snapshot()).toEqual({ spoken: 1 });
    expect(recordedState(binding, undefined)).toBeUndefined();
  });
});
