import { describe, expect, spyOn, test } from "bun:test";
import * as validation from "../../../../core/config/layers/validate.ts";
import { ConfigStore, recallConfig } from "../../../../core/config/mod.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import type { EventBody } from "../../../../core/journal/mod.ts";
import { PLAIN_SLOTS } from "./plain-slots.ts";
import { doc, speaking, storeOf } from "./store-bench.ts";

describe("the config store", () => {
  test("the first document is version 1, and adds every slot", async () => {
    const { store, applied } = storeOf(["file"]);
    expect(store.status()).toEqual({
      version: 0,
      sources: [{ name: "file", state: "waiting", problems: [] }],
    });
    expect(await store.offer("file", { document: {}, origin: "file" })).toMatchObject({
      outcome: "applied",
      version: 1,
    });
    expect(applied[0]?.plan.slots.map(({ action }) => action)).toEqual(["add", "add", "add"]);
    expect(store.status()).toEqual({
      version: 1,
      sources: [{ name: "file", state: "accepted", origin: "file", problems: [] }],
    });
  });

  test("the same document again changes nothing and gives no new version", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", speaking("rms"));
    expect(await store.offer("file", { ...speaking("rms"), origin: "elsewhere" })).toEqual({
      outcome: "unchanged",
      version: 1,
    });
    expect(applied).toHaveLength(1);
    expect(store.status().sources[0]).toMatchObject({ state: "accepted", origin: "elsewhere" });
  });

  test.each([
    [
      "100,000 levels",
      JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
      "nested deeper than 64 levels",
    ],
    [
      "30,000 keys",
      Object.fromEntries(
        Array(30_000)
          .keys()
          .map((i) => [`k${i}`, i]),
      ),
      "more than 20000 values",
    ],
  ])("a document of %s is rejected in words, and the next one applies", async (_, document, why) => {
    const { store } = storeOf(["file"]);
    expect(await store.offer("file", { document, origin: "its.jsonc" })).toEqual({
      outcome: "rejected",
      problems: [{ pointer: "", message: expect.stringContaining(why), origin: "its.jsonc" }],
    });
    expect(store.status().sources[0]).toMatchObject({ state: "rejected", origin: "its.jsonc" });
    expect(await store.offer("file", speaking("rms"))).toMatchObject({ outcome: "applied" });
  });

  test("a document is validated once on its way, and so is a change over the API", async () => {
    const { store } = storeOf(["file"]);
    await store.offer("file", speaking("slt"));
    const validated = spyOn(validation, "validate");
    try {
      await store.offer("file", speaking("rms"));
      expect(validated).toHaveBeenCalledTimes(1);
      await store.change({
        next: () => ({ overrides: { log: { level: "warn" } } }),
        cause: "patch",
        actor: "a",
      });
      expect(validated).toHaveBeenCalledTimes(2);
      expect(store.version).toBe(3);
    } finally {
      validated.mockRestore();
    }
  });

  test("a rejected document leaves the last good one active, and the status says why and where", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", speaking("rms"));
    const outcome = await store.offer("file", {
      document: { speech: { defaultVoce: "rms" } },
      origin: "/etc/syrinx.jsonc",
      places: { "/speech/defaultVoce": [4, 7] },
    });
    const problems = [
      {
        pointer: "/speech/defaultVoce",
        message: 'unknown key "defaultVoce" (did you mean "defaultVoice"?)',
        origin: "/etc/syrinx.jsonc",
        line: 4,
        column: 7,
      },
    ];
    expect(outcome).toEqual({ outcome: "rejected", problems });
    expect(applied).toHaveLength(1);
    expect(store.config?.speech.defaultVoice).toBe("rms");
    expect(store.status()).toEqual({
      version: 1,
      sources: [{ name: "file", state: "rejected", origin: "/etc/syrinx.jsonc", problems }],
    });
    expect(await store.offer("file", speaking("rms"))).toEqual({ outcome: "unchanged", version: 1 });
    expect(store.status().sources[0]).toMatchObject({ state: "accepted", problems: [] });
  });

  test("a document that a source could not read is shown, and the last good one stays", async () => {
    const { store } = storeOf(["file"]);
    await store.offer("file", speaking("rms"));
    await store.offer("file", { problem: "it is gone", origin: "file" });
    expect(store.status().sources[0]).toMatchObject({
      state: "rejected",
      problems: [{ message: "it is gone" }],
    });
    expect(store.config?.speech.defaultVoice).toBe("rms");
  });

  test("documents that need each other in a chain are all accepted, whichever comes last", async () => {
    const { store } = storeOf(["file", "b", "c"]);
    const voice = (name: string) => ({ [name]: { plugin: "tone" } });
    const speech = (alias: string, name: string) => ({ speech: { aliases: { [alias]: name } } });
    await store.offer("file", { document: speech("one", "first"), origin: "file" });
    await store.offer("b", { document: { voices: voice("first"), ...speech("two", "second") }, origin: "b" });
    expect(store.status().sources.map(({ state }) => state)).toEqual(["rejected", "rejected", "waiting"]);
    await store.offer("c", { document: { voices: voice("second") }, origin: "c" });
    expect(store.status().sources.map(({ state }) => state)).toEqual(["accepted", "accepted", "accepted"]);
  });

  test("a config that cannot be applied is rejected with its reason, and can be tried again", async () => {
    const bench = storeOf(["file"]);
    await bench.store.offer("file", speaking("slt"));
    bench.failure = new SyrinxError("probe-failed", "it was silent");
    expect(await bench.store.offer("file", speaking("rms"))).toMatchObject({
      outcome: "rejected",
      problems: [{ pointer: "", message: "Cannot apply the config: it was silent", origin: "file" }],
    });
    expect(bench.store).toMatchObject({ version: 1, config: { speech: { defaultVoice: "slt" } } });
    bench.failure = undefined;
    expect(await bench.store.offer("file", speaking("rms"))).toMatchObject({
      outcome: "applied",
      version: 2,
    });
  });

  test("violations found during the apply have places like those of the schema", async () => {
    const bench = storeOf(["file"]);
    bench.failure = new SyrinxError("settings-invalid", "no", {
      violations: [{ pointer: "/voices/slt/settings/hertz", message: "must be number" }],
    });
    const document = { voices: { slt: { settings: { hertz: "a" } } } };
    expect(
      await bench.store.offer("file", {
        document,
        origin: "f",
        places: { "/voices/slt/settings/hertz": [7, 9] },
      }),
    ).toMatchObject({ problems: [{ message: "must be number", origin: "f", line: 7, column: 9 }] });
  });

  test("of several documents that wait for their turn, the newest wins, and one is applied at a time", async () => {
    const bench = storeOf(["file"]);
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.gate = promise;
    const first = bench.store.offer("file", speaking("slt"));
    const second = bench.store.offer("file", { document: { log: { level: "warn" } }, origin: "file" });
    const third = bench.store.offer("file", speaking("rms"));
    expect(await second).toEqual({ outcome: "superseded" });
    expect(bench.store.status().sources[0]?.state).toBe("waiting");
    resolve();
    expect(await first).toMatchObject({ version: 1 });
    expect(await third).toMatchObject({ version: 2 });
    expect(bench.applied.map(({ config }) => config.speech.defaultVoice)).toEqual(["slt", "rms"]);
    expect(bench.store.status().sources[0]?.state).toBe("accepted");
  });

  test("the status of a document that waits is not overwritten by the outcome of an older one", async () => {
    const bench = storeOf(["file"]);
    const gate = Promise.withResolvers<void>();
    bench.gate = gate.promise;
    bench.failure = new Error("no");
    const first = bench.store.offer("file", speaking("slt"));
    const states: (string | undefined)[] = [];
    void first.then(() => states.push(bench.store.status().sources[0]?.state));
    const second = bench.store.offer("file", speaking("rms"));
    gate.resolve();
    await first;
    await second;
    expect(states).toEqual(["waiting"]);
  });

  test("a later source overrides an earlier one, whichever came first", async () => {
    const { store } = storeOf(["file", "env"]);
    await store.offer("env", speaking("rms", "env"));
    await store.offer("file", { document: { speech: { defaultVoice: "slt", maxQueue: 7 } }, origin: "file" });
    expect(store.config?.speech).toMatchObject({ defaultVoice: "rms", maxQueue: 7 });
  });

  test("a document that needs what another source brings is accepted once that is there", async () => {
    const { store } = storeOf(["file", "env"]);
    expect(await store.offer("file", speaking("amy"))).toMatchObject({ outcome: "rejected" });
    await store.offer("env", { document: { voices: { amy: { plugin: "tone" } } }, origin: "env" });
    expect(store.config?.speech.defaultVoice).toBe("amy");
    expect(store.status().sources.map(({ state }) => state)).toEqual(["accepted", "accepted"]);
  });

  test("a mistake in one source does not block another", async () => {
    const { store } = storeOf(["file", "env"]);
    await store.offer("file", speaking("nobody"));
    expect(await store.offer("env", speaking("rms", "env"))).toMatchObject({
      outcome: "applied",
      version: 1,
    });
  });

  test("without a good document, the engine starts on its defaults, and only once", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", { problem: "broken", origin: "file" });
    expect(store.config).toBeNull();
    expect(await store.start()).toMatchObject({ outcome: "applied", version: 1 });
    expect(await store.start()).toEqual({ outcome: "unchanged", version: 1 });
    expect(applied).toHaveLength(1);
    expect(store.status().sources[0]?.state).toBe("rejected");
  });

  test("the applier may change its copy of the config without changing the active one", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", speaking("rms"));
    const [own] = applied;
    if (own) own.config.speech.defaultVoice = "changed";
    expect(store.config?.speech.defaultVoice).toBe("rms");
    expect(Object.isFrozen(store.config?.voices.slt?.settings)).toBe(true);
    expect(await store.offer("file", speaking("rms"))).toMatchObject({ outcome: "unchanged" });
  });

  test("a document of an unknown source is refused", () => {
    expect(() => storeOf(["file"]).store.offer("nats", speaking("rms"))).toThrow(
      /"nats" because it is not a config source/,
    );
  });

  test("a document that failed is not tried again while a newer one of its source waits", async () => {
    const bench = storeOf(["file", "env"]);
    const { store } = bench;
    await store.offer("file", doc({}, "file"));
    const [first, others] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    bench.gate = first.promise;
    bench.failure = new SyrinxError("slot-failed", "Cannot bring up voices.old");
    const begun = Promise.withResolvers<void>();
    bench.begun = begun.resolve;
    const old = store.offer("env", doc({ voices: { old: { plugin: "tone" } } }, "env"));
    await begun.promise;
    bench.gate = others.promise;
    // Other grants let documents be tried again that could not be applied.
    const granted = store.offer("file", doc({ plugins: { grants: { tone: { read: ["/srv"] } } } }, "file"));
    const next = store.offer("env", doc({ voices: { next: { plugin: "tone" } } }, "env"));
    first.resolve();
    expect(await old).toMatchObject({ outcome: "rejected" });
    bench.failure = undefined;
    others.resolve();
    expect(await granted).toMatchObject({ outcome: "applied", version: 2 });
    expect(await next).toMatchObject({ outcome: "applied", version: 3 });
    const voices = bench.applied.map(({ config }) => Object.keys(config.voices));
    expect(voices).toEqual([
      ["slt", "rms"],
      ["slt", "rms"],
      ["slt", "rms", "next"],
    ]);
  });
});

