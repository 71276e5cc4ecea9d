import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  ConfigDiff,
  ConfigPlanView,
  ConfigVersionList,
  ConfigView,
} from "../../schemas/generated/api.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, MAIN, TONE_ONLY } from "../support/engine-process.ts";

const HERTZ = "voices.tone.settings.hertz";

let line: CommandLine;
/** An engine that no test may change: its config stays at version 1. */
let unchanged: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  line = await CommandLine.open();
  unchanged = await start();
});
afterAll(async () => {
  expect((await unchanged.view()).version).toBe(1);
  await unchanged[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
});

/** An engine with the voice `tone`, and what its config is told on the command line. */
async function start() {
  const engine = await EngineProcess.start({ config: TONE_ONLY });
  const run = async (args: readonly string[], env: Record<string, string> = {}) => {
    const finished = await line.run(["config", ...args, "--home", engine.home], { env });
    const out = new TextDecoder().decode(finished.stdout);
    return { code: finished.code, out, err: finished.stderr };
  };
  const view = () => engine.get<ConfigView>("/control/config");
  return { engine, run, view, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

describe("a setting", () => {
  test("is shown, set above the file, and unset, each with its plan", async () => {
    await using own = await start();
    expect(await own.run(["get", "speech.defaultVoice"])).toMatchObject({ code: 0, out: "tone\n" });
    expect((await own.run(["get", "/speech/loudness/target"])).out).toBe("-20\n");
    const { out: whole, err: state } = await own.run(["get"]);
    expect([JSON.parse(whole), state]).toEqual([(await own.view()).document, "config version 1 is active\n"]);
    expect(JSON.parse((await own.run(["get", "--json"])).out)).toEqual(await own.view());

    const set = await own.run(["set", HERTZ, "300", "--yes"]);
    expect([set.code, set.out]).toEqual([0, "config version 2 is active\n"]);
    expect(set.err).toMatch(/^\+ \/voices\/tone\/settings\/hertz +300$/m);
    expect((await own.view()).overrides).toEqual({ voices: { tone: { settings: { hertz: 300 } } } });

    const unset = await own.run(["unset", HERTZ, "--yes", "--json"]);
    expect((JSON.parse(unset.out) as ConfigView).version).toBe(3);
    expect(await own.run(["get", HERTZ])).toMatchObject({
      code: 1,
      err: `syrinx: Nothing is set at /${HERTZ.replaceAll(".", "/")}\n`,
    });
  });

  test("is unset with all others by unset --all, but not by an empty name", async () => {
    await using own = await start();
    await own.run(["set", HERTZ, "300", "--yes"]);
    await own.run(["set", "log.level", "warn", "--yes"]);
    for (const [args, told] of [
      [["unset", ""], "Name a setting to unset"],
      [["unset"], "Name a setting to unset"],
      [["unset", HERTZ, "--all"], "or --all"],
      // It is asked about as any other change.
      [["unset", "--all"], "there is no terminal to ask on: add --yes"],
    ] as const) {
      const { code, err } = await own.run(args);
      expect(code).toBe(2);
      expect(err).toContain(told);
    }
    expect((await own.view()).version).toBe(3);
    const dry = await own.run(["unset", "--all", "--dry-run", "--json"]);
    expect((JSON.parse(dry.out) as ConfigPlanView).changes.map(({ pointer }) => pointer).sort()).toEqual([
      "/log/level",
      "/voices/tone/settings/hertz",
    ]);
    const unset = await own.run(["unset", "--all", "--yes"]);
    expect([unset.code, unset.out]).toEqual([0, "config version 4 is active\n"]);
    expect((await own.view()).overrides).toBeUndefined();
    // Nothing is left to be taken away.
    expect(await own.run(["unset", "--all"])).toMatchObject({
      code: 0,
      out: "config version 4 is active\n",
    });
  });

  test("that is invalid is refused with the reason, and the active version is named", async () => {
    const own = unchanged;
    const { code, out, err } = await own.run(["set", "log.level", "loud", "--yes"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("/log/level must be one of debug, info, warn, error\n");
    expect(err).toEndWith("syrinx: The config has 1 problem. Config version 1 stays active\n");
    const gone = await own.run(["unset", "log.level", "--yes"]);
    expect(gone.code).toBe(1);
    expect(gone.err).toEndWith(". Config version 1 stays active\n");
  });

  test("whose slot does not come up is refused with the reason of that slot", async () => {
    const own = unchanged;
    const { code, out, err } = await own.run(["set", "voices.bad", '{"plugin": "tonne"}', "--yes"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^\/voices\/bad Cannot find voice plugin tonne: /m);
    expect(err).toEndWith("syrinx: Cannot bring up voices.bad. Config version 1 stays active\n");
  });

  test("is refused with every mistake at once, in the words of config validate", async () => {
    const own = unchanged;
    const file = join(line.work, "many.json");
    await writeFile(
      file,
      JSON.stringify({
        log: { level: "loud" },
        voices: { a: { plugin: "tone", settings: { herz: 3 } }, c: { plugin: "nobody" } },
      }),
    );
    const applied = await own.run(["apply", file, "--yes"]);
    const validated = await own.run(["validate", file]);
    expect(validated.out.trimEnd().split("\n")).toHaveLength(3);
    for (const told of validated.out.trimEnd().split("\n")) expect(applied.err).toContain(told);
    expect(applied.err).toEndWith("syrinx: The config has 3 problems. Config version 1 stays active\n");
  });

  test("is only planned with --dry-run, and without a terminal to ask on only changed with --yes", async () => {
    const own = unchanged;
    const dry = await own.run(["set", HERTZ, "300", "--dry-run", "--yes"]);
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(dry.out).toMatch(/^voices\.tone +swap +a load/m);
    const plan = await own.run(["set", HERTZ, "300", "--dry-run", "--json"]);
    expect((JSON.parse(plan.out) as ConfigPlanView).changes).toEqual([
      { pointer: `/${HERTZ.replaceAll(".", "/")}`, to: 300 },
    ]);
    const { code, err } = await own.run(["set", HERTZ, "300"]);
    expect(code).toBe(2);
    expect(err).toEndWith("syrinx: Nothing was changed because there is no terminal to ask on: add --yes\n");
    expect((await own.view()).version).toBe(1);
  });

  test("on a terminal is changed only after the answer yes", async () => {
    await using own = await start();
    const answers: [answer: string, code: number, version: number][] = [
      ["\r", 1, 1],
      ["\x04", 1, 1],
      ["y\r", 0, 2],
    ];
    for (const [answer, code, version] of answers) {
      const { code: ended, screen } = await onTerminal(own.engine, ["set", HERTZ, "300"], answer);
      expect(ended).toBe(code);
      expect(screen).toContain("Change config version 1 like this?");
      expect(screen).toContain("\x1b[32m+ /voices/tone/settings/hertz");
      expect((await own.view()).version).toBe(version);
    }
  });
});

/** Runs a command on a terminal, and answers what it asks. */
async function onTerminal(engine: EngineProcess, args: readonly string[], answer: string) {
  let screen = "";
  let answered = false;
  const command = Bun.spawn([process.execPath, MAIN, "config", ...args, "--home", engine.home], {
    env: { ...line.environment, TERM: "xterm-256color" },
    terminal: {
      data(terminal, bytes) {
        screen += new TextDecoder().decode(bytes);
        if (answered || !screen.includes("[y/N]")) return;
        answered = true;
        terminal.write(answer);
      },
    },
  });
  return { code: await command.exited, screen };
}

describe("a file", () => {
  test("is applied above all sources, and reverts unless it is confirmed", async () => {
    await using own = await start();
    const path = join(line.work, "more.yaml");
    await writeFile(path, "$schema: x\nspeech: {maxQueue: 9}\n");
    const { code, out } = await own.run(["apply", path, "--yes", "--confirm", "60s"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^config version 2 is active\nit reverts by itself at .+Z, unless: syrinx config confirm\n$/,
    );
    expect(await own.view()).toMatchObject({
      overrides: { speech: { maxQueue: 9 } },
      unconfirmed: { version: 2 },
    });
    expect((await own.run(["confirm"])).out).toBe("config version 2 is active\n");
    expect(await own.run(["confirm"])).toMatchObject({ code: 1 });
  });

  test("that is invalid is refused with lines and columns", async () => {
    const own = unchanged;
    const path = join(line.work, "wrong.yaml");
    await writeFile(path, "speech:\n  maxQeue: 9\n");
    const wrong = await own.run(["apply", path, "--yes"]);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toStartWith(`${path}:2:3 /speech/maxQeue unknown key`);
    await writeFile(path, "speech: [\n");
    const broken = await own.run(["apply", path, "--yes"]);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(
      /:\d+:\d+ Cannot read .+\nsyrinx: The config has 1 problem\. Nothing was changed\n$/,
    );
  });

  test("is planned against the engine that runs: as its source, or instead of all sources", async () => {
    await using own = await start();
    await own.run(["set", HERTZ, "300", "--yes"]);
    const same = await own.run(["plan", own.engine.configFile]);
    expect([same.code, same.out]).toEqual([0, "nothing changes\n"]);
    expect(same.err).toEndWith("as its source file:\n");
    const path = join(line.work, "other.json");
    await writeFile(path, JSON.stringify({ ...TONE_ONLY, log: { level: "warn" } }));
    const other = await own.run(["plan", path]);
    expect(other.err).toContain("against config version 2 of");
    expect(other.out).toMatch(/^- \/voices\/tone\/settings\/hertz +300$/m);
    expect(other.out).toMatch(/^~ \/log\/level +"info" -> "warn"$/m);
    await writeFile(path, '{\n  "log": { "level": "loud" }\n}');
    const wrong = await own.run(["plan", path]);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain(`${path}:2:12 /log/level must be one of`);
  });
});

describe("the editor", () => {
  test("gets the whole config, and values that were edited are set", async () => {
    await using own = await start();
    const edit = await own.run(["edit", "--yes"], { EDITOR: 'sed -i s/"maxQueue.*,"/"maxQueue\\":7,"/' });
    expect(edit).toMatchObject({ code: 0, out: "config version 2 is active\n" });
    expect((await own.view()).overrides).toEqual({ speech: { maxQueue: 7 } });
    const none = await own.run(["edit"], { VISUAL: "true", EDITOR: "false" });
    expect(none).toMatchObject({ code: 0, out: "", err: "nothing was changed\n" });
    expect(await readdir(line.temporary)).toEqual([]);
  });

  test("that fails, or leaves mistakes, changes nothing, and the text is kept in a file", async () => {
    const own = unchanged;
    const failed = await own.run(["edit", "--yes"], { EDITOR: "false" });
    expect([failed.code, failed.out]).toEqual([1, ""]);
    expect(failed.err).toMatch(
      /Nothing was changed because false ended with code 1\. What you wrote is kept in .+config\.jsonc\n$/,
    );
    const wrong = await own.run(["edit", "--yes"], { EDITOR: "sed -i s/512/-1/" });
    const [, kept = ""] = /kept in (.+)\n$/.exec(wrong.err) ?? [];
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/config\.jsonc:\d+:\d+ \/speech\/maxQueue must be >= 1\n/);
    expect(await Bun.file(kept).text()).toContain('"maxQueue": -1');
    expect((await own.view()).version).toBe(1);
  });
});

describe("versions", () => {
  test("are listed with author, reason and changes, and any two can be compared", async () => {
    await using own = await start();
    await own.run(["set", HERTZ, "300", "--yes"]);
    await own.engine.save({ ...TONE_ONLY, log: { level: "loud" } });
    await own.engine.logged("rejected");
    const list = await own.run(["versions"]);
    expect(list.out).toMatch(
      /^VERSION +AT +WHY +WHO +CHANGED\n2 +\S+Z +patch +loopback +\/voices\/tone\/settings\/hertz\n1 +\S+Z +source +file\n$/,
    );
    expect(list.err).toMatch(/^! \S+Z rejected, 2 stayed: file: \/log\/level must be one of /);
    const json = JSON.parse((await own.run(["versions", "--json", "--limit", "1"])).out) as ConfigVersionList;
    expect(json.versions.map(({ number }) => number)).toEqual([2]);

    expect((await own.run(["diff", "1"])).out).toBe("+ /voices/tone/settings/hertz  300\n");
    expect((await own.run(["diff", "2", "1"])).out).toBe("- /voices/tone/settings/hertz  300\n");
    expect((await own.run(["diff", "2"])).out).toBe("versions 2 and 2 are the same\n");
    const diff = JSON.parse((await own.run(["diff", "1", "2", "--json"])).out) as ConfigDiff;
    expect(diff).toMatchObject({ from: 1, to: 2, patch: [{ op: "add", value: 300 }] });
    expect(await own.run(["diff", "7"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("no version 7"),
    });
  });

  test("are rolled back to and pinned, until an unpin", async () => {
    await using own = await start();
    await own.run(["set", HERTZ, "300", "--yes"]);
    const back = await own.run(["rollback", "1", "--yes", "--reason", "it squeaks"]);
    expect(back.out).toMatch(
      /^config version 3 is active\nit is pinned to version 1 by loopback since \S+Z \(it squeaks\); .+\nan unpin would change \/voices\/tone\/settings\/hertz\n$/,
    );
    expect((await own.run(["versions"])).out).toMatch(/^3 .* rollback to 1: it squeaks/m);
    expect((await own.run(["unpin", "--yes"])).out).toBe("config version 4 is active\n");
    const pin = await own.run(["pin"]);
    expect(pin.code).toBe(0);
    expect((await own.view()).pinned).toMatchObject({ version: 4 });
    const unknown = await own.run(["rollback", "99", "--yes"]);
    expect(unknown.code).toBe(1);
    expect(unknown.err).toEndWith(". Config version 4 stays active\n");
  });
});

describe("a reload", () => {
  test("applies the sources' current documents, and reports their mistakes", async () => {
    await using own = await start();
    await own.engine.saveUnasked({ ...TONE_ONLY, log: { level: "warn" } });
    expect(await own.run(["reload"])).toEqual({ code: 0, out: "config version 2 is active\n", err: "" });
    expect((await own.view()).document.log?.level).toBe("warn");

    await own.engine.saveUnasked({ ...TONE_ONLY, log: { level: "shout" } });
    const { code, out, err } = await own.run(["reload"]);
    expect([code, out]).toEqual([1, "config version 2 is active\n"]);
    expect(err).toMatch(/^\S+syrinx\.jsonc:\d+:\d+ \/log\/level must be .+$/m);
    expect(err).toEndWith("Config version 2 stays active\n");
  });
});

describe("wrong usage", () => {
  test.each([
    [["diff", "x"], /A version is a whole number from 1/],
    [["rollback", "0"], /A version is a whole number from 1/],
    [["apply", "x.json", "--confirm", "60"], /500ms, 30s or 2m/],
    [["versions", "--limit", "501"], /A limit is a whole number from 1 to 500/],
  ])("%j ends with code 2 and a message", async (args, says) => {
    const { code, stderr } = await line.run(["config", ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });

  test("commands that need an engine say how to start one", async () => {
    const { code, stderr } = await line.run(["config", "get"]);
    expect([code, stderr]).toEqual([
      1,
      "syrinx: No engine answers at http://127.0.0.1:1. Start one with: syrinx start\n",
    ]);
  });
});
