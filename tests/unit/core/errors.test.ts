import { describe, expect, test } from "bun:test";
import { asSyrinxError, ERROR_CODES, isErrorCode, SyrinxError } from "../../../core/errors.ts";

describe("an error", () => {
  test("carries its code, and what else was said of it", () => {
    const cause = new Error("EIO");
    const error = new SyrinxError("model-corrupt", "why", {
      cause,
      violations: [{ pointer: "/a", message: "b" }],
      retryAfter: 5,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "SyrinxError",
      code: "model-corrupt",
      message: "why",
      cause,
      retryAfter: 5,
    });
    expect(error.violations).toHaveLength(1);
    expect(new SyrinxError("usage", "why")).toMatchObject({ violations: [], retryAfter: undefined });
    expect("cause" in new SyrinxError("usage", "why")).toBe(false);
  });

  test("that is typed stays itself, and anything else becomes one that carries it", () => {
    const typed = new SyrinxError("usage", "why");
    expect(asSyrinxError(typed, "plugin-failed")).toBe(typed);
    const fault = new TypeError("x is undefined");
    expect(asSyrinxError(fault)).toMatchObject({ code: "internal", message: "x is undefined", cause: fault });
    expect(asSyrinxError("text", "plugin-failed")).toMatchObject({ code: "plugin-failed", message: "text" });
    expect(asSyrinxError(undefined)).toMatchObject({ code: "internal", message: "undefined" });
  });
});

describe("the catalogue", () => {
  test("knows its own codes, and not what every object has", () => {
    expect(Object.keys(ERROR_CODES).every(isErrorCode)).toBe(true);
    for (const other of ["", "toString", "__proto__", "nothing"]) expect(isErrorCode(other)).toBe(false);
  });

  test("has codes in kebab case, each with a sentence that begins with a capital and has no full stop", () => {
    for (const [code, meaning] of Object.entries(ERROR_CODES)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*[^.]$/);
    }
  });
});
