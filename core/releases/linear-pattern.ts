/**
 * Regular expressions from plugins, in time that is linear in the length of the text. The runtime's own engine tries all ways
 * to match: for `^(a+)+$` and 30 letters it takes a second, and then gives up.
 *
 * @module
 */
import type { RE2JS } from "re2js";

/**
 * Instructions of a pattern times characters of a text, for all that is matched in one validation. An instruction takes up to
 * 20 ns for a character as a rule, so this takes at most about 50 ms.
 */
const MAX_STEPS = 2_500_000;

/** Says that the patterns of a validation have too much to do. */
export class PatternTooSlow extends Error {}

/** What is left of the steps of the validation that runs. Validations do not wait for anything, so only one runs. */
let stepsLeft = MAX_STEPS;

/** To be called before a validation. */
export function beginMatching(): void {
  stepsLeft = MAX_STEPS;
}

/** A pattern as ajv uses it. */
export class LinearPattern {
  readonly #pattern: RE2JS;

  /** @throws Error if it has no linear form, e.g. because it looks ahead or refers back to a group */
  constructor(readonly source: string) {
    // Loaded with the first pattern, because that takes some ms and 5 MB.
    const { RE2JS: engine } = require("re2js") as typeof import("re2js");
    this.#pattern = engine.compile(engine.translateRegExp(source));
  }

  /** Size of its program, in instructions: the time for each character grows with it. */
  get instructions(): number {
    return this.#pattern.programSize();
  }

  /** @throws PatternTooSlow */
  test(text: string): boolean {
    stepsLeft -= this.instructions * (text.length + 1);
    if (stepsLeft < 0) throw new PatternTooSlow();
    return this.#pattern.test(text);
  }

  /** ajv takes two patterns for the same if this is the same. */
  toString(): string {
    return this.source;
  }
}

/** The engine that ajv is to use. It would write the second property into code that is stored, and ours never is. */
export const linearPatterns = Object.assign((source: string) => new LinearPattern(source), {
  code: "linearPatterns",
});