describe("the events of the config store", () => {
  function told() {
    const events: EventBody[] = [];
    let failing = false;
    const store = new ConfigStore({
      recalled: recallConfig(["file"], {}),
      applier: {
        async apply() {
          if (failing) throw new SyrinxError("internal", "no such luck");
        },
      },
      slots: PLAIN_SLOTS,
      report: (event) => events.push(event),
    });
    return { store, events, fail: () => (failing = true) };
  }

  test("name each config that was applied, and none that changes nothing", async () => {
    const { store, events } = told();
    await store.start();
    await store.offer("file", speaking("rms"));
    await store.offer("file", speaking("rms"));
    expect(events).toEqual([
      { kind: "config", outcome: "applied", version: 1, cause: "start" },
      { kind: "config", outcome: "applied", version: 2, cause: "source", source: "file" },
    ]);
  });

  test("name each rejected document, with every mistake and the version that stays", async () => {
    const { store, events, fail } = told();
    await store.start();
    await store.offer("file", { document: { voises: {}, log: 3 }, origin: "a.jsonc" });
    await store.offer("file", { problem: "is no JSON", origin: "a.jsonc", line: 2 });
    fail();
    await store.offer("file", speaking("rms"));
    expect(events.slice(1)).toMatchObject([
      {
        outcome: "rejected",
        version: 1,
        source: "file",
        problems: [{ pointer: "/voises" }, { pointer: "/log" }],
      },
      { outcome: "rejected", version: 1, problems: [{ message: "is no JSON", line: 2 }] },
      { outcome: "rejected", version: 1, problems: [{ message: "Cannot apply the config: no such luck" }] },
    ]);
    expect(events).toHaveLength(4);
  });
});
