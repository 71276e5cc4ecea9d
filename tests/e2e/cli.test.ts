import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import packageJson from "../../package.json";
import type { ModelList, PluginList, VoiceList } from "../../schemas/generated/api.ts";
import { CommandLine, type Finished } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

const RUNNING_OPTIONS = ["--url", "--token", "--home"];
const ENGINE_OPTIONS = [...RUNNING_OPTIONS, "--config"];
const SWAPPING_OPTIONS = ["--no-wait", "--json", ...RUNNING_OPTIONS];
const START_OPTIONS = ["--config", "--host", "--port", "--home"];
/** Each command, the options that its help has to name, and one that it does not know. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  start: START_OPTIONS,
  dev: ["folders", ...START_OPTIONS],
  say: ["text", "--voice", "--speed", "--output", "-o", "--play", ...ENGINE_OPTIONS],
  voices: ["--json", ...ENGINE_OPTIONS],
  plugins: ["grant", "--json", ...ENGINE_OPTIONS],
  models: ["--json", ...ENGINE_OPTIONS],
  slots: ["--json", ...RUNNING_OPTIONS],
  memory: ["--json", ...RUNNING_OPTIONS],
  swap: [
    ...["slot", "--plugin", "--model", "--no-model", "--device", "--set", "--dry-run"],
    ...["--strategy", "--percent", "--min-requests", "--max-error-rate", "--window"],
    ...SWAPPING_OPTIONS,
  ],
  promote: ["swap", ...SWAPPING_OPTIONS],
  abort: ["swap", ...SWAPPING_OPTIONS],
  rollback: ["slot", ...SWAPPING_OPTIONS],
  reload: ["slot", ...SWAPPING_OPTIONS],
  unload: ["slot", ...SWAPPING_OPTIONS],
  load: ["slot", ...SWAPPING_OPTIONS],
  history: ["--slot", "--limit", "--json", ...RUNNING_OPTIONS],
  config: ["init", "validate", "plan", "get", "set", "edit", "apply", "versions", "diff", "rollback", "pin"],
  snapshot: ["create", "list", "restore"],
};

let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open(TONE_ONLY);
});
afterAll(() => line[Symbol.asyncDispose]());

describe("help", () => {
  test("syrinx --help names every command, on stdout", async () => {
    const { code, stdout, stderr } = await text(line.run(["--help"]));
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const command of Object.keys(COMMANDS)) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test("syrinx --version says the version and nothing else", async () => {
    expect(await text(line.run(["--version"]))).toEqual({
      code: 0,
      stdout: `${packageJson.version}\n`,
      stderr: "",
    });
  });

  for (const [command, options] of Object.entries(COMMANDS)) {
    test(`syrinx ${command} --help names every option`, async () => {
      const { code, stdout, stderr } = await text(line.run([command, "--help"]));
      expect(code).toBe(0);
      expect(stderr).toBe("");
      for (const option of options) expect(stdout).toContain(option);
    });
  }
});

describe("wrong usage ends with code 2, one line of what is wrong and a hint:", () => {
  const mistakes: Record<string, [args: string[], says: RegExp]> = {
    "an unknown command": [["sing"], /^error: unknown command 'sing'$/],
    "an unknown option": [["say", "--nope"], /^error: unknown option '--nope'$/],
    "an option without its value": [["say", "-o"], /^error: option '-o, --output <file>' argument missing$/],
    "a speed that is none": [
      ["say", "--speed", "9", "x"],
      /^error: .*A speed is a number from 0\.25 to 4\.$/,
    ],
    "a port that is none": [
      ["start", "--port", "x"],
      /^error: .*A port is a whole number from 0 to 65535\.$/,
    ],
    "a limit that is none": [
      ["history", "--limit", "0"],
      /^error: .*A limit is a whole number from 1 to 500\.$/,
    ],
    "a strategy that is none": [
      ["swap", "slt", "--strategy", "slow"],
      /^error: .*Allowed choices are auto, /,
    ],
    "a window without its unit": [["swap", "slt", "--window", "30"], /^error: .*500ms, 30s or 2m\.$/],
    "one argument too many": [["voices", "extra"], /^error: too many arguments.*$/],
  };
  for (const [what, [args, says]] of Object.entries(mistakes)) {
    test(what, async () => {
      const { code, stdout, stderr } = await text(line.run(args));
      const [first = "", ...hints] = stderr.trimEnd().split("\n");
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(first).toMatch(says);
      expect(hints.length).toBeGreaterThan(0);
      for (const hint of hints) expect(hint).toMatch(/^\(.+\)$/);
    });
  }

  test.each([
    [
      ["status"],
      'There is no command "status": syrinx slots shows what runs, and syrinx admin shows it live',
    ],
    [["stop"], 'There is no command "stop": an engine stops at Ctrl-C in its terminal, or at kill PID.'],
    [["plugins", "grnat", "piper"], 'There is no command "plugins grnat": did you mean "grant"?'],
    [["plugins", "everything"], 'There is no command "plugins everything": there is grant'],
  ])("syrinx %p names the command that does it", async (args, says) => {
    const { code, stdout, stderr } = await text(line.run(args));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toStartWith(`syrinx: ${says}`);
  });

  test("a text or a value that begins with - is told to stand after --", async () => {
    for (const args of [
      ["say", "-5 degrees"],
      ["config", "set", "voices.tone.settings.words", "-5 degrees"],
    ]) {
      const { code, stderr } = await text(line.run(args));
      expect(code).toBe(2);
      expect(stderr).toContain(
        '(put -- before a text or a value that begins with -, as in syrinx say -- "-5 degrees")\n',
      );
    }
  });

  test("without a command, the help is on stderr", async () => {
    const { code, stdout, stderr } = await text(line.run([]));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Commands:");
  });

  test("a config file that is not there", async () => {
    for (const command of ["start", "voices"]) {
      const { code, stdout, stderr } = await text(line.run([command, "--config", "gone.yaml"]));
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(`syrinx: There is no config file ${join(line.work, "gone.yaml")}\n`);
    }
  });
});

describe("the lists", () => {
  test("are tables, and JSON with --json, with no engine running", async () => {
    const table = await text(line.run(["voices"]));
    expect(table.code).toBe(0);
    expect(table.stderr).toBe("");
    expect(table.stdout).toMatch(/^VOICE +LANGUAGE +RATE +RELEASE +ALIASES\n/);
    expect(table.stdout).toMatch(/^tone \* +und +16000 Hz +tone@1\.0\.0 +alloy /m);

    const { voices } = json<VoiceList>(await line.run(["voices", "--json"]));
    expect(voices.map(({ id }) => id)).toEqual(["tone", "tone/low", "tone/high"]);
    const models = await text(line.run(["models"]));
    expect(models.stdout).toMatch(/^en_US-duo-tiny +1\.0\.0 +piper +en-US +4\.7 MB +slt rms /m);
    const plugins = await text(line.run(["plugins"]));
    expect(plugins.stdout).toMatch(
      /^piper +1\.0\.0 +voice +available +GPL-3\.0-or-later +read \$MODEL, device cuda$/m,
    );
    expect(plugins.stdout).toMatch(/^tone .* nothing$/m);
  });

  test("are those of the engine that runs, found by its home although its port is random", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const args = ["--home", engine.home];
    // The config of the folder is that of a private engine; this one's slot has another name.
    await engine.save({ ...TONE_ONLY, voices: { ...TONE_ONLY.voices, running: { plugin: "tone" } } });
    const { voices } = json<VoiceList>(await line.run(["voices", "--json", ...args]));
    expect(voices.map(({ id }) => id)).toContain("running");
    const table = await text(line.run(["voices", "--url", engine.url]));
    expect(table.stdout).toMatch(/^running +und/m);
    const models = json<ModelList>(await line.run(["models", "--json", ...args]));
    expect(models).toEqual(await engine.get<ModelList>("/control/models"));
    const plugins = json<PluginList>(await line.run(["plugins", "--json", ...args]));
    expect(plugins).toEqual(await engine.get<PluginList>("/control/plugins"));
  });

  test("show broken manifests on stderr, and the rest as usual", async () => {
    await using own = await CommandLine.open(TONE_ONLY);
    const directory = await addPlugin(own.home, { name: "odd", version: "1.0.0", kind: "vioce" }, "");
    const model = join(own.home, "models/torn");
    await mkdir(model, { recursive: true });
    await writeFile(join(model, "model.json"), `{"name": "torn",`);

    const plugins = await text(own.run(["plugins"]));
    expect(plugins.code).toBe(0);
    expect(plugins.stderr).toBe(
      `! ${directory}/plugin.json /kind must be one of voice, config-source, sink\n`,
    );
    expect(plugins.stdout).toMatch(/^tone /m);
    const models = await text(own.run(["models"]));
    expect(models.code).toBe(0);
    expect(models.stderr).toMatch(/^! .*\/models\/torn\/model\.json {2}cannot be read: .+\n$/);
    expect(models.stdout).toMatch(/^en_US-slt-tiny /m);
  });

  test("of an engine that does not answer end with code 1 and how to start one", async () => {
    const { code, stdout, stderr } = await text(line.run(["voices", "--url", "http://127.0.0.1:1"]));
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe("syrinx: No engine answers at http://127.0.0.1:1. Start one with: syrinx start\n");
  });
});

async function text(run: Promise<Finished>) {
  const { code, stdout, stderr } = await run;
  return { code, stdout: new TextDecoder().decode(stdout), stderr };
}

function json<T>({ code, stdout, stderr }: Finished): T {
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(new TextDecoder().decode(stdout)) as T;
}
