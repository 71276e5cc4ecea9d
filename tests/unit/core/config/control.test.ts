import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SyrinxError } from "../../../../core/errors.ts";
import { validator } from "../../../../core/schema.ts";
import { benchOf, tones } from "./control-bench.ts";

const isView = validator("syrinx:api#/$defs/ConfigView");
const isPlan = validator("syrinx:api#/$defs/ConfigPlanView");

describe("a patch over the API", () => {
  test("takes precedence over all sources, whatever they offer later, also after a restart", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    const view = await bench.patch({ speech: { defaultVoice: "b" } });
    expect(isView(view)).toBe(true);
    expect(view).toMatchObject({ version: 2, overrides: { speech: { defaultVoice: "b" } } });
    await bench.says(tones({ a: 100, b: 200 }, { speech: { defaultVoice: "a", maxQueue: 7 } }));
    expect(bench.store.config?.speech).toMatchObject({ defaultVoice: "b", maxQueue: 7 });
    const again = await bench.again(
      tones({ a: 100, b: 200 }, { speech: { defaultVoice: "a", maxQueue: 7 } }),
    );
    expect(again.store.config).toEqual(bench.store.config!);
    expect(again.store.version).toBe(3);
  });

  test("makes a version with its actor and its JSON Patch, and an event", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    await bench.patch({ speech: { defaultVoice: "b" } });
    expect(bench.history.version(2)).toMatchObject({
      cause: "patch",
      source: "overrides",
      actor: "ann",
      patch: expect.arrayContaining([{ op: "replace", path: "/speech/defaultVoice", value: "b" }]),
      layers: [{ source: "file" }, { source: "overrides", document: { speech: { defaultVoice: "b" } } }],
    });
    expect(bench.events.at(-1)).toEqual({
      kind: "config",
      outcome: "applied",
      version: 2,
      cause: "patch",
      source: "overrides",
      actor: "ann",
    });
  });

  test("of plugins, models or grants retries a document that could not be applied; other patches do not", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    bench.failure = new SyrinxError("slot-failed", "Cannot bring up voices.b");
    expect(await bench.says(tones({ a: 100, b: 200 }))).toMatchObject({ outcome: "rejected" });
    bench.failure = undefined;
    await bench.patch({ speech: { maxQueue: 7 } });
    expect(bench.store.status().sources).toMatchObject([{ state: "rejected", problems: [{}] }]);
    const view = await bench.patch({ plugins: { grants: { beep: { read: ["/srv"] } } } });
    expect(bench.store.status().sources).toMatchObject([{ state: "accepted", problems: [] }]);
    expect([view.version, Object.keys(view.document.voices ?? {})]).toEqual([4, ["a", "b"]]);
    expect(bench.history.version(4)).toMatchObject({ cause: "source", source: "file" });
  });

  test("does not retry a document that its source has replaced", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    bench.failure = new SyrinxError("slot-failed", "Cannot bring up voices.b");
    await bench.says(tones({ a: 100, b: 200 }));
    bench.failure = undefined;
    await bench.says(tones({ a: 100 }));
    const view = await bench.patch({ plugins: { grants: { beep: { read: ["/srv"] } } } });
    expect([view.version, Object.keys(view.document.voices ?? {})]).toEqual([2, ["a"]]);
  });

  test("that makes an invalid config is rejected with every problem, changes nothing and is recorded", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    const refused = bench.patch({ speech: { defaultVoce: "a", maxQueue: 0 } });
    await expect(refused).rejects.toMatchObject({
      code: "config-invalid",
      violations: [{ pointer: "/speech/defaultVoce" }, { pointer: "/speech/maxQueue", origin: "overrides" }],
    });
    expect(bench.control.view().overrides).toBeUndefined();
    expect(bench.store.version).toBe(1);
    expect(bench.history.page({ limit: 10 })).toMatchObject({
      versions: [{ number: 1 }],
      rejections: [{ base: 1, outcome: "rejected", actor: "ann", problems: [{}, {}] }],
    });
    expect((await bench.again(tones({ a: 100 }))).store.version).toBe(1);
  });

  test("that cannot be applied says why, leaves the config as it was, and is recorded as failed", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    bench.failure = new SyrinxError("memory-refused", "no room");
    await expect(bench.patch({ speech: { maxQueue: 3 } })).rejects.toMatchObject({ code: "memory-refused" });
    expect(bench.control.view().overrides).toBeUndefined();
    expect(bench.history.page({ limit: 1 }).rejections).toMatchObject([{ outcome: "failed" }]);
    bench.failure = undefined;
    expect((await bench.again(tones({ a: 100 }))).store.config?.speech.maxQueue).toBe(512);
  });

  test("that was planned for another version is refused", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3 } }, undefined, 1);
    await expect(bench.patch({ speech: { maxQueue: 4 } }, undefined, 1)).rejects.toMatchObject({
      code: "config-stale",
    });
    expect(bench.store.config?.speech.maxQueue).toBe(3);
  });

  test("can be removed by its pointer, or with all others", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3, maxCharacters: 9 }, log: { level: "warn" } });
    expect((await bench.drop("/speech/maxQueue")).overrides).toEqual({
      speech: { maxCharacters: 9 },
      log: { level: "warn" },
    });
    expect(bench.store.config?.speech).toMatchObject({ maxQueue: 512, maxCharacters: 9 });
    await expect(bench.drop("/speech/maxQueue")).rejects.toMatchObject({ code: "not-found" });
    const view = await bench.drop("");
    expect(view.overrides).toBeUndefined();
    expect(view.document).toEqual(bench.history.document(1));
  });

  test("waits for its turn, and none of several is lost", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await Promise.all([1, 2, 3, 4].map((n) => bench.patch({ speech: { aliases: { [`x${n}`]: "a" } } })));
    expect(bench.store.version).toBe(5);
    expect(Object.keys(bench.control.view().overrides ?? {})).toEqual(["speech"]);
    expect(bench.store.config?.speech.aliases).toMatchObject({ x1: "a", x2: "a", x3: "a", x4: "a" });
  });

  test("can make a document valid that was rejected before", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 100 }, { speech: { defaultVoice: "b", maxQueue: 5 } }));
    expect(bench.store.status().sources[0]?.state).toBe("rejected");
    await bench.patch({ voices: { b: { plugin: "tone" } } });
    expect(bench.store.config?.speech).toMatchObject({ defaultVoice: "b", maxQueue: 5 });
  });
});

