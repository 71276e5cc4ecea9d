import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type {
  SnapshotList,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
} from "../../schemas/generated/api.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";

let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open();
});
afterAll(() => line[Symbol.asyncDispose]());

async function run(engine: EngineProcess, args: readonly string[]) {
  const { code, stdout, stderr } = await line.run([...args, "--home", engine.home]);
  return { code, out: new TextDecoder().decode(stdout), err: stderr };
}

describe("syrinx snapshot", () => {
  test("takes a snapshot, lists it, plans and runs its restore by name, and says how to undo it", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const taken = await run(engine, ["snapshot", "create", "before the fair"]);
    expect(taken).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^snapshot \S+: config version 1, slots: 1\n$/),
    });
    await run(engine, ["config", "set", "voices.tone.settings.hertz", "300", "--yes"]);

    const list = await run(engine, ["snapshot", "list"]);
    expect(list.out).toMatch(
      /^SNAPSHOT +AT +NAME +WHO +CONFIG +SLOTS +STATE\n\S+ +\S+Z +before the fair +loopback +1 +1 +0 B\n$/,
    );
    const { snapshots } = JSON.parse((await run(engine, ["snapshot", "list", "--json"])).out) as SnapshotList;
    expect(snapshots.map(({ name }) => name)).toEqual(["before the fair"]);

    const dry = await run(engine, ["snapshot", "restore", "before the fair", "--dry-run"]);
    expect(dry.out).toMatch(/^voices\.tone +swap +tone@1\.0\.0 +tone@1\.0\.0 +a load \(.+\)$/m);
    expect(dry.out).toMatch(/^- \/voices\/tone\/settings\/hertz +300$/m);
    const asJson = await run(engine, ["snapshot", "restore", "before the fair", "--dry-run", "--json"]);
    expect(JSON.parse(asJson.out) as SnapshotRestorePlan).toMatchObject({
      config: { base: 2 },
      slots: [{ slot: "voices.tone", action: "swap" }],
    });
    const unasked = await run(engine, ["snapshot", "restore", "before the fair"]);
    expect(unasked.code).toBe(2);
    expect((await engine.slot("voices.tone")).running?.settings).toMatchObject({ hertz: 300 });

    const restored = await run(engine, ["snapshot", "restore", "before the fair", "--yes"]);
    expect(restored.code).toBe(0);
    expect(restored.out).toMatch(
      /^snapshot \S+ is restored: config version 3, pinned; .+\nto undo it: syrinx snapshot restore \S+\n$/,
    );
    expect((await engine.slot("voices.tone")).running?.settings).toMatchObject({ hertz: 440 });

    const [, before = ""] = /restore (\S+)\n$/.exec(restored.out) ?? [];
    const undone = await run(engine, ["snapshot", "restore", before, "--yes", "--json"]);
    expect((JSON.parse(undone.out) as SnapshotRestore).snapshot).toBe(before);
    expect((await engine.slot("voices.tone")).running?.settings).toMatchObject({ hertz: 300 });
    const json = JSON.parse((await run(engine, ["snapshot", "create", "--json"])).out) as SnapshotView;
    expect(json.version).toBe(4);
  });

  test("that does not exist is reported, and nothing is done", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const { code, out, err } = await run(engine, ["snapshot", "restore", "nothing", "--yes"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe('syrinx: There is no snapshot of id or name "nothing": see syrinx snapshot list\n');
  });
});
