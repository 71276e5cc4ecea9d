import { describe, expect, test } from "bun:test";
import { describeFallback } from "../../../../core/config/mod.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";
import { AT, doc, speaking, storeOn } from "./store-bench.ts";

describe("a config store that is started again", () => {
  /** A store on `kept` that was offered documents and has started. */
  async function startOn(
    kept: ConfigVersion[],
    offers: Record<string, object | "broken">,
    sources = ["file"],
  ) {
    const { store, plans } = storeOn(kept, sources);
    for (const [name, document] of Object.entries(offers))
      await store.offer(
        name,
        document === "broken" ? { problem: "is broken", origin: name } : doc(document, name),
      );
    await store.start();
    store.keepVersions();
    return { store, plans };
  }

  const TONE = { voices: { tone: { plugin: "tone" } } };

  test("with a broken document returns to the last good config, in its version, until there is a good one", async () => {
    const kept: ConfigVersion[] = [];
    const { store: before } = await startOn(kept, { file: TONE });
    await before.offer("file", { document: { ...TONE, ...speaking("tone").document }, origin: "file" });

    const { store, plans } = await startOn(kept, { file: "broken" });
    expect(store.config).toEqual(before.config!);
    expect(plans.map(({ slots }) => slots.map(({ slot, action }) => `${action} ${slot}`))).toEqual([
      ["add voices.slt", "add voices.rms", "add voices.tone", "add sinks.archive"],
    ]);
    expect(store.status()).toEqual({
      version: 2,
      sources: [
        {
          name: "file",
          state: "rejected",
          origin: "file",
          problems: [expect.objectContaining({ message: "is broken" })],
        },
      ],
    });
    expect(describeFallback(store.version, store.lastGood)).toBe(
      `config version 2: the last good one, of ${AT}, until a config source offers a good one`,
    );
    expect(await store.offer("file", { document: TONE, origin: "file" })).toMatchObject({
      outcome: "applied",
      version: 3,
    });
    expect(kept.map(({ number, source }) => [number, source])).toEqual([
      [1, "file"],
      [2, "file"],
      [3, "file"],
    ]);
  });

  test("with a silent source returns to the last good config", async () => {
    const kept: ConfigVersion[] = [];
    const { store: before } = await startOn(kept, { file: TONE });
    const { store } = await startOn(kept, {});
    expect(store.config).toEqual(before.config!);
    expect(store.status()).toMatchObject({ version: 1, sources: [{ state: "waiting" }] });
  });

  test("has the same version for the same config, and the next one for another, also after a rejection in between", async () => {
    const kept: ConfigVersion[] = [];
    await startOn(kept, { file: TONE });
    expect((await startOn(kept, { file: structuredClone(TONE) })).store.version).toBe(1);
    expect((await startOn(kept, { file: "broken" })).store.version).toBe(1);
    expect(kept).toHaveLength(1);
    expect((await startOn(kept, { file: {} })).store.version).toBe(2);
    expect(kept.at(-1)).toMatchObject({ number: 2, layers: [{ document: {} }] });
  });

  test("combines a source's new document with the earlier documents of silent sources", async () => {
    const kept: ConfigVersion[] = [];
    const sources = ["file", "env"];
    const env = { voices: { eve: { plugin: "tone" } } };
    await startOn(kept, { file: TONE, env }, sources);
    const { store } = await startOn(kept, { file: speaking("eve").document, env: "broken" }, sources);
    expect(Object.keys(store.config!.voices).sort()).toEqual(["eve", "rms", "slt"]);
    expect(store.status().sources.map(({ state }) => state)).toEqual(["accepted", "rejected"]);
    // What a source that is gone has said is not brought back.
    const alone = await startOn(kept, { file: "broken" }, ["file"]);
    expect(alone.store.config!.voices.eve).toBeUndefined();
  });

  test("keeps with each version the documents of every source", async () => {
    const kept: ConfigVersion[] = [];
    const { store } = await startOn(kept, {}, ["file", "env"]);
    await store.offer("env", { document: { log: { level: "warn" } }, origin: "environment" });
    await store.offer("file", { document: TONE, origin: "/etc/a", places: { "": [1, 1] } });
    expect(kept).toMatchObject([
      { number: 1, at: AT, cause: "start", outcome: "applied", layers: [] },
      {
        number: 2,
        at: AT,
        cause: "source",
        source: "env",
        patch: [{ op: "replace", path: "/log/level", value: "warn" }],
        outcome: "applied",
        layers: [{ source: "env", origin: "environment", document: { log: { level: "warn" } } }],
      },
      {
        number: 3,
        at: AT,
        source: "file",
        patch: [{ op: "add", path: "/voices/tone" }],
        outcome: "applied",
        layers: [
          { source: "file", origin: "/etc/a", document: TONE },
          { source: "env", origin: "environment", document: { log: { level: "warn" } } },
        ],
      },
    ]);
  });

  test("whose last good config no longer fits the engine has the defaults, says why, and continues the numbers", async () => {
    const kept: ConfigVersion[] = [
      {
        number: 7,
        at: AT,
        outcome: "applied",
        layers: [{ source: "file", origin: "file", document: { voises: {} } }],
      },
    ];
    const { store } = await startOn(kept, { file: "broken" });
    expect(store.version).toBe(8);
    expect(Object.keys(store.config!.voices)).toEqual(["slt", "rms"]);
    expect(describeFallback(store.version, store.lastGood)).toBe(
      `config version 8: the defaults, until a config source offers a good one; version 7, of ${AT}, does not fit this engine:\n` +
        '  /voises unknown key "voises" (did you mean "voices"?)',
    );
  });

  test("writes no config if the start fails", async () => {
    const kept: ConfigVersion[] = [];
    const { store } = storeOn(kept);
    await store.offer("file", { document: TONE, origin: "file" });
    expect(kept).toEqual([]);
    store.keepVersions();
    expect(kept).toHaveLength(1);
  });
});
