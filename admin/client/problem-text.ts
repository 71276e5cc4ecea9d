import type { ConfigProblem } from "../../schemas/generated/api.ts";

/** @returns the position of a problem as compilers write it, `file:line:column`; "" if it is not known */
export function problemPlace({ origin, line, column }: ConfigProblem): string {
  return [origin, line, column].filter((part) => part !== undefined).join(":");
}

/**
 * @returns a problem in one line: `file:line:column /pointer message`. Parts that are not known are left out. Editors can
 *   jump to the position
 */
export function problemText(problem: ConfigProblem): string {
  return [problemPlace(problem), problem.pointer, problem.message].filter((part) => part !== "").join(" ");
}
