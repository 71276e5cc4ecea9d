import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigPlanView, ConfigProblem } from "../../schemas/generated/api.ts";
import { CommandLine } from "../support/command-line.ts";
import { addPlugin } from "../support/releases.ts";

let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open();
});
afterAll(() => line[Symbol.asyncDispose]());

/** Writes a file in the folder that commands run in, and runs a command there. */
async function run(args: readonly string[], files: Record<string, string> = {}) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(line.work, name), text);
  const { code, stdout, stderr } = await line.run(["config", ...args]);
  return { code, out: new TextDecoder().decode(stdout), err: stderr };
}

describe("syrinx config init", () => {
  test("writes a valid file, and never overwrites one", async () => {
    await using own = await CommandLine.open();
    const path = join(own.work, "syrinx.jsonc");
    const init = await own.run(["config", "init"]);
    expect([init.code, new TextDecoder().decode(init.stdout)]).toEqual([0, `wrote ${path}\n`]);
    const check = await own.run(["config", "validate"]);
    expect(new TextDecoder().decode(check.stdout)).toBe(`${path} is a good config\n`);

    await writeFile(path, "{ mine");
    const again = await own.run(["config", "init"]);
    expect(again.code).toBe(2);
    expect(again.stderr).toBe(`syrinx: There is a file ${path} already, and it was left as it is\n`);
    expect(await readFile(path, "utf8")).toBe("{ mine");
    expect(await own.strewn()).toEqual(["work/syrinx.jsonc"]);
  });

  test("writes only JSONC, because the file has comments", async () => {
    const { code, err } = await run(["init", "mine.yaml"]);
    expect(code).toBe(2);
    expect(err).toContain("needs a name that ends in .jsonc");
    expect(await readdir(line.work)).not.toContain("mine.yaml");
  });
});

