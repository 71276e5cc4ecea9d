import { describe, expect, test } from "bun:test";
import { openAiErrorOf, problemOf, STATUS } from "../../../../core/api/problem.ts";
import { ERROR_CODES, type ErrorCode, SyrinxError } from "../../../../core/errors.ts";
import { validator } from "../../../../core/schema.ts";
import type { OpenAiError, Problem } from "../../../../schemas/generated/api.ts";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const isProblem = validator<Problem>("syrinx:api#/$defs/Problem");
const isOpenAiError = validator<OpenAiError>("syrinx:api#/$defs/OpenAiError");

describe("the table of errors", () => {
  test("has a status for every code, and no code that is not in the catalogue", () => {
    expect(Object.keys(STATUS).sort()).toEqual([...CODES].sort());
  });

  test.each(CODES)("%s has a body for each API", (code) => {
    const error = new SyrinxError(code, "why", { violations: [{ pointer: "/voice/id", message: "no" }] });
    const problem = problemOf(error);
    expect(isProblem(problem), JSON.stringify(isProblem.violations())).toBe(true);
    expect(problem).toEqual({
      type: `urn:syrinx:error:${code}`,
      title: ERROR_CODES[code],
      status: STATUS[code],
      detail: "why",
      code,
      errors: [{ pointer: "/voice/id", message: "no" }],
    });
    const openAi = openAiErrorOf(error);
    expect(isOpenAiError(openAi), JSON.stringify(isOpenAiError.violations())).toBe(true);
    expect(openAi.error).toMatchObject({ message: "why", code, param: "voice" });
  });

  test.each([
    ["unauthorized", "authentication_error"],
    ["forbidden", "permission_error"],
    ["queue-full", "rate_limit_error"],
    ["slot-loading", "server_error"],
    ["internal", "server_error"],
    ["voice-not-found", "invalid_request_error"],
    ["text-too-long", "invalid_request_error"],
  ] as const)("%s is a %s to OpenAI's clients", (code, type) => {
    expect(openAiErrorOf(new SyrinxError(code, "why")).error.type).toBe(type);
  });

  test("a temporary error is a 429 or 503, which OpenAI's clients retry", () => {
    const passing = ["queue-full", "slot-loading", "slot-failed", "slot-removed"] as const;
    expect(passing.map((code) => STATUS[code])).toEqual([429, 503, 503, 503]);
  });

  test("names the field of an error, if there is one", () => {
    const paramOf = (code: ErrorCode) => openAiErrorOf(new SyrinxError(code, "why")).error.param;
    expect(paramOf("voice-not-found")).toBe("voice");
    expect(paramOf("text-empty")).toBe("input");
    expect(paramOf("format-unsupported")).toBe("response_format");
    expect(paramOf("internal")).toBeNull();
  });
});
