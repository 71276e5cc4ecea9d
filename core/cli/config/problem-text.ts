import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";

/** @returns a line for each problem, which begins as compilers' do, `file:line:column`, so that editors can jump to it */
export function problemLines(problems: readonly ConfigProblem[]): string[] {
  return problems.map(({ origin, line, column, pointer, message }) => {
    const place = [origin, line, column].filter((part) => part !== undefined).join(":");
    return [place, pointer, message].filter(Boolean).join(" ");
  });
}

/** @param then what came of it, e.g. `Nothing was changed` */
export function configInvalid(problems: readonly ConfigProblem[], then: string): SyrinxError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new SyrinxError("config-invalid", `The config has ${count}. ${then}`, { violations: problems });
}
