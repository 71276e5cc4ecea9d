import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { type Layer, located, hasValueAt } from "../../config/mod.ts";

/**
 * The engine has not seen the text of a file whose document it was sent, and cannot say where in it a problem is.
 *
 * @returns the problem with its place in the file, if it is about what the file says
 */
export function placedProblem(problem: ConfigProblem, file: Layer): ConfigProblem {
  return hasValueAt(file.document, problem.pointer) ? located(problem, [file]) : problem;
}
