/**
 * Problems of a config, and their positions in a file.
 *
 * @module
 */
import { problemText } from "../../../admin/client/mod.ts";
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { hasValueAt, type Layer, located } from "../../config/mod.ts";
import { SyrinxError } from "../../errors.ts";

/** @returns a line for each problem, which begins with `file:line:column` where that is known */
export function problemLines(problems: readonly ConfigProblem[]): string[] {
  return problems.map(problemText);
}

/** @param result what follows from it, e.g. `Nothing was changed` */
export function configInvalid(problems: readonly ConfigProblem[], result: string): SyrinxError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new SyrinxError("config-invalid", `The config has ${count}. ${result}`, { violations: problems });
}

/**
 * Adds the position in a file to a problem that the engine found. The engine was sent only the document, not the text.
 *
 * @returns the problem with its position, if the file says anything there
 */
export function placedProblem(problem: ConfigProblem, file: Layer): ConfigProblem {
  return hasValueAt(file.document, problem.pointer) ? located(problem, [file]) : problem;
}

/**
 * @param unasked names of sources, at least one
 * @returns a line that says that these sources were not asked for their documents
 */
export function unaskedText(unasked: readonly string[]): string {
  const sources = unasked.length === 1 ? "the source" : "the sources";
  return `not asked: ${sources} ${unasked.join(", ")} (above the file in an engine)`;
}