describe("overrides that no longer fit", () => {
  test("at a start are replaced by the last good config, and the rejections say why", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    await bench.patch({ speech: { defaultVoice: "b" } });
    const again = await bench.again(tones({ a: 100 }));
    expect(again.store.config).toEqual(bench.store.config!);
    expect(again.store.status()).toMatchObject({ version: 2, sources: [{ state: "rejected" }] });
    expect(again.history.page({ limit: 1 }).rejections[0]).toMatchObject({
      problems: [{ pointer: "/speech/defaultVoice", origin: "overrides" }],
    });
    await again.drop("");
    expect(Object.keys(again.store.config?.voices ?? {})).toEqual(["a"]);
  });
});

describe("a change to be confirmed", () => {
  test("is undone when nobody confirms it", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ log: { level: "warn" } });
    const view = await bench.patch({ speech: { maxQueue: 3 } }, 60_000);
    expect(view.unconfirmed).toEqual({ version: 3, until: "1970-01-01T00:01:00.000Z", actor: "ann" });
    bench.clock.pass(59_999);
    expect(bench.store.config?.speech.maxQueue).toBe(3);
    bench.clock.pass(1);
    // What is asked next waits until it has gone back.
    await bench.patch({ speech: { maxCharacters: 9 } });
    expect(bench.control.view()).toMatchObject({
      version: 5,
      overrides: { log: { level: "warn" }, speech: { maxCharacters: 9 } },
    });
    expect(bench.control.view().unconfirmed).toBeUndefined();
    expect(bench.history.version(4)).toMatchObject({
      cause: "revert",
      patch: [{ op: "replace", path: "/speech/maxQueue", value: 512 }],
    });
  });

  test("stays once it is confirmed, also after a restart, and can be confirmed once", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3 } }, 60_000);
    expect((await bench.control.confirm()).unconfirmed).toBeUndefined();
    await expect(bench.control.confirm()).rejects.toMatchObject({ code: "nothing-to-confirm" });
    expect(bench.clock.timers).toBe(0);
    bench.clock.pass(60_000);
    expect((await bench.again(tones({ a: 100 }))).store.config?.speech.maxQueue).toBe(3);
  });

  test("that is confirmed at the last moment stays, even if its time ends while the confirmation waits", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3 } }, 60_000);
    const heard = bench.says(tones({ a: 200 }));
    const confirmed = bench.control.confirm();
    bench.clock.pass(60_000);
    await heard;
    await confirmed;
    await bench.patch({ log: { level: "warn" } });
    expect(bench.store.config?.speech.maxQueue).toBe(3);
  });

  test("is undone at the next start, if the engine ended before", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ log: { level: "warn" } });
    await bench.patch({ speech: { maxQueue: 3 } }, 60_000);
    const again = await bench.again(tones({ a: 100 }));
    expect(again.control.view()).toMatchObject({ version: 4, overrides: { log: { level: "warn" } } });
    expect(again.store.config?.speech.maxQueue).toBe(512);
    expect(again.history.version(4)).toMatchObject({ cause: "revert" });
    expect(bench.journal.apiChanges.read()).toEqual({ overrides: { log: { level: "warn" } } });
    expect((await again.again(tones({ a: 100 }))).store.version).toBe(4);
  });

  test("blocks other changes until then, so that it is clear what is undone", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3 } }, 60_000);
    await expect(bench.patch({ speech: { maxQueue: 4 } })).rejects.toMatchObject({
      code: "config-unconfirmed",
    });
    expect(await bench.says(tones({ a: 100, b: 200 }))).toMatchObject({ outcome: "applied" });
  });
});

