/**
 * The program of a plugin that is no TypeScript: where it is, and what it needs to read to run.
 *
 * @module
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SyrinxError } from "../errors.ts";

/** What pyenv, rbenv and their kin put on the PATH in a program's place: where they are, and who they are. */
const SHIM =
  /^export (?<variable>\w+_ROOT)="(?<root>.+)"$[^]*^exec "(?<manager>\/.+\/\w+env)" exec "\$program" "\$@"$/m;
/** A shim is a screen of text; a larger file is no shim. */
const MAX_SHIM_BYTES = 4096;

/**
 * @param command of a manifest
 * @param directory of the plugin, from which a program is taken whose name holds a slash; else it is from the PATH
 * @returns the command with its program as an absolute path, links and version managers' shims resolved: they would
 *   start further programs, which the sandbox refuses
 * @throws SyrinxError plugin-start-failed
 */
export async function resolveCommand(
  [program = "", ...args]: readonly string[],
  directory: string,
): Promise<string[]> {
  const path = program.includes("/") ? join(directory, program) : Bun.which(program);
  const real = path === null ? undefined : await realpath(path).catch(() => undefined);
  if (real === undefined) {
    throw new SyrinxError(
      "plugin-start-failed",
      `Cannot start "${program}" as no such program is ${path === null ? "on the PATH" : `at ${path}`}`,
    );
  }
  return [await behindShim(real, directory), ...args];
}

/** @returns the folders in which an interpreter keeps its library, if it is in a bin folder: `lib` and `share` beside it */
export function libraryFolders(program: string): string[] {
  const folder = dirname(program);
  if (basename(folder) !== "bin") return [];
  return ["lib", "share"].map((name) => join(dirname(folder), name));
}

async function behindShim(program: string, directory: string): Promise<string> {
  const file = Bun.file(program);
  if (file.size > MAX_SHIM_BYTES) return program;
  const { variable = "", root = "", manager } = SHIM.exec(await file.text())?.groups ?? {};
  if (manager === undefined) return program;
  // In the plugin's folder, as a file there may say which version it wants.
  const asked = Bun.spawn([manager, "which", basename(program)], {
    cwd: directory,
    env: { ...process.env, [variable]: root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [path, why, code] = await Promise.all([asked.stdout.text(), asked.stderr.text(), asked.exited]);
  if (code === 0) return realpath(path.trim());
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot start "${basename(program)}": ${manager} says: ${why.trim()}`,
  );
}