describe("syrinx config validate", () => {
  test("reports every mistake at once with line and column, also releases that slots lack", async () => {
    const text = [
      "voices:",
      "  a: {plugin: tone, settings: {herz: 3}}",
      "  b:",
      "    plugin: piper",
      "    model: gone",
      "  c: {plugin: nobody}",
    ].join("\n");
    const { code, out, err } = await run(["validate", "slots.yaml"], { "slots.yaml": text });
    const path = join(line.work, "slots.yaml");
    expect(code).toBe(1);
    expect(out.split("\n").slice(0, 3)).toEqual([
      `${path}:2:32 /voices/a/settings/herz unknown key "herz" (did you mean "hertz"?)`,
      expect.stringMatching(/:3:3 \/voices\/b Cannot find model gone: on disk are /),
      expect.stringMatching(/:6:3 \/voices\/c Cannot find voice plugin nobody: on disk are /),
    ]);
    expect(err).toBe("syrinx: The config has 3 problems. An engine would refuse it\n");
  });

  test("names what the slots want beside what breaks the schema", async () => {
    const text = [
      "log: {level: loud}",
      "speech: {aliases: {x: nobody}}",
      "voices:",
      "  a: {plugin: tone, settings: {herz: 3}}",
      "  b: {plugin: gone, lod: eager}",
      "  c: {plugin: nobody}",
    ].join("\n");
    const { code, out } = await run(["validate", "both.yaml"], { "both.yaml": text });
    expect(code).toBe(1);
    expect(out.split("\n").filter(Boolean).sort()).toEqual([
      expect.stringContaining("both.yaml:1:7 /log/level must be one of"),
      expect.stringContaining('both.yaml:2:20 /speech/aliases/x "nobody" names no voice'),
      expect.stringContaining('both.yaml:4:32 /voices/a/settings/herz unknown key "herz"'),
      expect.stringContaining('both.yaml:5:21 /voices/b/lod unknown key "lod"'),
      expect.stringContaining("both.yaml:6:3 /voices/c Cannot find voice plugin nobody"),
    ]);
  });

  test.each([
    [
      "a.jsonc",
      '{\n  "server": { "prot": 1, "port": "x" },\n}',
      ["2:15 /server/prot unknown key", "2:26 /server/port must be"],
    ],
    ["b.toml", "[speech]\ndefaultVoice = 'nobody'\n", ['2:1 /speech/defaultVoice "nobody" names no voice']],
    ["c.json", '{ "log": {}', ["1:12 Cannot read"]],
  ])("tells what is wrong in %s", async (name, text, told) => {
    const { code, out } = await run(["validate", name], { [name]: text });
    expect(code).toBe(1);
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBe(told.length);
    for (const [index, start] of told.entries())
      expect(lines[index]).toStartWith(`${join(line.work, name)}:${start}`);
  });

  test("prints the problems as JSON, or an empty list", async () => {
    const bad = await run(["validate", "--json", "d.json"], { "d.json": '{"x": 1}' });
    const [problem] = (JSON.parse(bad.out) as { problems: ConfigProblem[] }).problems;
    expect(problem).toMatchObject({ pointer: "/x", line: 1, column: 2 });
    expect(bad.code).toBe(1);
    const good = await run(["validate", "--json", "d.json"], { "d.json": "{}" });
    expect([good.code, JSON.parse(good.out)]).toEqual([0, { problems: [] }]);
  });

  test("knows the plugins that were added to the home, and what they were not granted", async () => {
    const manifest = { name: "asks", version: "1.0.0", kind: "sink", permissions: { read: ["/srv"] } };
    await addPlugin(line.home, manifest, "");
    const config = { sinks: { kept: { plugin: "asks" } } };
    const refused = await run(["validate", "e.json"], { "e.json": JSON.stringify(config) });
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("/sinks/kept Cannot start plugin asks@1.0.0");
    const granted = { ...config, plugins: { grants: { asks: { read: ["/srv"] } } } };
    expect((await run(["validate", "e.json"], { "e.json": JSON.stringify(granted) })).code).toBe(0);
  });

  test("names the other sources that it did not ask, whether the file is valid or not", async () => {
    const sources = {
      env: { plugin: "env" },
      none: null,
      file: { plugin: "file" },
      central: { plugin: "env" },
    };
    const told = "not asked: the sources env, central (above the file in an engine)\n";
    const files = {
      "good.json": JSON.stringify({ sources }),
      // That voice may be another source's.
      "part.json": JSON.stringify({ sources, speech: { defaultVoice: "nobody" } }),
      "alone.json": "{}",
    };
    const good = await run(["validate", "good.json"], files);
    expect([good.code, good.err]).toEqual([0, told]);
    expect(good.out).toEndWith(" is a good config\n");
    const part = await run(["validate", "part.json", "--json"]);
    expect(part.code).toBe(1);
    expect(part.err).toStartWith(told);
    expect((JSON.parse(part.out) as { problems: ConfigProblem[] }).problems.length).toBe(1);
    expect((await run(["validate", "alone.json"])).err).toBe("");
    const plan = await run(["plan", "good.json"]);
    expect(plan.err).toEndWith(`against the defaults, because no engine runs:\n${told}`);
  });

  test("of a file that is not there is wrong usage", async () => {
    await mkdir(join(line.work, "empty"), { recursive: true });
    const { code, err } = await run(["validate", "empty/none.jsonc"]);
    expect([code, err]).toEqual([
      2,
      `syrinx: There is no config file ${join(line.work, "empty/none.jsonc")}\n`,
    ]);
    await using own = await CommandLine.open();
    const none = await own.run(["config", "validate"]);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("To write one: syrinx config init");
  });
});

describe("syrinx config plan, with no engine", () => {
  const config = JSON.stringify({
    voices: { slt: { device: "cpu" }, t: { plugin: "tone" } },
    log: { level: "warn" },
  });

  test("says what the file changes in the defaults", async () => {
    const { code, out, err } = await run(["plan", "f.json"], { "f.json": config });
    expect(code).toBe(0);
    expect(err).toBe(`${join(line.work, "f.json")} against the defaults, because no engine runs:\n`);
    expect(out).toMatch(/^voices\.slt +swap +a load +\/device$/m);
    expect(out).toMatch(/^voices\.t +add +a load$/m);
    expect(out).toMatch(/^2 slots stay as they are\.$/m);
    expect(out).toMatch(/^~ \/log\/level +"info" -> "warn"$/m);
  });

  test("prints it as JSON", async () => {
    const { code, out } = await run(["plan", "--json", "f.json"], { "f.json": config });
    const plan = JSON.parse(out) as ConfigPlanView;
    expect(code).toBe(0);
    expect(plan.base).toBe(0);
    expect(plan.changes.map(({ pointer }) => pointer)).toContain("/voices/slt/device");
  });

  test("fails if the named engine does not answer", async () => {
    const { code, out, err } = await run(["plan", "f.json", "--url", "http://127.0.0.1:1"], {
      "f.json": config,
    });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("No engine answers at http://127.0.0.1:1");
  });
});