describe("a plan", () => {
  test("shows for each slot what a patch would do, and changes nothing", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200, c: 300 }));
    const patch = {
      voices: {
        a: { settings: { hertz: 101 } },
        b: null,
        c: { idleUnloadMs: 5 },
        d: { plugin: "tone" },
        e: { plugin: "tone", load: "on-demand" },
      },
      server: { port: 1 },
    };
    const plan = await bench.control.plan({ patch, base: 1 });
    expect(isPlan(plan)).toBe(true);
    expect(plan).toMatchObject({
      base: 1,
      slots: [
        {
          slot: "voices.a",
          action: "swap",
          changed: ["/settings/hertz"],
          cost: "load",
          problem: "asked for voices.a",
        },
        { slot: "voices.c", action: "reconfigure", changed: ["/idleUnloadMs"], cost: "none" },
        { slot: "voices.d", action: "add", cost: "load" },
        { slot: "voices.e", action: "add", cost: "none" },
        { slot: "voices.b", action: "remove", cost: "none" },
        { slot: "sinks.archive", action: "unchanged", cost: "none" },
      ],
      sections: ["server"],
    });
    expect(plan.changes).toContainEqual({ pointer: "/voices/a/settings/hertz", from: 100, to: 101 });
    expect([bench.store.version, bench.applied.length]).toEqual([1, 1]);
    await bench.patch(patch);
    await expect(bench.control.plan({ patch, base: 1 })).rejects.toMatchObject({ code: "config-stale" });
  });

  test("of a document can be for one source, with the overrides above it, or for the whole config", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.patch({ speech: { maxQueue: 3 } });
    const document = tones({ a: 100 }, { log: { level: "warn" } });
    const pointers = async (source?: string) => {
      const { changes } = await bench.control.plan({ document, ...(source && { source }) });
      return changes.map(({ pointer }) => pointer);
    };
    expect(await pointers("file")).toEqual(["/log/level"]);
    expect(await pointers()).toEqual(["/speech/maxQueue", "/log/level"]);
    await expect(pointers("nats")).rejects.toMatchObject({ code: "body-invalid" });
  });

  test("of an invalid config has its problems", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    expect(await bench.control.plan({ patch: { voices: { a: null } } })).toMatchObject({
      slots: [],
      changes: [],
      problems: [{ pointer: "/speech/defaultVoice" }],
    });
  });

  test("has no memory figures if it changes plugins, models or grants", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    const patch = { plugins: { paths: ["/opt"] }, voices: { a: { settings: { hertz: 1 } } } };
    expect((await bench.control.plan({ patch })).slots[0]).toEqual({
      slot: "voices.a",
      action: "swap",
      changed: ["/settings/hertz"],
      cost: "load",
    });
  });
});

