import type { ConfigProblem } from "../../schemas/generated/api.ts";

/** @returns where a problem is, as compilers say it: `file:line:column`; empty if nobody knows */
export function problemPlace({ origin, line, column }: ConfigProblem): string {
  return [origin, line, column].filter((part) => part !== undefined).join(":");
}

/** @returns a problem in a line: `file:line:column: /pointer: message`, what is known of it */
export function problemText(problem: ConfigProblem): string {
  const where = [problemPlace(problem), problem.pointer].filter((part) => part !== "");
  return [...where, problem.message].join(": ");
}
