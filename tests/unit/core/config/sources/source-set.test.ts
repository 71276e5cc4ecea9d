import { describe, expect, test } from "bun:test";
import { ConfigStore, type FullSource, recallConfig, SourceSet } from "../../../../../core/config/mod.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { SourceItem } from "../../../../../schemas/generated/hooks.ts";
import { HandClock } from "../../../../support/hand-clock.ts";
import { silentLog } from "../../../../support/silent-log.ts";
import { PLAIN_SLOTS } from "../plain-slots.ts";

const source = (plugin: string): FullSource => ({ plugin, settings: {}, force: false });

/** What a source says that says nothing. */
const SILENT = "silent";

/** A set whose sources say what they are told to say, one thing each, or fail. */
function begin(words: Record<string, unknown | Error>) {
  const done: string[] = [];
  const set = new SourceSet({
    clock: new HandClock(),
    log: silentLog(),
    runner: {
      fill: async (name, { plugin }) => void done.push(`fill ${name} with ${plugin}`),
      remove: async (name) => void done.push(`remove ${name}`),
      async *listen(name, signal): AsyncGenerator<SourceItem> {
        const word = words[name];
        if (word instanceof Error) throw word;
        if (word !== SILENT) yield { document: word as Record<string, unknown>, origin: name };
        if (!signal.aborted) await new Promise((ended) => signal.addEventListener("abort", ended));
        done.push(`left ${name}`);
      },
    },
  });
  const store = new ConfigStore({
    recalled: recallConfig(["file"], {}),
    applier: { apply: async (_, config) => set.follow(config.sources, { fill: true }) },
    slots: PLAIN_SLOTS,
  });
  return { set, store, done };
}

describe("a set of config sources", () => {
  test("starts the sources that a document names, takes their documents, and starts those that they name", async () => {
    const { set, store, done } = begin({
      file: { sources: { a: { plugin: "env" } } },
      a: { sources: { b: { plugin: "http" } } },
      b: { speech: { defaultVoice: "rms" } },
    });
    set.start(store, { file: source("file") });
    await set.heard();
    expect(done).toEqual(["fill file with file", "fill a with env", "fill b with http"]);
    expect(store.config?.speech.defaultVoice).toBe("rms");
    expect(store.status().sources.map(({ name, state }) => [name, state])).toEqual([
      ["file", "accepted"],
      ["a", "accepted"],
      ["b", "accepted"],
    ]);
    await set.stop();
  });

  test("ends a source that is no longer named, and removes its layer", async () => {
    const { set, store, done } = begin({
      file: { sources: { a: { plugin: "env" } } },
      a: { speech: { defaultVoice: "rms" } },
    });
    set.start(store, { file: source("file") });
    await set.heard();
    expect(store.config?.speech.defaultVoice).toBe("rms");
    await store.offer("file", { document: {}, origin: "file" });
    expect(store.config?.speech.defaultVoice).toBe("slt");
    expect(store.status().sources.map(({ name }) => name)).toEqual(["file"]);
    await set.stop();
    expect(done.slice(2).sort()).toEqual(["left a", "left file", "remove a"]);
  });

  test("swaps a source whose entry changed, and leaves the others alone", async () => {
    const { set, store, done } = begin({ file: {} });
    set.start(store, { file: source("file") });
    await set.heard();
    set.follow({ file: source("file") }, { fill: true });
    set.follow({ file: source("file@1.1.0") }, { fill: true });
    expect(done).toEqual(["fill file with file", "fill file with file@1.1.0"]);
    await set.stop();
  });

  test("listens to a source whose slot is filled already, and leaves the slot alone", async () => {
    const { set, store, done } = begin({ file: {}, a: { speech: { defaultVoice: "rms" } } });
    set.start(store, { file: source("file") });
    await set.heard();
    await store.offer("file", { document: { sources: { a: { plugin: "env" } } }, origin: "file" });
    const [filled] = [done.splice(0)];
    set.follow({ file: source("file"), a: source("env@2.0.0") }, { fill: false });
    expect([filled.includes("fill a with env"), done]).toEqual([true, []]);
    await set.heard();
    expect(store.config?.speech.defaultVoice).toBe("rms");
    await set.stop();
  });

  test("does not wait for a source that ends before its first document", async () => {
    const { set, store } = begin({ file: { sources: { a: { plugin: "env" } } }, a: SILENT });
    set.start(store, { file: source("file") });
    const heard = set.heard();
    // One turn of the event loop: all that could be said is said, and only a is waited for.
    await new Promise((turned) => setImmediate(turned));
    expect(store.status().sources.map(({ state }) => state)).toEqual(["accepted", "waiting"]);
    await store.offer("file", { document: {}, origin: "file" });
    await heard;
    await set.stop();
  });

  test("does not wait for a source that fails, and its status says why", async () => {
    const { set, store } = begin({ file: new SyrinxError("slot-failed", "it is not there") });
    set.start(store, { file: source("file") });
    await set.heard();
    expect(store.status().sources).toEqual([
      {
        name: "file",
        state: "rejected",
        origin: "sources.file",
        problems: [{ pointer: "", message: "it is not there", origin: "sources.file" }],
      },
    ]);
    await set.stop();
  });
});
