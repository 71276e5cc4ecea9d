import { describe, expect, test } from "bun:test";
import { NOTHING_RUNS, SnapshotRestorer, Snapshots } from "../../../../core/config/mod.ts";
import type { RestorableSlots } from "../../../../core/config/restore-snapshot.ts";
import { validator } from "../../../../core/schema.ts";
import type { SlotRecord, SnapshotRestorePlan } from "../../../../schemas/generated/api.ts";
import { type Bench, benchOf, tones } from "./control-bench.ts";

const isPlan = validator<SnapshotRestorePlan>("syrinx:api#/$defs/SnapshotRestorePlan");
const TONE = { plugin: "tone@1.0.0", settings: { hertz: 440 }, device: "auto" };

/** Snapshots of a bench whose slots are as told, and what the restorer asked of these. */
function snapshotsOf({ store, control, journal, clock }: Bench, slots: readonly SlotRecord[]) {
  const asked: Parameters<RestorableSlots["planRestore"]>[] = [];
  const snapshots = new Snapshots({
    store,
    slots: { record: () => Promise.resolve([...slots]) },
    journal: journal.snapshots,
    clock,
  });
  const restorer = new SnapshotRestorer({
    snapshots,
    control,
    slots: {
      planRestore: (...args) => {
        asked.push(args);
        return Promise.resolve(
          args[0].map(({ slot, binding }) => ({ slot, action: "swap", from: null, to: binding })),
        );
      },
      restoreSlots: () => Promise.reject(new Error("nothing is brought back")),
    },
    running: NOTHING_RUNS,
  });
  return { snapshots, restorer, asked };
}

describe("the plan of a restore", () => {
  test("has the plan of the config, and for each slot its action and the size of its state", async () => {
    const bench = await benchOf(tones({ a: 440 }));
    const slots = [
      { slot: "voices.a", binding: TONE, state: { spoken: 1 } },
      { slot: "sinks.archive", binding: null },
    ];
    const { snapshots, restorer, asked } = snapshotsOf(bench, slots);
    const { id } = await snapshots.take("request", { actor: "ann" });
    await bench.says(tones({ a: 300, b: 500 }));

    const plan = await restorer.plan(id, { actor: "ann" });
    expect(isPlan(plan)).toBe(true);
    expect(plan).toMatchObject({
      snapshot: id,
      config: {
        base: 2,
        slots: [
          { slot: "voices.a", action: "swap" },
          { slot: "voices.b", action: "remove" },
          { slot: "sinks.archive", action: "unchanged" },
        ],
      },
      slots: [
        { slot: "voices.a", action: "swap", stateBytes: 12 },
        { slot: "sinks.archive", stateBytes: 0 },
      ],
    });
    expect(asked).toEqual([[slots, { leaving: ["voices.b"], knows: true }]]);
  });

  test("changes nothing: no config, no pin, no snapshot before it", async () => {
    const bench = await benchOf(tones({ a: 440 }));
    const { snapshots, restorer } = snapshotsOf(bench, []);
    const { id } = await snapshots.take("request", { actor: "ann" });
    await bench.says(tones({ a: 300 }));
    const [view, told] = [bench.control.view(), bench.events.length];
    await restorer.plan(id, { actor: "ann" });
    expect(bench.control.view()).toEqual(view);
    expect(bench.events).toHaveLength(told);
    expect(snapshots.list().snapshots.map((one) => one.id)).toEqual([id]);
  });

  test("says that releases are not known if the snapshot's config has other plugins or grants", async () => {
    const bench = await benchOf(tones({ a: 440 }));
    const { snapshots, restorer, asked } = snapshotsOf(bench, []);
    const { id } = await snapshots.take("request", { actor: "ann" });
    await bench.says(tones({ a: 440 }, { plugins: { paths: ["/srv/plugins"] } }));
    await restorer.plan(id, { actor: "ann" });
    expect(asked).toMatchObject([[[], { knows: false }]]);
  });

  test("of an invalid config has its problems, and no slot", async () => {
    const bench = await benchOf(tones({ a: 440 }));
    const { snapshots, restorer, asked } = snapshotsOf(bench, [{ slot: "voices.a", binding: TONE }]);
    const { id } = await snapshots.take("request", { actor: "ann" });
    const record = bench.journal.snapshots.get(id);
    if (!record) throw new Error("it was not kept");
    bench.journal.snapshots.write({
      ...record,
      id: "old",
      document: { ...record.document, gone: 1 } as typeof record.document,
    });
    expect(await restorer.plan("old", { actor: "ann" })).toMatchObject({
      config: { problems: [{ pointer: "/gone", origin: "the pinned config of snapshot old" }] },
      slots: [],
    });
    expect(asked).toEqual([]);
  });

  test("of a snapshot that does not exist is refused", async () => {
    const { restorer } = snapshotsOf(await benchOf(tones({ a: 440 })), []);
    await expect(restorer.plan("nothing", { actor: "ann" })).rejects.toMatchObject({
      code: "snapshot-not-found",
    });
  });
});
