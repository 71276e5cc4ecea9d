import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseError, parse } from "jsonc-parser";
import { firstConfig } from "../../../../../core/cli/config/first-config.ts";
import { type FullConfig, planChange, validate } from "../../../../../core/config/mod.ts";
import { ROOT } from "../../../../support/engine-process.ts";

function read(text: string): { $schema: string } {
  const errors: ParseError[] = [];
  const document = parse(text, errors, { allowTrailingComma: true }) as { $schema: string };
  expect(errors).toEqual([]);
  return document;
}

function accepted(document: object): FullConfig {
  const { config, problems } = validate([{ document, origin: "test" }]);
  expect(problems).toBeUndefined();
  return config as FullConfig;
}

describe("the config to begin with", () => {
  test("changes nothing", () => {
    const { slots, sections } = planChange(accepted({}), accepted(read(firstConfig("/srv/syrinx.jsonc"))));
    expect(sections).toEqual([]);
    expect(new Set(slots.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
  });

  test("has only examples that are good, all of them together as well", () => {
    const examples = firstConfig("/srv/syrinx.jsonc").replaceAll(/^( *)\/\/ (?="\w+": .*,$)/gm, "$1");
    const { slots } = planChange(accepted({}), accepted(read(examples)));
    expect(slots.map(({ slot, action }) => `${slot} ${action}`)).toEqual([
      "voices.slt unchanged",
      "voices.rms unchanged",
      "voices.narrator add",
      "sinks.archive reconfigure",
    ]);
    expect(examples).not.toMatch(/^ *\/\/ ".*,$/m);
  });

  test("names a schema that is there: by a way that moves along within the clone, else by its address", () => {
    for (const folder of ["", "deep/er"]) {
      const inside = join(ROOT, folder, "syrinx.jsonc");
      const { $schema } = read(firstConfig(inside));
      expect($schema).toMatch(/^\.\.?\//);
      expect(existsSync(resolve(dirname(inside), $schema))).toBe(true);
    }
    const { $schema } = read(firstConfig("/srv/syrinx.jsonc"));
    expect($schema).toMatch(/^file:/);
    expect(existsSync(fileURLToPath($schema))).toBe(true);
  });
});
