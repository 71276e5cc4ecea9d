import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import {
  handOver,
  keepState,
  MAX_STATE_BYTES,
  type StateGiver,
  type StateTaker,
} from "../../../../core/instances/hand-over.ts";
import { pluginRelease } from "../releases/releases.ts";

/** An instance of a plugin that has a state and notes what it is handed. */
class Holder implements StateGiver, StateTaker {
  readonly binding: StateGiver["binding"];
  readonly taken: unknown[] = [];

  constructor(
    readonly version: string,
    private readonly state: unknown = null,
    private readonly refusal?: Error,
    name = "beep",
  ) {
    this.binding = { plugin: pluginRelease({ name, version }) };
  }

  async snapshot(): Promise<unknown> {
    if (this.state instanceof Error) throw this.state;
    return this.state;
  }

  async restore(state: unknown, from: string): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.taken.push(state, from);
  }
}

describe("the state of the old version", () => {
  test("is handed to the new one, and the size is told", async () => {
    const next = new Holder("2.0.0");
    const state = { words: "é".repeat(600) };
    expect(await handOver(new Holder("1.0.0", state), next, true)).toBe("1,212 bytes from beep@1.0.0");
    expect(next.taken).toEqual([state, "beep@1.0.0"]);
  });

  test.each([
    ["nothing serves", undefined, "nothing to hand over"],
    ["it has none", new Holder("1.0.0"), "nothing to hand over"],
    [
      "it is that of another plugin",
      new Holder("1.0.0", { a: 1 }, undefined, "boop"),
      "nothing to hand over: boop@1.0.0 is another plugin",
    ],
    [
      "it cannot give it",
      new Holder("1.0.0", new SyrinxError("plugin-timeout", "The plugin did not answer")),
      "nothing handed over: beep@1.0.0 gave no state: The plugin did not answer",
    ],
    [
      "it is too large",
      new Holder("1.0.0", "x".repeat(MAX_STATE_BYTES - 1)),
      "nothing handed over: the state of beep@1.0.0 has 1,048,577 bytes, and the most are 1,048,576",
    ],
  ])("never stops the new version: %s", async (_, from, detail) => {
    const next = new Holder("2.0.0");
    expect(await handOver(from, next, true)).toBe(detail);
    expect(next.taken).toEqual([]);
  });

  test("of the largest size is handed over", async () => {
    const next = new Holder("2.0.0");
    await handOver(new Holder("1.0.0", "x".repeat(MAX_STATE_BYTES - 2)), next, true);
    expect(next.taken.length).toBe(2);
  });

  test("that is refused fails with both releases and the reason", async () => {
    const refusing = new Holder("2.0.0", null, new SyrinxError("plugin-failed", "what is this?"));
    await expect(handOver(new Holder("1.0.0", 7), refusing, true)).rejects.toMatchObject({
      code: "state-refused",
      message: "Cannot hand the state of beep@1.0.0 to beep@2.0.0 because that refuses it: what is this?",
    });
  });

  test("is not called refused where the new version died or was late", async () => {
    const late = new SyrinxError("plugin-timeout", "too late");
    await expect(handOver(new Holder("1.0.0", 7), new Holder("2.0.0", null, late), true)).rejects.toBe(late);
  });

  test("that is refused keeps nobody out who need not take it, and it is told", async () => {
    const refusing = new Holder("0.9.0", null, new SyrinxError("plugin-failed", "too new for me"));
    expect(await handOver(new Holder("1.0.0", 7), refusing, false)).toBe(
      "nothing handed over: beep@0.9.0 refuses the state of beep@1.0.0: too new for me",
    );
  });

  test("can be kept, and is handed over when its holder is long gone", async () => {
    const next = new Holder("2.0.0");
    expect(await handOver(await keepState(new Holder("1.0.0", { a: 1 })), next, true)).toBe(
      "7 bytes from beep@1.0.0",
    );
    expect(next.taken).toEqual([{ a: 1 }, "beep@1.0.0"]);
  });

  test("that could not be kept is told like one that could not be given", async () => {
    const broken = new Holder("1.0.0", new SyrinxError("plugin-failed", "no"));
    expect(await handOver(await keepState(broken), new Holder("2.0.0"), true)).toBe(
      "nothing handed over: beep@1.0.0 gave no state: no",
    );
  });
});
