import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigView, MemoryView, SlotList, SwapList, SwapPlan } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, MAIN, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin, addPluginVersion } from "../support/releases.ts";
import { BLUE_GREEN_STAGES } from "../support/swap-stages.ts";

const SLOT = "voices.tone";
/** How long something took. */
const TOOK = "(?:\\d+ ms|\\d+\\.\\d\\d s)";

let engine: EngineProcess;
let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open();
  engine = await EngineProcess.start({
    config: TONE_ONLY,
    async prepare(home) {
      await addPluginVersion(home, "tone", "1.1.0");
      await addPlugin(home, { name: "broken", version: "1.0.0" }, `throw new Error("no such luck");`);
      await addPlugin(home, { name: "greedy", version: "1.0.0", permissions: { read: ["/srv"] } }, "");
    },
  });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
});

async function run(...args: string[]) {
  const { code, stdout, stderr } = await line.run([...args, "--home", engine.home]);
  return { code, stdout: new TextDecoder().decode(stdout), stderr };
}

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as T;
}

describe("syrinx swap", () => {
  test("shows a line for each stage, then what serves; the slot may be named without voices.", async () => {
    const { generation } = await engine.slot(SLOT);
    const { code, stdout, stderr } = await run("swap", "tone", "--plugin", "tone@1.0.0");
    expect(code).toBe(0);
    const stages = [...stderr.matchAll(/^voices\.tone (\S+) +(?:\d+ ms|\d+\.\d\d s)$/gm)].map(
      ([, stage]) => stage,
    );
    expect(stages).toEqual([...BLUE_GREEN_STAGES]);
    expect(stderr.trimEnd().split("\n")).toHaveLength(BLUE_GREEN_STAGES.length);
    expect(stdout).toMatch(
      new RegExp(
        `^voices\\.tone: tone@1\\.0\\.0 serves as generation ${generation + 1}, after ${TOOK}; version \\d+ of the config has it\\n$`,
      ),
    );
    expect(await engine.slot(SLOT)).toMatchObject({ running: { plugin: "tone@1.0.0" } });
  });

  test("changes the settings that it is given, and leaves the others", async () => {
    await json("swap", SLOT, "--set", "hertz=500", "--set", "level=0.5");
    const record = await json<SwapRecord>("swap", SLOT, "--set", "hertz=600");
    expect(record).toMatchObject({ stage: "done", to: { settings: { hertz: 600, level: 0.5 } } });
    const back = await json<SwapRecord>("swap", SLOT, "--set", "level=null");
    expect(back.to?.settings).toMatchObject({ hertz: 600, level: 0.2 });
  });

  test("to another plugin does not carry over the settings of this one", async () => {
    await json("swap", SLOT, "--set", "hertz=500");
    const plan = await json<SwapPlan>("swap", SLOT, "--plugin", "broken", "--dry-run");
    expect(plan.to).toMatchObject({ plugin: "broken@1.0.0", settings: {} });
  });

  test("that fails ends with code 1, says at which stage and why, and that the old one keeps serving", async () => {
    const before = await engine.slot(SLOT);
    const { code, stdout, stderr } = await run("swap", "tone", "--plugin", "broken");
    expect([code, stdout]).toEqual([1, ""]);
    const last = stderr.trimEnd().split("\n").at(-1);
    expect(last).toStartWith("syrinx: voices.tone was not swapped: while it was starting: ");
    expect(stderr).toContain("no such luck");
    expect(last).toEndWith(`. ${before.running?.plugin} keeps serving`);
    expect((await engine.slot(SLOT)).instances[0]!.pid).toBe(before.instances[0]!.pid);
  });

  test("that cannot begin ends with code 1 and names the releases on disk", async () => {
    const missing = await run("swap", "tone", "--plugin", "tone@^7");
    expect([missing.code, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr).toMatch(
      /^syrinx: voices\.tone was not swapped: Cannot find voice plugin tone@\^7: .*tone@1\.1\.0.* keeps serving\n$/,
    );
    const slot = await run("swap", "nope", "--plugin", "tone");
    expect([slot.code, slot.stdout]).toEqual([1, ""]);
    expect(slot.stderr).toMatch(/^syrinx: There is no slot "voices\.nope": there are .*voices\.tone\n$/);
    expect((await run("unload", "file")).stderr).toMatch(
      /There is no slot "voices\.file": there are .*voices\.tone\. Did you mean sources\.file\?/,
    );
  });

  test("without a change, or with an invalid setting, is wrong usage", async () => {
    const nothing = await run("swap", "tone");
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain("To start it again: syrinx reload voices.tone");
    const setting = await run("swap", "tone", "--set", "hertz");
    expect(setting.code).toBe(2);
    expect(setting.stderr).toContain("A setting is key=value.");
    const share = await run("swap", "tone", "--set", "hertz=500", "--percent", "5");
    expect([share.code, share.stdout]).toEqual([2, ""]);
    expect(share.stderr).toContain("add --strategy canary");
  });

  test("--no-wait ends when the swap is accepted", async () => {
    const record = await json<SwapRecord>("swap", "tone", "--set", "hertz=700", "--no-wait");
    expect(record.endedAt).toBeUndefined();
    await engine.slotUntil(SLOT, ({ swap }) => swap === undefined);
    expect(await engine.get<SwapRecord>(`/control/swaps/${record.id}`)).toMatchObject({ stage: "done" });
  });

  test("--dry-run shows what would change, and changes nothing", async () => {
    await run("swap", "tone", "--plugin", "tone@1.0.0", "--set", "hertz=440");
    const before = await engine.slot(SLOT);
    const { code, stdout, stderr } = await run(
      ...["swap", "tone", "--plugin", "tone@1.1.0", "--set", "hertz=441", "--dry-run"],
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^voices\.tone would be swapped\nWHAT +NOW +THEN\n/);
    expect(stdout).toMatch(/^plugin +tone@1\.0\.0 +tone@1\.1\.0$/m);
    expect(stdout).toMatch(/^settings\/hertz +440 +441$/m);
    expect(stdout).toMatch(
      /^blue-green: the new one is loaded beside the old one, which serves until then$/m,
    );
    expect(stdout).toMatch(/^there is memory: voices\.tone needs \d+ MB of the host, .*$/m);
    const same = await json<SwapPlan>("swap", "tone", "--plugin", "tone@1.0.0", "--dry-run");
    expect(same).toMatchObject({ verdict: "unchanged", changes: [] });
    expect(await engine.slot(SLOT)).toMatchObject({
      generation: before.generation,
      running: before.running!,
    });
  });

  test("--dry-run of a plugin that is blocked ends with code 1, and what it would have to be granted", async () => {
    const { code, stdout, stderr } = await run("swap", "tone", "--plugin", "greedy", "--dry-run");
    expect(code).toBe(1);
    expect(stdout).toContain("new permissions: read /srv");
    expect(stderr).toMatch(
      /^syrinx: voices\.tone would not be swapped: greedy@1\.0\.0 asks for read \/srv, .*\n$/,
    );
  });

  test("on a terminal keeps one line up to date, and leaves only the outcome", async () => {
    let seen = "";
    const decoder = new TextDecoder();
    const child = Bun.spawn(
      [process.execPath, MAIN, "swap", "tone", "--set", "hertz=450", "--home", engine.home],
      {
        cwd: line.work,
        env: line.environment,
        terminal: {
          cols: 100,
          rows: 24,
          data: (_, bytes) => void (seen += decoder.decode(bytes, { stream: true })),
        },
      },
    );
    expect(await child.exited).toBe(0);
    child.terminal?.close();
    const pictures = seen.split("\r\x1b[K");
    expect(pictures.length).toBeGreaterThan(BLUE_GREEN_STAGES.length);
    expect(
      pictures.slice(1, -1).filter((one) => !/^[|/\\-] voices\.tone \w+ (?:\d+ ms|\d+\.\d\d s)$/.test(one)),
    ).toEqual([]);
    expect(pictures.at(-1)).toMatch(
      /^voices\.tone: tone@\S+ serves as generation \d+, after (?:\d+ ms|\d+\.\d\d s); version \d+ of the config has it\s+$/,
    );
  });
});

describe("syrinx swap --until-restart", () => {
  test("leaves the config as it is, and each list says so", async () => {
    const { version } = await engine.get<ConfigView>("/control/config");
    await json("swap", SLOT, "--plugin", "tone@1.0.0", "--until-restart");
    const { code, stdout } = await run("swap", "tone", "--plugin", "tone@1.1.0", "--until-restart");
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/; not in the config: it holds until the engine restarts\n$/),
    ]);
    expect((await engine.get<ConfigView>("/control/config")).version).toBe(version);
    expect((await run("slots")).stderr).toMatch(/^! voices\.tone: its .*plugin.* not in the config/m);
    await json("rollback", "tone", "--until-restart");
    expect((await engine.get<ConfigView>("/control/config")).version).toBe(version);
    expect(
      await json<SwapRecord>("swap", SLOT, "--plugin", "tone@1.1.0", "--reason", "it is calmer"),
    ).toMatchObject({ config: { state: "saved" } });
    expect((await run("slots")).stderr).not.toContain("not in the config");
    expect((await run("config", "versions")).stdout).toContain("it is calmer");
  });
});

