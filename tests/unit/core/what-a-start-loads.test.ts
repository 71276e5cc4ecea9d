import { describe, expect, test } from "bun:test";
import { join } from "node:path";

const CORE = join(import.meta.dir, "../../../core");

/** @returns the packages that a program loads */
function packagesOf(code: string): string[] {
  const program = `${code}
    const files = Object.keys(require.cache);
    const names = files.flatMap((file) => /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(file)?.[1] ?? []);
    console.log(JSON.stringify([...new Set(names)]));
    process.exit(0);`;
  const { stdout, stderr } = Bun.spawnSync([process.execPath, "-e", program], { cwd: CORE });
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as string[];
}

describe("what a start loads", () => {
  test("in the engine is nothing that only a terminal, `syrinx dev`, or a plugin from elsewhere needs", () => {
    const packages = packagesOf(`await import("./cli/start/mod.ts");`);
    expect(packages).toContain("hono");
    expect(packages).toContain("commander");
    const late = ["ajv", "blessed", "chokidar", "pino-pretty", "re2js", "wasm-media-encoders", "yaml"];
    expect(packages.filter((name) => late.includes(name))).toEqual([]);
  });

  test("in a source is the parser of its format alone", () => {
    const read = (path: string, text: string) =>
      packagesOf(`const { formatOf, parseDocument } = await import("./sdk/document/formats.ts");
        parseDocument(${JSON.stringify(text)}, formatOf(${JSON.stringify(path)}));`);
    expect(read("config.jsonc", "{}")).toEqual(["jsonc-parser"]);
    expect(read("config.yaml", "log: {}")).toEqual(["yaml"]);
    expect(read("config.toml", "[log]")).toContain("toml-eslint-parser");
  });

  test("in the runner is no package at all", () => {
    expect(packagesOf(`await import("./sdk/mod.ts"); await import("./protocol/mod.ts");`)).toEqual([]);
  });
});
