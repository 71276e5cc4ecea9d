import { describe, expect, test } from "bun:test";
import { type ChosenBinding, ChosenBindings } from "../../../../core/config/mod.ts";
import { settled } from "../../../support/settled.ts";
import { type Bench, benchOf, tones } from "./control-bench.ts";

function choice(
  slot: string,
  wanted: ChosenBinding["wanted"],
  more: Partial<ChosenBinding> = {},
): ChosenBinding {
  return {
    slot,
    wanted,
    actor: "ann",
    reason: "it sounds better",
    isCurrent: () => true,
    isMetBy: (other) => Bun.deepEquals({ device: "auto", ...wanted }, { device: "auto", ...other }),
    ...more,
  };
}

const tone = (hertz: number) => ({ plugin: "tone", device: "auto", settings: { hertz } });
const keep = (bench: Bench, one: ChosenBinding) => new ChosenBindings(bench).keep(one);

describe("a binding that was chosen", () => {
  test("becomes an override of what differs alone, in a version with its actor and reason", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    const chosen = { ...tone(300), device: "cpu" };
    expect(await keep(bench, choice("voices.a", chosen))).toEqual({ state: "saved", version: 2 });
    expect(bench.control.view().overrides).toEqual({
      voices: { a: { device: "cpu", settings: { hertz: 300 } } },
    });
    expect(bench.store.config?.voices.a).toMatchObject(chosen);
    expect(bench.history.version(2)).toMatchObject({
      cause: "swap",
      actor: "ann",
      reason: "it sounds better",
    });
  });

  test("removes keys that the binding in the config had", async () => {
    const bench = await benchOf(
      tones({ a: 100 }, { sinks: { box: { plugin: "archive", settings: { x: 1 } } } }),
    );
    await keep(bench, choice("sinks.box", { plugin: "archive", settings: { y: 2 }, device: "auto" }));
    expect(bench.store.config?.sinks.box).toMatchObject({ plugin: "archive", settings: { y: 2 } });
    expect(bench.control.view().overrides).toEqual({ sinks: { box: { settings: { x: null, y: 2 } } } });
  });

  test("of what the sources say takes its override away, and leaves others of the slot", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    await bench.patch({ voices: { a: { idleUnloadMs: 5 } }, speech: { maxQueue: 9 } });
    await keep(bench, choice("voices.a", tone(300)));
    await keep(bench, choice("voices.a", tone(100)));
    expect(bench.control.view().overrides).toEqual({
      voices: { a: { idleUnloadMs: 5 } },
      speech: { maxQueue: 9 },
    });
    expect(bench.store.version).toBe(4);
  });

  test("under a pin changes the pinned document, and the overrides for the time after the unpin", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 9 } });
    await bench.rollback(1);
    await keep(bench, choice("voices.a", tone(300)));
    expect(bench.store.config?.voices.a?.settings).toEqual({ hertz: 300 });
    expect(bench.store.apiChanges.pinned?.document.voices.a?.settings).toEqual({ hertz: 300 });
    const view = await bench.unpin();
    expect(view.document).toMatchObject({
      voices: { a: { settings: { hertz: 300 } } },
      speech: { maxQueue: 9 },
    });
  });

  test("is not saved when its turn comes too late, or the config has no such slot; nothing changes then", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    const late = choice("voices.a", tone(300), { isCurrent: () => false });
    expect(await keep(bench, late)).toMatchObject({
      state: "not-saved",
      message: expect.stringContaining("came before"),
    });
    expect(await keep(bench, choice("voices.x", tone(300)))).toMatchObject({
      state: "not-saved",
      message: "The config has no voices.x any more",
    });
    expect(bench.store.version).toBe(1);
  });

  test("waits while a change waits to be confirmed, and is saved when that was confirmed or undone", async () => {
    for (const settle of [
      (bench: Bench) => bench.control.confirm(),
      (bench: Bench) => bench.clock.pass(60_000),
    ]) {
      const bench = await benchOf(tones({ a: 100 }));
      await bench.patch({ speech: { maxQueue: 9 } }, 60_000);
      const kept = keep(bench, choice("voices.a", tone(300)));
      await settled();
      expect(bench.store.config?.voices.a?.settings).toEqual({ hertz: 100 });
      await settle(bench);
      expect(await kept).toMatchObject({ state: "saved" });
      expect(bench.store.config?.voices.a?.settings).toEqual({ hertz: 300 });
    }
  });

  test("by nobody is a change of the engine's own", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await keep(bench, choice("voices.a", tone(300), { actor: undefined }));
    expect(bench.history.version(2)).toMatchObject({ actor: "engine" });
  });
});