describe("syrinx reload", () => {
  test("starts a slot again, with the newest release that its range allows", async () => {
    await json("swap", "tone", "--plugin", "tone@1.0.0");
    const { pid } = (await engine.slot(SLOT)).instances[0]!;
    const { code, stderr } = await run("reload", "tone");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^voices\.tone planned .*\n[^]*^voices\.tone done /m);
    expect((await engine.slot(SLOT)).instances[0]!.pid).not.toBe(pid);
    expect(await json<SwapRecord>("reload", "sources.file")).toMatchObject({
      slot: "sources.file",
      stage: "done",
    });
  });
});

describe("syrinx promote and syrinx abort", () => {
  test("report that no swap is running, or that none has that id", async () => {
    const id = "00000000-0000-7000-8000-000000000000";
    for (const command of ["promote", "abort"]) {
      const idle = await run(command, "tone");
      expect([idle.code, idle.stdout]).toEqual([1, ""]);
      expect(idle.stderr).toStartWith("syrinx: No swap of voices.tone is under way. ");
      expect((await run(command, id)).stderr).toBe(`syrinx: There is no swap "${id}"\n`);
    }
  });
});

describe("syrinx slots and syrinx history", () => {
  test("are tables, and JSON with --json", async () => {
    const slots = await run("slots");
    expect(slots.code).toBe(0);
    expect(slots.stdout).toMatch(/^SLOT +STATE +GENERATION +RUNS +DEVICE +PID +MEMORY\n/);
    expect(slots.stdout).toMatch(/^voices\.tone +ready +\d+ +tone@\S+ +cpu +\d+ +\d+ MB$/m);
    const list = await json<SlotList>("slots");
    expect(list.slots.map(({ slot }) => slot)).toEqual(["sources.file", SLOT]);

    await run("swap", "tone", "--plugin", "broken");
    const history = await run("history", "--slot", "tone", "--limit", "2");
    expect(history.code).toBe(0);
    const [heading, newest, ...more] = history.stdout.trimEnd().split("\n");
    expect(heading).toMatch(/^STARTED +SLOT +WHY +FROM +TO +STAGE +AFTER +BY +MOVED$/);
    expect(newest).toMatch(
      /^\S+Z +voices\.tone +request +tone@\S+ +broken@1\.0\.0 +failed +(?:\d+ ms|\d+\.\d\d s) +loopback$/,
    );
    expect(more).toHaveLength(1);
    expect(history.stderr).toContain("no such luck");
    const { swaps } = await json<SwapList>("history", "--slot", SLOT, "--limit", "1");
    expect(swaps[0]).toMatchObject({ to: { plugin: "broken@1.0.0" }, stage: "failed" });
    expect((await json<SwapList>("history")).swaps.map(({ slot }) => slot)).toContain("sources.file");
  });
});

