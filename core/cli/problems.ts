import type { ManifestProblem } from "../../schemas/generated/api.ts";

/** Prints on stderr what is wrong with manifests, a line each. */
export function printProblems(problems: readonly ManifestProblem[]): void {
  for (const { path, problems: all } of problems) {
    for (const { pointer, message } of all) console.error(`! ${path} ${pointer} ${message}`);
  }
}
