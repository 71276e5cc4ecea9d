import { describe, expect, test } from "bun:test";
import type { ListenOptions } from "../../../../core/api/server.ts";
import { type FullConfig, planChange, validate } from "../../../../core/config/mod.ts";
import { ConfigApplier } from "../../../../core/engine/apply-config.ts";
import type { EngineOptions } from "../../../../core/engine/mod.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { silentLog } from "../../../support/silent-log.ts";

const APPS = {
  appAt: () => {
    throw new Error("No app is requested");
  },
};

function config(document: object = {}): FullConfig {
  const { config: whole, problems } = validate([{ document, origin: "test" }]);
  if (!whole) throw new Error(JSON.stringify(problems));
  return whole;
}

/** An applier on a journal in memory. What it asks of the other parts is in `done`, in order. */
function begin(engine: Partial<EngineOptions> = {}) {
  const done: string[] = [];
  const addresses: Pick<ListenOptions, "host" | "port">[] = [];
  const journal = openJournal(":memory:");
  const bench = {
    failure: undefined as Error | undefined,
    /** Called while slots are changed. */
    changing: () => {},
  };
  const applier = new ConfigApplier({
    engine: { configPath: "/a.jsonc", home: "/home", log: silentLog(), ...engine },
    host: {
      configure: ({ rules }) => void done.push(`configure parkForMs ${rules.parkForMs}`),
      refill: async (slot) => void done.push(`refill ${slot}`),
      remove: async (slot) => void done.push(`remove ${slot}`),
      rescan: async () => void done.push("rescan"),
    },
    slots: {
      async change() {
        done.push("change slots");
        bench.changing();
        if (bench.failure) throw bench.failure;
      },
      secretsInClear: () => [],
    },
    devices: { configure: () => {} },
    journal,
    listener: {
      url: "http://127.0.0.1:1",
      open: ({ host, port }) => void addresses.push({ host, port }),
      move({ host, port }) {
        addresses.push({ host, port });
        return undefined;
      },
    },
    speech: { configure: ({ maxQueue }) => void done.push(`speech maxQueue ${maxQueue}`) },
    sources: {
      follow: (sources, { fill }) =>
        void done.push(`follow ${Object.keys(sources).join(", ")}${fill ? ", and fill them" : ""}`),
    },
    sourceSlots: { holdBack: () => {} },
  });
  const apply = (after: FullConfig, before: FullConfig | null = null) =>
    applier.apply(planChange(before, after), after, before);
  return Object.assign(bench, { applier, apply, journal, done, addresses });
}

describe("settings of the journal", () => {
  const kept = (journal: object) => config({ journal });
  const AT = "2026-01-01T00:00:00.000Z";

  /** Writes three versions, rejections and snapshots. */
  function write({ journal }: ReturnType<typeof begin>) {
    const document = config();
    for (const number of [1, 2, 3]) {
      journal.configs.write({ number, at: AT, outcome: "applied", layers: [] });
      journal.rejections.write({ base: number, at: AT, outcome: "rejected", problems: [] });
      journal.snapshots.write({
        id: `${number}`,
        at: AT,
        reason: "request",
        actor: "ann",
        version: number,
        document,
        slots: [],
      });
    }
    return {
      versions: journal.configs.page({ limit: 9 }).map(({ number }) => number),
      rejections: journal.rejections.between(0, 9).map(({ base }) => base),
      snapshots: journal.snapshots.all().map(({ version }) => version),
    };
  }

  test("limit how many versions, rejections and snapshots are kept, once they are applied", async () => {
    const bench = begin();
    await bench.apply(kept({ keepVersions: 2, keepSnapshots: 1 }));
    expect(write(bench)).toEqual({ versions: [3, 2], rejections: [3, 2], snapshots: [3] });
  });

  test("are as before when the config that changes them fails", async () => {
    const bench = begin();
    const before = kept({ keepVersions: 3, keepSnapshots: 2 });
    await bench.apply(before);
    bench.applier.serve(before, APPS);
    bench.failure = new SyrinxError("slot-failed", "Cannot bring up voices.slt");
    const after = kept({ keepVersions: 1, keepSnapshots: 1 });
    await expect(bench.apply(after, before)).rejects.toMatchObject({ code: "slot-failed" });
    expect(write(bench)).toEqual({ versions: [3, 2, 1], rejections: [3, 2, 1], snapshots: [3, 2] });
  });
});

describe("the address", () => {
  const at = (host: string, port: number) => config({ server: { host, port } });

  test("is that of the config, when it is first listened on and when it changes", async () => {
    const { applier, apply, addresses } = begin();
    applier.serve(at("127.0.0.1", 9001), APPS);
    await apply(at("127.0.0.2", 9002), at("127.0.0.1", 9001));
    expect(addresses).toEqual([
      { host: "127.0.0.1", port: 9001 },
      { host: "127.0.0.2", port: 9002 },
    ]);
  });

  test("is that of --host and --port, whatever the config says", async () => {
    const { applier, apply, addresses } = begin({ host: "127.0.0.9", port: 7000 });
    applier.serve(at("127.0.0.1", 9001), APPS);
    await apply(at("127.0.0.2", 9002), at("127.0.0.1", 9001));
    expect(addresses).toEqual(Array(2).fill({ host: "127.0.0.9", port: 7000 }));
  });

  test("can have one of the two from the command line", () => {
    const { applier, addresses } = begin({ port: 0 });
    applier.serve(at("127.0.0.1", 9001), APPS);
    expect(addresses).toEqual([{ host: "127.0.0.1", port: 0 }]);
  });
});

describe("a config", () => {
  const more = config({ voices: { slt: null, tone: { plugin: "tone" } }, speech: { defaultVoice: "tone" } });

  test("that is applied during the start runs its sources, and changes no other slot", async () => {
    const { apply, done } = begin();
    await apply(config());
    expect(done).toEqual([
      "rescan",
      "configure parkForMs 30000",
      "speech maxQueue 512",
      "follow file, and fill them",
      "refill sources.file",
    ]);
  });

  test("that is applied later changes the slots before its sources are followed, and removes slots last", async () => {
    const { applier, apply, done } = begin();
    applier.serve(config(), APPS);
    await apply(more, config());
    expect(done).toEqual([
      "configure parkForMs 30000",
      "change slots",
      "speech maxQueue 512",
      "follow file",
      "remove voices.slt",
    ]);
  });

  test("that fails leaves speech and sources alone, and its settings go back", async () => {
    const bench = begin();
    bench.applier.serve(config(), APPS);
    bench.failure = new SyrinxError("slot-failed", "Cannot bring up voices.tone");
    const after = { ...more, swap: { ...more.swap, parkForMs: 5 } };
    await expect(bench.apply(after, config())).rejects.toMatchObject({ code: "slot-failed" });
    expect(bench.done).toEqual(["configure parkForMs 5", "change slots", "configure parkForMs 30000"]);
  });

  test("that a stop cuts short is cancelled, and does not go back", async () => {
    const bench = begin();
    bench.applier.serve(config(), APPS);
    bench.failure = new Error("the host is closed");
    bench.changing = () => bench.applier.stop();
    await expect(bench.apply(more, config())).rejects.toMatchObject({ code: "cancelled" });
    expect(bench.done.at(-1)).toBe("change slots");
  });

  test("can still be applied while the engine finishes its requests, but removes no slot", async () => {
    const { applier, apply, done } = begin();
    applier.serve(config(), APPS);
    applier.stop();
    await apply(more, config());
    expect(done).toContain("change slots");
    expect(done).not.toContain("remove voices.slt");
  });
});