describe("a rollback", () => {
  test("to any version applies its document, byte for byte, as a new version", async () => {
    const voice = fc.record({ a: fc.integer({ min: 1, max: 3 }), b: fc.integer({ min: 1, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(voice, { minLength: 1, maxLength: 5 }), fc.nat(), async (said, nat) => {
        const bench = await benchOf({});
        for (const hertz of said) await bench.says(tones(hertz));
        const to = (nat % bench.store.version) + 1;
        const from = bench.store.version;
        const wanted = JSON.stringify(bench.history.document(to));
        const view = await bench.rollback(to);
        expect(Bun.deepEquals(view.document, JSON.parse(wanted), true)).toBe(true);
        if (view.version === from) return;
        expect(view.version).toBe(from + 1);
        expect(JSON.stringify(view.document)).toBe(wanted);
        expect(JSON.stringify(bench.history.document(view.version))).toBe(wanted);
        expect(bench.history.diff(to, view.version).patch).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("records who requested it, why, and for which version", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    const view = await bench.rollback(1, "too high");
    const pinned = { version: 1, at: "1970-01-01T00:00:00.000Z", actor: "ann", reason: "too high" };
    expect(view.pinned).toEqual(pinned);
    expect(bench.history.version(3)).toMatchObject({
      cause: "rollback",
      actor: "ann",
      reason: "too high",
      rollbackTo: 1,
    });
  });

  test("pins: documents of sources are held and shown, not applied, until an unpin", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    await bench.rollback(1);
    expect(await bench.says(tones({ a: 300 }))).toMatchObject({ outcome: "held" });
    expect(bench.store.config?.voices.a?.settings).toEqual({ hertz: 100 });
    expect(bench.store.status()).toMatchObject({ version: 3, pinned: true, sources: [{ state: "held" }] });
    expect(bench.control.view().held).toEqual({
      changes: [{ pointer: "/voices/a/settings/hertz", from: 100, to: 300 }],
    });
    expect(bench.events.at(-1)).toMatchObject({ outcome: "held", version: 3, source: "file" });
    const plan = await bench.control.planOf(bench.control.unpinned());
    expect(plan.changes).toEqual(bench.control.view().held!.changes);
    const view = await bench.unpin();
    expect(view).toMatchObject({ version: 4, document: { voices: { a: { settings: { hertz: 300 } } } } });
    expect([view.pinned, view.held]).toEqual([undefined, undefined]);
  });

  test("stays pinned across a restart, in the same version, and holds the documents of then", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    await bench.rollback(1);
    const again = await bench.again(tones({ a: 400 }));
    expect(again.control.view()).toMatchObject({
      version: 3,
      pinned: { version: 1 },
      held: { changes: [{ to: 400 }] },
      document: bench.control.view().document,
    });
    expect(again.applied).toHaveLength(1);
    expect((await again.unpin()).document.voices?.a?.settings).toEqual({ hertz: 400 });
  });

  test("to a document that a newer engine cannot read is dropped at its start, and the last good config serves", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    await bench.rollback(1);
    const { pinned } = bench.journal.apiChanges.read();
    if (!pinned) throw new Error("The pin was not kept");
    const document = { ...pinned.document, gone: 1 } as typeof pinned.document;
    bench.journal.apiChanges.write({ pinned: { ...pinned, document } }, "refuse");

    const again = await bench.again();
    expect(again.control.view().pinned).toBeUndefined();
    expect(again.store.config?.voices.a?.settings).toEqual({ hertz: 100 });
    expect(again.history.page({ limit: 1 }).rejections[0]).toMatchObject({
      problems: [{ pointer: "/gone", origin: "the pinned config of version 1" }],
    });
    expect(await again.says(tones({ a: 300 }))).toMatchObject({ outcome: "applied" });
    // The next change writes down that nothing is pinned.
    await again.patch({ speech: { maxQueue: 3 } });
    expect(again.journal.apiChanges.read()).toEqual({ overrides: { speech: { maxQueue: 3 } } });
  });

  test("shows the problems of a bad document in its plan, though the config is pinned", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.rollback(1);
    const plan = (document: object) => bench.control.plan({ source: "file", document });
    expect(await plan({ voises: {} })).toMatchObject({ problems: [{ pointer: "/voises" }] });
    expect((await plan(tones({ a: 300 }))).changes).toEqual([]);
  });

  test("takes a snapshot first", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    await bench.rollback(1);
    expect(bench.journal.snapshots.all()).toMatchObject([
      {
        reason: "rollback",
        actor: "ann",
        version: 2,
        document: { voices: { a: { settings: { hertz: 200 } } } },
      },
    ]);
  });

  test("can be patched while it is pinned: the patch holds at once, and still after the unpin", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    await bench.says(tones({ a: 200 }));
    await bench.rollback(1);
    const view = await bench.patch({ speech: { maxQueue: 3 } });
    expect(view).toMatchObject({ pinned: { version: 1 }, overrides: { speech: { maxQueue: 3 } } });
    expect(view.document).toMatchObject({
      voices: { a: { settings: { hertz: 100 } } },
      speech: { maxQueue: 3 },
    });
    const again = await bench.again(tones({ a: 200 }));
    expect(again.control.view().document).toEqual(view.document);
    expect((await again.unpin()).document).toMatchObject({
      voices: { a: { settings: { hertz: 200 } } },
      speech: { maxQueue: 3 },
    });
  });

  test("that is patched back to a default equals a source without that value", async () => {
    const bench = await benchOf(tones({ a: 100 }, { speech: { defaultVoice: "a", maxQueue: 3 } }));
    await bench.rollback(1);
    await bench.patch({ speech: { maxQueue: null } });
    expect(bench.store.config?.speech.maxQueue).toBe(512);
    expect(await bench.says(tones({ a: 100 }))).toMatchObject({ outcome: "unchanged" });
    expect(bench.control.view().held).toBeUndefined();
  });

  test("holds no invalid document, and an unpin that would make an invalid config is rejected", async () => {
    const bench = await benchOf(tones({ a: 100, b: 200 }));
    await bench.patch({ speech: { defaultVoice: "b" } });
    await bench.rollback(1);
    expect(await bench.says(tones({ a: 100 }))).toMatchObject({ outcome: "rejected" });
    expect(bench.store.status().sources[0]?.state).toBe("rejected");
    await bench.drop("");
    // Without the override it fits, and is held.
    expect(bench.store.status().sources[0]?.state).toBe("held");
    expect(bench.control.view().held?.changes.map(({ pointer }) => pointer)).toEqual(["/voices/b"]);
  });

  test("to a version that does not exist, or is forgotten, says which ones there are", async () => {
    const bench = await benchOf(tones({ a: 100 }));
    bench.journal.configs.keep = 2;
    for (const hertz of [200, 300]) await bench.says(tones({ a: hertz }));
    expect(() => bench.control.rolledBack(1, { actor: "ann" })).toThrow(/no version 1.*newest is 3/);
    expect(() => bench.control.rolledBack(9, { actor: "ann" })).toThrow(/no version 9/);
  });
});