describe("with no engine running", () => {
  const commands = ["slots", "memory", "history", "swap tone --plugin tone", "promote tone", "abort tone"];
  test.each([...commands, ...["reload", "rollback", "unload", "load"].map((command) => `${command} tone`)])(
    "syrinx %s says so, and how to start one",
    async (command) => {
      const { code, stdout, stderr } = await line.run(command.split(" "));
      expect([code, stdout.length]).toEqual([1, 0]);
      expect(stderr).toBe("syrinx: No engine answers at http://127.0.0.1:1. Start one with: syrinx start\n");
    },
  );
});

describe("syrinx rollback, unload and load", () => {
  test("roll back, unload and load a slot, and print one line each", async () => {
    await json("swap", SLOT, "--plugin", "tone@1.0.0");
    await json("swap", SLOT, "--plugin", "tone@1.1.0");
    const back = await run("rollback", "tone");
    expect([back.code, back.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^voices\.tone: tone@1\.0\.0 serves again as generation \d+, after (?:\d+ ms|\d+\.\d\d s); version \d+ of the config has it\n$/,
      ),
    ]);
    expect((await run("unload", "tone")).stdout).toMatch(
      /^voices\.tone: tone@1\.0\.0 was unloaded, after (?:\d+ ms|\d+\.\d\d s)\n$/,
    );
    expect((await run("unload", "tone")).stdout).toBe("voices.tone: nothing was loaded\n");
    expect((await run("slots")).stdout).toMatch(/voices\.tone +unloaded .* nothing/);
    expect(await json<SwapRecord>("load", "tone")).toMatchObject({ stage: "done", reason: "load" });
    const again = await run("load", "tone");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("To start it again, reload it")]);
  });
});

