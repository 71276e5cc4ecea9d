/**
 * The program of a plugin in another language: where it is, and which folders it has to read.
 *
 * @module
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SyrinxError } from "../errors.ts";

/**
 * A shim: the script that pyenv, rbenv and similar version managers put on the PATH in place of a program. It says where
 * the manager is.
 */
const SHIM =
  /^export (?<variable>\w+_ROOT)="(?<root>.+)"$[^]*^exec "(?<manager>\/.+\/\w+env)" exec "\$program" "\$@"$/m;
/** Larger files are not shims, which have about 20 lines. */
const MAX_SHIM_BYTES = 4096;

/**
 * @param command of a manifest
 * @param directory of the plugin. A program whose name has a slash is in there; others are on the PATH
 * @returns the command with the absolute path of its program. Links and shims are resolved, because a shim starts further
 *   programs, which the sandbox refuses
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
      `Cannot start "${program}" because no such program is ${path === null ? "on the PATH" : `at ${path}`}`,
    );
  }
  return [await behindShim(real, directory), ...args];
}

/** @returns the library folders of an interpreter in a bin folder: `lib` and `share` beside that; else none */
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
  // Runs in the plugin's folder, because a file there may name the version that it needs.
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
