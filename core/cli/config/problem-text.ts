/**
 * Problems of a config, in words.
 *
 * @module
 */
import { problemText } from "../../../admin/client/mod.ts";
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
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
 * @param unasked names of sources, at least one
 * @returns a line that says that these sources were not asked for their documents
 */
export function unaskedText(unasked: readonly string[]): string {
  const sources = unasked.length === 1 ? "the source" : "the sources";
  return `not asked: ${sources} ${unasked.join(", ")} (above the file in an engine)`;
}