describe("syrinx reload", () => {
  test("takes over a release that was added, and names one that the slot does not ask for", async () => {
    await json("swap", SLOT, "--plugin", "tone@1.0.0");
    await addPluginVersion(engine.home, "tone", "1.2.0");
    const { code, stderr } = await run("reload", "tone");
    expect(code).toBe(0);
    expect(stderr).toEndWith(
      "A newer plugin is there: tone@1.2.0. To use it: syrinx swap voices.tone --plugin tone@1.2.0\n",
    );
    await json("swap", SLOT, "--plugin", "tone");
    await addPluginVersion(engine.home, "tone", "1.3.0");
    const taken = await run("reload", "tone");
    expect(taken.stdout).toContain("tone@1.3.0 serves as generation");
    expect(taken.stderr).not.toContain("newer");
  });

  test("names the folder of a plugin that was removed", async () => {
    await addPluginVersion(engine.home, "tone", "1.4.0");
    await engine.post("/control/plugins/rescan");
    await json("swap", SLOT, "--plugin", "tone@1.4.0");
    const folder = join(engine.home, "plugins/tone/1.4.0");
    await rm(folder, { recursive: true });
    const answer = await engine.post(`/control/slots/${SLOT}/reload`);
    expect(await answer.json()).toMatchObject({
      code: "plugin-start-failed",
      detail: `Cannot start plugin tone@1.4.0 because its folder ${folder} is no longer there`,
    });
    expect(await engine.slot(SLOT)).toMatchObject({ state: "ready", running: { plugin: "tone@1.4.0" } });
    const reloaded = await run("reload", "tone");
    expect(reloaded.code).toBe(1);
    expect(reloaded.stderr).toContain("Cannot find voice plugin tone@1.4.0: on disk are ");
  });
});

