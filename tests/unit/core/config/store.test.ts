import { describe, expect, spyOn, test } from "bun:test";
import {
  type ConfigPlan,
  ConfigStore,
  describeFallback,
  type FullConfig,
} from "../../../../core/config/mod.ts";
import type { RequestedChange } from "../../../../core/config/outcome.ts";
import * as validation from "../../../../core/config/layers/validate.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import type { EventBody } from "../../../../core/journal/mod.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";

/** A store whose applies are recorded and, with `hold`, wait for their release. */
function storeOf(sources: string[]) {
  const applied: { plan: ConfigPlan; config: FullConfig }[] = [];
  let running = 0;
  const bench = {
    applied,
    gate: Promise.resolve() as Promise<unknown>,
    failure: undefined as Error | undefined,
    store: new ConfigStore({
      sources,
      async apply(plan, config) {
        expect(++running).toBe(1);
        await bench.gate;
        running--;
        if (bench.failure) throw bench.failure;
        applied.push({ plan, config });
      },
    }),
  };
  return bench;
}

const speaking = (defaultVoice: string, origin = "file") => ({
  document: { speech: { defaultVoice } },
  origin,
});

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

  test("a rejected document leaves the last good one, and the status says why and where", async () => {
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

  test("documents that need each other in a chain are all taken, whichever comes last", async () => {
    const { store } = storeOf(["file", "b", "c"]);
    const voice = (name: string) => ({ [name]: { plugin: "tone" } });
    const speech = (alias: string, name: string) => ({ speech: { aliases: { [alias]: name } } });
    await store.offer("file", { document: speech("one", "first"), origin: "file" });
    await store.offer("b", { document: { voices: voice("first"), ...speech("two", "second") }, origin: "b" });
    expect(store.status().sources.map(({ state }) => state)).toEqual(["rejected", "rejected", "waiting"]);
    await store.offer("c", { document: { voices: voice("second") }, origin: "c" });
    expect(store.status().sources.map(({ state }) => state)).toEqual(["accepted", "accepted", "accepted"]);
  });

  test("what cannot be applied is rejected with its reason, and can be tried again", async () => {
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

  test("violations that applying finds are placed like those of the schema", async () => {
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

  test("a later source is laid over an earlier one, whichever spoke first", async () => {
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

  test("one source's mistake does not hold up another", async () => {
    const { store } = storeOf(["file", "env"]);
    await store.offer("file", speaking("nobody"));
    expect(await store.offer("env", speaking("rms", "env"))).toMatchObject({
      outcome: "applied",
      version: 1,
    });
  });

  test("with no good document at first, the engine starts on its defaults, and only once", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", { problem: "broken", origin: "file" });
    expect(store.config).toBeNull();
    expect(await store.start()).toMatchObject({ outcome: "applied", version: 1 });
    expect(await store.start()).toEqual({ outcome: "unchanged", version: 1 });
    expect(applied).toHaveLength(1);
    expect(store.status().sources[0]?.state).toBe("rejected");
  });

  test("what was handed to apply may be changed without changing the config in force", async () => {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", speaking("rms"));
    const [own] = applied;
    if (own) own.config.speech.defaultVoice = "changed";
    expect(store.config?.speech.defaultVoice).toBe("rms");
    expect(Object.isFrozen(store.config?.voices.slt?.settings)).toBe(true);
    expect(await store.offer("file", speaking("rms"))).toMatchObject({ outcome: "unchanged" });
  });

  test("a source that the store was not made with is refused", () => {
    expect(() => storeOf(["file"]).store.offer("nats", speaking("rms"))).toThrow(
      /"nats" as it is no config source/,
    );
  });
});

describe("the config store tells", () => {
  function told() {
    const events: EventBody[] = [];
    let failing = false;
    const store = new ConfigStore({
      sources: ["file"],
      apply: async () => {
        if (failing) throw new SyrinxError("internal", "no such luck");
      },
      report: (event) => events.push(event),
    });
    return { store, events, fail: () => (failing = true) };
  }

  test("of a config once it is in force, and not of one that changes nothing", async () => {
    const { store, events } = told();
    await store.start();
    await store.offer("file", speaking("rms"));
    await store.offer("file", speaking("rms"));
    expect(events).toEqual([
      { kind: "config", outcome: "applied", version: 1, cause: "start" },
      { kind: "config", outcome: "applied", version: 2, cause: "source", source: "file" },
    ]);
  });

  test("of a document that was rejected, with every mistake and the version that stays", async () => {
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

describe("a config store that is started again", () => {
  const AT = "2026-01-01T00:00:00.000Z";

  /** A store that goes on where those before it on the same `kept` ended. */
  async function startOn(
    kept: ConfigVersion[],
    offers: Record<string, object | "broken">,
    sources = ["file"],
  ) {
    const plans: ConfigPlan[] = [];
    const store = new ConfigStore({
      sources,
      apply: async (plan) => {
        plans.push(plan);
      },
      versions: {
        newest: () => kept.at(-1),
        write: (version) => kept.push({ ...version, at: AT }),
        reject: () => {},
      },
    });
    for (const [name, document] of Object.entries(offers))
      await store.offer(
        name,
        document === "broken"
          ? { problem: "is broken", origin: name }
          : { document: document as Record<string, unknown>, origin: name },
      );
    await store.start();
    store.keepVersions();
    return { store, plans };
  }

  const TONE = { voices: { tone: { plugin: "tone" } } };

  test("on a broken document comes back to the last good config, in its version, until there is a good one", async () => {
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

  test("whose source says nothing comes back to the last good config", async () => {
    const kept: ConfigVersion[] = [];
    const { store: before } = await startOn(kept, { file: TONE });
    const { store } = await startOn(kept, {});
    expect(store.config).toEqual(before.config!);
    expect(store.status()).toMatchObject({ version: 1, sources: [{ state: "waiting" }] });
  });

  test("on the same config has the same version, and on another the next one, also if it was rejected in between", async () => {
    const kept: ConfigVersion[] = [];
    await startOn(kept, { file: TONE });
    expect((await startOn(kept, { file: structuredClone(TONE) })).store.version).toBe(1);
    expect((await startOn(kept, { file: "broken" })).store.version).toBe(1);
    expect(kept).toHaveLength(1);
    expect((await startOn(kept, { file: {} })).store.version).toBe(2);
    expect(kept.at(-1)).toMatchObject({ number: 2, layers: [{ document: {} }] });
  });

  test("lays a source's good document over what the others said before, until they speak", async () => {
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

  test("keeps with each version what every source had said by then", async () => {
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

  test("whose last good config no longer fits the engine has the defaults, says why, and counts on", async () => {
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

  test("leaves no config behind if the start comes to nothing", async () => {
    const kept: ConfigVersion[] = [];
    const store = new ConfigStore({
      sources: ["file"],
      apply: async () => {},
      versions: {
        newest: () => undefined,
        write: (version) => kept.push({ ...version, at: AT }),
        reject: () => {},
      },
    });
    await store.offer("file", { document: TONE, origin: "file" });
    expect(kept).toEqual([]);
    store.keepVersions();
    expect(kept).toHaveLength(1);
  });
});

describe("a config that names its sources", () => {
  const http = (url: string, more: object = {}) => ({ plugin: "http", settings: { url }, ...more });
  const FILE = { sources: { env: { plugin: "env" }, central: http("http://a/") } };
  const doc = (document: object, origin: string) => ({
    document: document as Record<string, unknown>,
    origin,
  });
  const voiced = (voice: string) => ({ speech: { defaultVoice: voice } });

  async function begun() {
    const { store, applied } = storeOf(["file"]);
    await store.offer("file", doc(FILE, "file"));
    return { store, applied };
  }

  test("has a later one go before an earlier one, in the order in which they are written", async () => {
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

  test("loses what a source said when that is named no more", async () => {
    const { store, applied } = await begun();
    await store.offer("central", doc(voiced("rms"), "central"));
    await store.offer("file", doc({}, "file"));
    expect(store.config?.speech.defaultVoice).toBe("slt");
    expect(applied.at(-1)?.plan.sources.slice(1)).toMatchObject([
      { slot: "sources.env", action: "remove" },
      { slot: "sources.central", action: "remove" },
    ]);
    expect(() => store.offer("central", doc({}, "central"))).toThrow("it is no config source");
  });

  test("refuses a document with which its own source would go", async () => {
    const { store } = await begun();
    const attempts = { central: { sources: { central: null } }, env: { sources: { env: null } } };
    for (const [name, document] of Object.entries(attempts)) {
      const before = store.version;
      expect(await store.offer(name, doc(document, name))).toMatchObject({
        outcome: "rejected",
        problems: [{ message: expect.stringContaining("cannot take itself away"), origin: name }],
      });
      expect(store.version).toBe(before);
      expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "env", "central"]);
    }
  });

  test("lets a source take away another one", async () => {
    const { store } = await begun();
    expect(await store.offer("central", doc({ sources: { env: null } }, "central"))).toMatchObject({
      outcome: "applied",
    });
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file", "central"]);
  });

  test("refuses a document that changes its own source, unless it says so by force", async () => {
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

  test("refuses a document with which no list of sources would stay", async () => {
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
      problems: [{ pointer: "/sources", message: expect.stringContaining("no list of them stays") }],
    });
  });

  const asked = (next: RequestedChange["next"], more: object = {}): RequestedChange => ({
    next,
    cause: "patch",
    actor: "ops",
    ...more,
  });
  const names = (store: ConfigStore) => store.status().sources.map(({ name }) => name);

  test("has overrides lie above all of them, also above those that come later, and name some", async () => {
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

  test("keeps those of a pinned config running, and what all have said until the unpin", async () => {
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

  test("holds what a source says that only the pinned config has, and forgets it with the unpin", async () => {
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

  test("has the sources of before where it cannot be applied", async () => {
    const bench = storeOf(["file"]);
    const { store } = bench;
    await store.offer("file", doc({ sources: { env: FILE.sources.env } }, "file"));
    bench.failure = new Error("no room");
    expect(await store.offer("file", doc(FILE, "file"))).toMatchObject({ outcome: "rejected" });
    expect(names(store)).toEqual(["file", "env"]);
    expect(() => store.offer("central", doc({}, "central"))).toThrow("it is no config source");
  });

  test("is come back to with all its sources and what they said, at the next start", async () => {
    const kept: ConfigVersion[] = [];
    const start = () =>
      new ConfigStore({
        sources: ["file"],
        apply: async () => {},
        versions: {
          newest: () => kept.at(-1),
          write: (version) => kept.push({ ...version, at: "2026-01-01T00:00:00.000Z" }),
          reject: () => {},
        },
      });
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
