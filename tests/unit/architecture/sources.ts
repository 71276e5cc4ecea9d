import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Glob } from "bun";

/** The project's folder, absolute. */
export const ROOT = join(import.meta.dir, "../../..");

/** One import that a file makes; paths are relative to the project's folder. */
export interface Import {
  from: string;
  /** A path for an import of the project's own files; else the specifier: `hono`, `node:path`, `syrinx/sdk`. */
  to: string;
}

/** @returns every module of the project, by its path, sorted */
export function sourcePaths(): string[] {
  const glob = new Glob("{core,plugins,admin,schemas,models,tests}/**/*.{ts,tsx,mts,js,mjs}");
  return [...glob.scanSync(ROOT)].filter((path) => !path.includes("node_modules")).sort();
}

/** @returns every file that is or would be in the repository */
export function trackedPaths(): string[] {
  const git = Bun.spawnSync(["git", "ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  if (!git.success) throw new Error(git.stderr.toString());
  return git.stdout
    .toString()
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

/**
 * Reads the imports of a module from its text, those of types included, which Bun's transpiler leaves out.
 *
 * @param text statements begin a line and code is formatted, so that an example in a comment is not taken for one
 */
export function specifiersIn(text: string): string[] {
  const statement = /^(?:import|export)\b[^"';]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm;
  const call = /^(?!\s*(?:\*|\/\/)).*?\b(?:import|require)\(["']([^"']+)["']\)/gm;
  return [statement, call].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, from, alone]) => from ?? alone ?? ""),
  );
}

/** @returns the imports that a module makes */
export function importsOf(from: string, text: string): Import[] {
  return specifiersIn(text).map((specifier) => ({
    from,
    to: specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier,
  }));
}

export function readSource(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** @returns every import of the project */
export function allImports(): Import[] {
  return sourcePaths().flatMap((path) => importsOf(path, readSource(path)));
}
