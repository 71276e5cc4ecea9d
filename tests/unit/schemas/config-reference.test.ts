import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { DEFAULT_DOCUMENT } from "../../../core/config/layers/defaults.ts";
import { validate } from "../../../core/config/layers/validate.ts";
import { planChange } from "../../../core/config/mod.ts";
import { SCHEMAS } from "../../../core/schema.ts";
import { configReference, takes } from "../../../schemas/config-reference.ts";
import { inlineRefs, type Schema } from "../../../schemas/inline-refs.ts";
import { ROOT } from "../../support/engine-process.ts";

const page = await Bun.file(join(ROOT, "schemas/CONFIG.md")).text();
/** Setting to the cells of its row. */
const rows = new Map(
  [...page.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, name = "", rest = ""]) => [
    name,
    rest.split(" | "),
  ]),
);

describe("the reference of the settings", () => {
  test("has every setting that the schema of the config has", () => {
    const named = new Set<string>();
    const collect = (part: unknown): void => {
      if (typeof part !== "object" || part === null) return;
      const { properties, $defs: _, ...rest } = part as Schema;
      for (const [key, schema] of Object.entries(properties ?? {})) {
        if (!(schema as Schema).properties) named.add(key);
        collect(schema);
      }
      Object.values(rest).forEach(collect);
    };
    collect(inlineRefs("config", SCHEMAS as unknown as Record<string, Schema>));
    named.delete("$schema");
    const told = new Set([...rows.keys()].flatMap((name) => name.split(/\.|\[\]/)));
    for (const [what = ""] of rows.values())
      for (const [, member = ""] of what.matchAll(/`(\w+)`/g)) told.add(member);
    for (const section of ["voices", "sinks"]) told.add(section);
    expect([...named].filter((name) => !told.has(name))).toEqual([]);
    expect(named.size).toBeGreaterThan(40);
  });

  test("has the type, unit, default and meaning of each setting", () => {
    expect(rows.get("server.port")).toEqual([
      "integer, 0 to 65535",
      "`7851`",
      "at once",
      "0: any free port.",
    ]);
    expect(rows.get("swap.parkForMs")?.slice(0, 2)).toEqual(["integer, from 0, in ms", "`30000`"]);
    expect(rows.get("speech.loudness.target")?.[0]).toBe('number, -40 to -10, or `"off"`, in LUFS');
    expect(rows.get("log.level")?.[0]).toBe('`"debug"`, `"info"`, `"warn"`, `"error"`');
    expect(rows.get("server.tokens[].sha256")?.slice(0, 2)).toEqual([
      "string, matching `^[0-9a-f]{64}$`",
      "required",
    ]);
    expect(rows.get("hertz")?.slice(0, 2)).toEqual(["number, 20 to 8000, in Hz", "`440`"]);
  });

  test("has the unit of every setting whose name implies one", () => {
    const timed = [...rows].filter(([name]) => name.endsWith("Ms"));
    expect(timed.length).toBeGreaterThan(9);
    for (const [, [what]] of timed) expect(what).toContain("in ms");
  });

  test("says the same about a slot's settings as the planner", () => {
    const voice = { plugin: "piper", model: "m", device: "cpu", settings: { a: 1 }, load: "on-demand" };
    const sink = { plugin: "file", settings: { a: 1 }, format: "mp3" };
    const entries = {
      voices: { ...voice, idleUnloadMs: 1, memoryLimitBytes: 1 },
      sinks: { ...sink, memoryLimitBytes: 1 },
    };
    for (const [group, changed] of Object.entries(entries)) {
      for (const [key, value] of Object.entries(changed)) {
        const before = configOf({ [group]: { s: { plugin: "other" } } });
        const after = configOf({ [group]: { s: { plugin: "other", [key]: value } } });
        const { slots } = planChange(before, after);
        const action = slots.find(({ slot }) => slot === `${group}.s`)?.action;
        const cost = rows.get(`${group}.NAME.${key}`)?.[2];
        expect([key, cost]).toEqual([key, action === "swap" ? "by a swap" : "at once"]);
      }
    }
  });

  test("names the voices and sinks that exist without a config", () => {
    const { voices = {}, sinks = {} } = DEFAULT_DOCUMENT;
    for (const name of [...Object.keys(voices), ...Object.keys(sinks)]) expect(page).toContain(`\`${name}\``);
  });

  test("says which settings of a plugin change at once, and which are never shown", () => {
    const settings = {
      properties: {
        pace: { type: "number", description: "How fast.", "x-live": true },
        key: { type: "string", description: "Of the account.", "x-secret": true },
      },
    };
    const plugin = { name: "p", version: "1.0.0", kind: "voice", description: "Speaks.", settings };
    const text = configReference({}, [plugin]);
    expect(text).toContain("| `pace` | number |  | at once | How fast. |");
    expect(text).toContain("| `key` | string |  | by a swap | Of the account. Secret: never shown. |");
  });
});

test("a bar in a pattern does not end its cell", () => {
  expect(takes({ type: "string", pattern: "^(a|b)$" }, "x")).toBe("string, matching `^(a\\|b)$`");
});

function configOf(document: object) {
  const { config } = validate([{ document, origin: "test" }]);
  if (!config) throw new Error("not valid");
  return config;
}
