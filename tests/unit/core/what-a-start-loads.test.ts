import { describe, expect, test } from "bun:test";
import { join } from "node:path";

const CORE = join(import.meta.dir, "../../../core");

/**
 * @param modules of core/
 * @param use what is done then with the exports of the first one, `module`
 * @returns the packages that a program loads with them
 */
function packagesOf(modules: readonly string[], use = ""): string[] {
  const paths = modules.map((one) => join(CORE, one));
  const program = `const [module] = await Promise.all(${JSON.stringify(paths)}.map((path) => import(path)));
    ${use}
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
    const packages = packagesOf(["engine/mod.ts", "log.ts"]);
    expect(packages).toContain("hono");
    const late = ["ajv", "blessed", "chokidar", "pino-pretty", "re2js", "wasm-media-encoders", "yaml"];
    expect(packages.filter((name) => late.includes(name))).toEqual([]);
  });

  test("in a source is the parser of its format alone", () => {
    const read = (path: string, text: string) =>
      packagesOf(
        ["sdk/document/formats.ts"],
        `module.parseDocument(${JSON.stringify(text)}, module.formatOf(${JSON.stringify(path)}));`,
      );
    expect(read("config.jsonc", "{}")).toEqual(["jsonc-parser"]);
    expect(read("config.yaml", "log: {}")).toEqual(["yaml"]);
    expect(read("config.toml", "[log]")).toContain("toml-eslint-parser");
  });

  test("in the runner is no package at all", () => {
    expect(packagesOf(["sdk/mod.ts", "protocol/mod.ts"])).toEqual([]);
  });
});
