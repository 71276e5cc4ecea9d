import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ROOT, readSource } from "../../architecture/sources.ts";

const scanner = new Bun.Transpiler({ loader: "ts" });

/** @returns the project's own modules that are loaded with a module, itself among them; not those it loads while it runs */
function loadedWith(root: string): Set<string> {
  const loaded = new Set<string>();
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    for (const { kind, path: to } of path.endsWith(".ts") ? scanner.scanImports(readSource(path)) : [])
      if (kind === "import-statement" && to.startsWith(".")) waiting.push(normalize(join(dirname(path), to)));
  }
  return loaded;
}

test.each([
  "start/mod.ts",
  "lists.ts",
  "say.ts",
  "plugins.ts",
  "swap/swap.ts",
  "swap/canary.ts",
  "swap/slot-actions.ts",
  "config/mod.ts",
  "snapshot/mod.ts",
])(
  "the commands of %s load the engine's code only when they run it, not to ask one that runs, nor for their help",
  (file) => {
    const root = join("core/cli", file);
    expect(existsSync(join(ROOT, root))).toBe(true);
    const engine = [...loadedWith(root)].filter((path) =>
      /^core\/(engine|config|schema\.ts|log\.ts)/.test(path),
    );
    expect(engine).toEqual([]);
  },
);
