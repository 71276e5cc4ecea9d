import { describe, expect, test } from "bun:test";
import type { ConfigStore, FullConfig } from "../../../../core/config/mod.ts";
import type { RequestedChange } from "../../../../core/config/outcome.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";
import { benchOf, tones } from "./control-bench.ts";
import { doc, storeOf, storeOn } from "./store-bench.ts";

describe("a config that names its sources", () => {
  const http = (url: string, more: object = {}) => ({ plugin: "http", settings: { url }, ...more });
  const FILE = { sources: { env: { plugin: "env" }, central: http("http://a/") } };
  const voiced = (voice: string) => ({ speech: { defaultVoice: voice } });

  async function begun() {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", doc(FILE, "file"));
    return { store, applied };
  }

  test("lets a later source go before an earlier one, in the order in which they are written", async () => {
    const { store, applied } = await begun();
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "env", "central"]);
    expect(applied[0]?.plan.sources).toMatchObject([
      { slot: "sources.file", action: "add" },
      { slot: "sources.env", action: "add", after: { plugin: "env", settings: {}, force: false } },
      { slot: "sources.central", action: "add" },
    ]);
    await store.offer("central", doc(voiced("rms"), "central"));
    await store.offer("env", doc(voiced("slt"), "env"));
    expect(store.config?.speech.defaultVoice).toBe("rms");
    const { central, env } = FILE.sources;
    expect(await store.offer("file", doc({ sources: { central, env } }, "file"))).toMatchObject({
      outcome: "applied",
      plan: { sections: expect.arrayContaining(["sources"]) },
    });
    expect(store.config?.speech.defaultVoice).toBe("slt");
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "central", "env"]);
  });

  test("loses a source's document once the source is no longer named", async () => {
    const { store, applied } = await begun();
    await store.offer("central", doc(voiced("rms"), "central"));
    await store.offer("file", doc({}, "file"));
    expect(store.config?.speech.defaultVoice).toBe("slt");
    expect(applied.at(-1)?.plan.sources.slice(1)).toMatchObject([
      { slot: "sources.env", action: "remove" },
      { slot: "sources.central", action: "remove" },
    ]);
    expect(() => store.offer("central", doc({}, "central"))).toThrow("it is not a config source");
  });

  test("rejects a document that would remove its own source", async () => {
    const { store } = await begun();
    const attempts = { central: { sources: { central: null } }, env: { sources: { env: null } } };
    for (const [name, document] of Object.entries(attempts)) {
      const before = store.version;
      expect(await store.offer(name, doc(document, name))).toMatchObject({
        outcome: "rejected",
        problems: [{ message: expect.stringContaining("cannot remove its own entry"), origin: name }],
      });
      expect(store.version).toBe(before);
      expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "env", "central"]);
    }
  });

  test("lets a source remove another one", async () => {
    const { store } = await begun();
    expect(await store.offer("central", doc({ sources: { env: null } }, "central"))).toMatchObject({
      outcome: "applied",
    });
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "central"]);
  });

  test("rejects a document that changes its own source without force", async () => {
    const { store } = await begun();
    const moved = (more: object) => doc({ sources: { central: http("http://b/", more) } }, "central");
    expect(await store.offer("central", moved({}))).toMatchObject({
      outcome: "rejected",
      problems: [{ pointer: "/sources/central", message: expect.stringContaining('"force": true') }],
    });
    expect(await store.offer("env", doc({ sources: { central: http("http://c/") } }, "env"))).toMatchObject({
      outcome: "applied",
    });
    expect(await store.offer("central", moved({ force: true }))).toMatchObject({ outcome: "applied" });
    expect(store.config?.sources.central?.settings).toEqual({ url: "http://b/" });
    // By force once, it may go back on it as well.
    expect(await store.offer("central", doc({}, "central"))).toMatchObject({ outcome: "applied" });
  });

  test("rejects a document that would leave no list of sources", async () => {
    const { store } = storeOf(["file"]);
    const env = { plugin: "env" };
    await store.offer("file", doc({ sources: { x: env, z: env } }, "file"));
    await store.offer("x", doc({ sources: { y: null } }, "x"));
    await store.offer("z", doc({ sources: { y: env } }, "z"));
    await store.offer("y", doc({ sources: { x: env } }, "y"));
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "x", "z", "y"]);
    // Then y alone names x, which is above it and takes y away.
    expect(await store.offer("file", doc({ sources: { z: env } }, "file"))).toMatchObject({
      outcome: "rejected",
      problems: [
        {
          pointer: "/sources",
          message: expect.stringContaining("would add and remove each other without end"),
        },
      ],
    });
  });

  const asked = (next: RequestedChange["next"], more: object = {}): RequestedChange => ({
    next,
    cause: "patch",
    actor: "ops",
    ...more,
  });
  const names = (store: ConfigStore) => store.status().sources.map(({ name }) => name);

  test("lets overrides go before all sources, also those named later, and name sources", async () => {
    const { store } = await begun();
    await store.change(asked(() => ({ overrides: voiced("rms") })));
    await store.offer("central", doc(voiced("slt"), "central"));
    expect(store.config?.speech.defaultVoice).toBe("rms");
    const more = { ...voiced("rms"), sources: { env: null, last: { plugin: "env" } } };
    await store.change(asked(() => ({ overrides: more })));
    expect(names(store)).toEqual(["file", "central", "last"]);
    await store.offer("last", doc({ speech: { maxQueue: 3, defaultVoice: "slt" } }, "last"));
    expect(store.config?.speech).toMatchObject({ maxQueue: 3, defaultVoice: "rms" });
    await store.change(asked(() => ({})));
    expect(names(store)).toEqual(["file", "env", "central"]);
    expect(store.config?.speech.defaultVoice).toBe("slt");
  });

  test("runs the sources of a pinned config, and keeps the documents of all others until the unpin", async () => {
    const { store, applied } = await begun();
    await store.offer("central", doc(voiced("rms"), "central"));
    const document = structuredClone(applied[0]!.config);
    const alone = { ...document, sources: { file: document.sources.file! } };
    const pin = { at: "2026-01-01T00:00:00.000Z", actor: "ops", version: 1 };
    await store.change(asked(() => ({ pinned: { pin, document: alone } })));
    expect(names(store)).toEqual(["file"]);
    const more = { sources: { ...FILE.sources, last: { plugin: "env" } } };
    expect(await store.offer("file", doc(more, "file"))).toMatchObject({ outcome: "held" });
    expect(names(store)).toEqual(["file"]);
    expect(store.config?.speech.defaultVoice).toBe("slt");
    await store.change(asked(() => ({})));
    expect(names(store)).toEqual(["file", "env", "central", "last"]);
    expect(store.config?.speech.defaultVoice).toBe("rms");
  });

  test("holds the document of a source that only the pinned config has, and forgets it with the unpin", async () => {
    const { store } = await begun();
    const document = structuredClone(store.config!) as FullConfig;
    const pin = { at: "2026-01-01T00:00:00.000Z", actor: "ops", version: 1 };
    await store.offer("file", doc({}, "file"));
    await store.change(asked(() => ({ pinned: { pin, document } })));
    expect(names(store)).toEqual(["file", "env", "central"]);
    expect(await store.offer("central", doc(voiced("rms"), "central"))).toMatchObject({ outcome: "held" });
    await store.change(asked(() => ({})));
    expect(names(store)).toEqual(["file"]);
    expect(store.config?.speech.defaultVoice).toBe("slt");
  });

  test("has its earlier sources if it cannot be applied", async () => {
    const bench = storeOf(["file"]);
    const { store } = bench;
    await store.offer("file", doc({ sources: { env: FILE.sources.env } }, "file"));
    bench.failure = new Error("no room");
    expect(await store.offer("file", doc(FILE, "file"))).toMatchObject({ outcome: "rejected" });
    expect(names(store)).toEqual(["file", "env"]);
    expect(() => store.offer("central", doc({}, "central"))).toThrow("it is not a config source");
  });

  test("returns with all its sources and their documents at the next start", async () => {
    const kept: ConfigVersion[] = [];
    const start = () => storeOn(kept).store;
    const first = start();
    await first.offer("file", doc(FILE, "file"));
    await first.offer("central", doc(voiced("rms"), "central"));
    first.keepVersions();

    const second = start();
    expect(second.status().sources.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "file waiting",
      "env waiting",
      "central waiting",
    ]);
    expect(second.lastGood?.config?.sources.central?.settings).toEqual({ url: "http://a/" });
    await second.offer("file", doc(FILE, "file"));
    expect(second.config?.speech.defaultVoice).toBe("rms");
    expect(second.version).toBe(first.version);
  });
});

describe("a value of a source that an override replaces", () => {
  test("is named in the status of the source, and in the outcome of the document that brings it", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    await bench.patch({ voices: { a: { settings: { hertz: 300 } } }, speech: { maxQueue: 9 } });
    expect(bench.store.status().sources[0]?.overridden).toEqual(["/voices/a/settings/hertz"]);
    const edited = tones({ a: 150, b: 250 });
    expect(await bench.says(edited)).toMatchObject({
      outcome: "applied",
      overridden: ["/voices/a/settings/hertz"],
    });
    // It is no news with the next document.
    expect(await bench.says(tones({ a: 150, b: 260 }))).not.toHaveProperty("overridden");
    await bench.drop("/voices/a/settings/hertz");
    expect(bench.store.status().sources[0]).not.toHaveProperty("overridden");
  });
});
