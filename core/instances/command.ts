/**
 * Finds the programs of a plugin: the one that its manifest names as `command`, and those that it was granted to `run`.
 *
 * A bare name is looked up on the PATH. A name with a slash is in the plugin's folder. Nothing in that folder is read or
 * run here: that happens in the sandbox.
 *
 * @module
 */
import { dirname, isAbsolute, join } from "node:path";
import { SyrinxError } from "../errors.ts";
import { isInside } from "../releases/mod.ts";
import { findProgram, type ProgramSearch, realPath } from "./find-program.ts";
import { followShim } from "./shim.ts";

/** For messages. */
const ON_PATH =
  "on the PATH (its relative entries and the folders of plugins, models and their data do not count)";

/**
 * @param command of a manifest
 * @param directory of the plugin. A program whose name has a slash is in there
 * @returns the command with the absolute path of its program. Links and shims are resolved, because a shim starts further
 *   programs, which the sandbox refuses
 * @throws SyrinxError plugin-start-failed
 */
export async function resolveCommand(
  [program = "", ...args]: readonly string[],
  directory: string,
  search: ProgramSearch,
): Promise<string[]> {
  const found = program.includes("/")
    ? programOfPlugin(program, directory)
    : await programOnPath(program, search);
  if (found !== undefined) return [found, ...args];
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot start "${program}" because no such program is ${program.includes("/") ? `at ${join(directory, program)}` : ON_PATH}`,
  );
}

/**
 * @param program of a `run` permission: a name, a path in the plugin's folder, or an absolute path
 * @returns its path without links; undefined if it is not there
 * @throws SyrinxError plugin-start-failed
 */
export async function resolveGrantedProgram(
  program: string,
  directory: string,
  search: ProgramSearch,
): Promise<string | undefined> {
  if (!program.includes("/")) return programOnPath(program, search);
  return isAbsolute(program) && !isInside(directory, program)
    ? absoluteProgram(program, search)
    : programOfPlugin(isAbsolute(program) ? program.slice(directory.length) : program, directory);
}

async function programOnPath(name: string, search: ProgramSearch): Promise<string | undefined> {
  const path = findProgram(name, search);
  const real = path === undefined ? undefined : realPath(path);
  return real === undefined ? undefined : followShim(real, name, search);
}

/** A link that leads out of the plugin's folder would let the plugin read a file that it was not granted. */
function programOfPlugin(program: string, directory: string): string | undefined {
  const path = join(directory, program);
  const real = realPath(path);
  if (real === undefined || isInside(realPath(directory) ?? directory, real)) return real;
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot start "${program}" because ${path} leads to ${real}, outside the plugin's folder. To run a program of the system, name it without a slash`,
  );
}

/** The admin named it. A plugin must not be able to put a link in its place. */
function absoluteProgram(path: string, { untrusted }: ProgramSearch): string | undefined {
  const real = realPath(path);
  const beside = realPath(dirname(path)) ?? dirname(path);
  const around = untrusted.find((folder) => isInside(folder, beside));
  if (real === undefined || around === undefined || isInside(around, real)) return real;
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot grant run ${path} because it leads to ${real}, outside ${around}`,
  );
}