describe("syrinx memory", () => {
  test("shows each device and what each instance holds of it", async () => {
    const { stdout } = await run("memory");
    expect(stdout).toMatch(/^DEVICE +NAME +RESERVED +BUDGET +USED +TOTAL\nhost /);
    expect(stdout).toMatch(/voices\.tone +\d+ +\d+ +serving +cpu +[\d.]+ MB +- +[\d.]+ MB/);
    const view = await json<MemoryView>("memory");
    expect(view.devices.map(({ id }) => id)).toContain("host");
    expect(view.instances.map(({ slot }) => slot)).toContain(SLOT);
  });
});

describe("syrinx swap --strategy canary", () => {
  test("prints how to end it, and is promoted by its slot's name from another terminal", async () => {
    await json("swap", SLOT, "--plugin", "tone@1.0.0");
    const canary = run("swap", SLOT, "--plugin", "tone@1.1.0", "--strategy", "canary", "--percent", "50");
    await engine.slotUntil(SLOT, ({ instances }) => instances.some(({ state }) => state === "canary"));
    const promoted = await run("promote", "tone");
    expect([promoted.code, promoted.stdout]).toEqual([
      0,
      expect.stringMatching(/^voices\.tone: tone@1\.1\.0 serves as generation \d+/),
    ]);
    const { code, stderr } = await canary;
    expect(code).toBe(0);
    expect(stderr).toContain("syrinx promote");
    expect(stderr).toContain("syrinx abort");
  });

  test("says what it waits for, and is rolled back when its longest time is over", async () => {
    await json("swap", SLOT, "--plugin", "tone@1.0.0");
    const { code, stderr } = await run(
      ...["swap", SLOT, "--plugin", "tone@1.1.0", "--strategy", "canary"],
      ...["--min-requests", "7", "--window", "100ms", "--max-wait", "200ms"],
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^voices\.tone canary .*, waits for 7 requests, has 0, at most 0\.2 s$/m);
    expect(stderr).toContain(
      "voices.tone was not swapped: while it was canary: tone@1.1.0 was not proven because it had 0 of the 7 requests that it needs in 0.2 s. tone@1.0.0 keeps serving",
    );
    const { stdout } = await run("history", "--slot", "tone", "--limit", "1");
    expect(stdout).toMatch(/ rolled-back \(max-wait\) /);
  });

  test("is rolled back by hand, and what served keeps serving", async () => {
    await json("swap", SLOT, "--plugin", "tone@1.0.0");
    const canary = run("swap", SLOT, "--plugin", "tone@1.1.0", "--strategy", "canary");
    await engine.slotUntil(SLOT, ({ instances }) => instances.some(({ state }) => state === "canary"));
    const aborted = await run("abort", "tone");
    expect([aborted.code, aborted.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^voices\.tone: tone@1\.1\.0 was rolled back after (?:\d+ ms|\d+\.\d\d s); tone@1\.0\.0 keeps serving\n$/,
      ),
    ]);
    // Nobody's mistake: whoever waits for the swap is told of it, and it is no failure in the history.
    const { code, stdout, stderr } = await canary;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^voices\.tone: tone@1\.1\.0 was rolled back by hand after .+; tone@1\.0\.0 keeps serving\n$/,
    );
    expect(stderr).not.toContain("fail");
    expect((await run("history", "--slot", "tone", "--limit", "1")).stderr).toBe("");
    expect(await engine.slot(SLOT)).toMatchObject({ running: { plugin: "tone@1.0.0" } });
  });

  test.each(["promote", "abort"])(
    "without a canary there is nothing to %s, and what serves keeps serving",
    async (action) => {
      const before = await engine.slot(SLOT);
      const { code, stdout, stderr } = await run(action, "tone");
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toStartWith("syrinx: No swap of voices.tone is under way");
      const [last] = (await engine.get<SwapList>("/control/swaps?slot=voices.tone&limit=1")).swaps;
      const over = last?.id ?? "";
      expect(await run(action, over)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`${over} is not under way`),
      });
      expect(await engine.slot(SLOT)).toMatchObject({
        running: before.running,
        generation: before.generation,
      });
    },
  );
});
