import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { problemPlace } from "../../client/mod.ts";
import { type Line, tone } from "../screen/mod.ts";

/** @returns each problem in full: its position and its pointer, what is wrong, and an empty line between */
export function problemLines(problems: readonly ConfigProblem[]): Line[] {
  return problems.flatMap((problem, index): Line[] => {
    const where = [problemPlace(problem), problem.pointer].filter((part) => part !== "");
    return [
      ...(index > 0 ? [[]] : []),
      ...where.map((part): Line => [tone("accent", part)]),
      [tone("bad", problem.message)],
    ];
  });
}
