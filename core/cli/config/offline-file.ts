/**
 * Config files, read and checked as an engine does it. This loads the engine's code, which takes longer than most commands
 * run: import it only where a file is read.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { changesBetween, hasValueAt, type Layer, located, mergePatchOf } from "../../config/mod.ts";
import { checkConfigFile, readConfigFile } from "../../engine/mod.ts";
import { createLog } from "../../log.ts";
import { homeDirectory } from "../home.ts";

/**
 * @param path absolute
 * @param home folder with added plugins and models; absent: $SYRINX_HOME
 * @returns what is wrong with it, or what it would change in the defaults
 */
export function checkFile(path: string, home: string | undefined): ReturnType<typeof checkConfigFile> {
  return checkConfigFile({ path, home: homeDirectory(home), log: createLog("error") });
}

/**
 * @param path absolute
 * @param home folder with added plugins and models; absent: $SYRINX_HOME
 * @returns its document, or why it cannot be read
 */
export function readFile(path: string, home: string | undefined): ReturnType<typeof readConfigFile> {
  return readConfigFile({ path, home: homeDirectory(home), log: createLog("error") });
}

/** @returns the merge patch (RFC 7396) that makes one document into the other */
export function patchBetween(from: object, to: object): object {
  return mergePatchOf(changesBetween(from, to));
}

/**
 * Adds the position in a file to a problem that the engine found. The engine was sent only the document, not the text.
 *
 * @returns the problem with its position, if the file says anything there
 */
export function placedProblem(problem: ConfigProblem, file: Layer): ConfigProblem {
  return hasValueAt(file.document, problem.pointer) ? located(problem, [file]) : problem;
}