describe("the history", () => {
  test("comes page by page, each with the rejections meanwhile", async () => {
    const bench = await benchOf(tones({ a: 1 }));
    for (const hertz of [2, 3, 4, 5]) {
      await bench.says(tones({ a: hertz }));
      await bench.says({ voises: {} });
    }
    const pages = [];
    for (let before: number | undefined; ;) {
      const page = bench.history.page({ limit: 2, ...(before !== undefined && { before }) });
      pages.push([page.versions.map(({ number }) => number), page.rejections.map(({ base }) => base)]);
      before = page.before;
      if (before === undefined) break;
    }
    expect(pages).toEqual([
      [
        [5, 4],
        [5, 4],
      ],
      [
        [3, 2],
        [3, 2],
      ],
      [[1], []],
    ]);
  });

  test("has on its last page the rejections of versions that are forgotten", async () => {
    const bench = await benchOf(tones({ a: 1 }));
    bench.journal.configs.keep = 1;
    await bench.says({ voises: {} });
    await bench.says(tones({ a: 2 }));
    expect(bench.history.page({ limit: 5 })).toMatchObject({
      versions: [{ number: 2 }],
      rejections: [{ base: 1 }],
    });
  });

  test("knows the documents of an older engine, which kept only the layers", async () => {
    const bench = await benchOf(tones({ a: 1 }));
    const { at, layers } = bench.history.version(1);
    bench.journal.configs.write({ number: 1, at, outcome: "applied", layers });
    expect(bench.history.document(1)).toEqual(bench.store.config!);
  });
});
