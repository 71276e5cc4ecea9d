import { describe, expect, test } from "bun:test";
import { COLOURS, changeLines, NO_PAINT, paintFor } from "../../../../../core/cli/config/change-text.ts";
import { planText } from "../../../../../core/cli/config/plan-text.ts";
import { configInvalid, problemLines } from "../../../../../core/cli/config/problem-text.ts";
import type { ConfigPlanView } from "../../../../../schemas/generated/api.ts";

const NOTHING: ConfigPlanView = { base: 3, slots: [], sources: [], sections: [], changes: [] };

describe("a plan of the config", () => {
  test("says so when nothing changes", () => {
    expect(planText(NOTHING)).toBe("nothing changes");
  });

  test("names each slot that it touches with the cost and the reason, counts the others, and lists every value", () => {
    const plan: ConfigPlanView = {
      ...NOTHING,
      slots: [
        { slot: "voices.slt", action: "swap", changed: ["/model", "/device"], cost: "load" },
        { slot: "voices.rms", action: "unchanged", changed: [], cost: "none" },
        { slot: "voices.new", action: "add", changed: [], cost: "load", problem: "no model of that name" },
        { slot: "sinks.archive", action: "reconfigure", changed: ["/format"], cost: "none" },
      ],
      changes: [
        { pointer: "/voices/slt/model", from: "a", to: "b" },
        { pointer: "/voices/new", to: { plugin: "tone" } },
        { pointer: "/log/level", from: "info" },
      ],
    };
    expect(planText(plan)).toBe(
      [
        "SLOT           WHAT         COST                                 FOR",
        "voices.slt     swap         a load                               /model /device",
        "voices.new     add          not possible: no model of that name",
        "sinks.archive  reconfigure  its process keeps serving            /format",
        "1 slot stays as it is.",
        '~ /voices/slt/model  "a" -> "b"',
        '+ /voices/new        {"plugin":"tone"}',
        '- /log/level         "info"',
      ].join("\n"),
    );
  });

  test("says whether there is memory for what is loaded, with the numbers", () => {
    const memory = { verdict: "fits-beside", message: "it needs 50 MB", evict: [] } as const;
    const slots: ConfigPlanView["slots"] = [
      { slot: "voices.slt", action: "swap", changed: [], cost: "load", memory: memory as never },
    ];
    const changes = [{ pointer: "/voices/slt/model", from: "a", to: "b" }];
    expect(planText({ ...NOTHING, slots, changes })).toContain(
      "voices.slt  swap  a load: there is memory (it needs 50 MB)\nNo other slot is touched.\n",
    );
  });

  test("says that no slot is touched where only sections differ", () => {
    const changes = [{ pointer: "/log/level", from: "info", to: "warn" }];
    expect(planText({ ...NOTHING, sections: ["log"], changes })).toBe(
      'No slot is touched.\n~ /log/level  "info" -> "warn"',
    );
  });
});

describe("colours", () => {
  test("tell what is new, gone and changed", () => {
    const lines = changeLines(
      [
        { pointer: "/a", to: 1 },
        { pointer: "/b", from: 1 },
        { pointer: "/c", from: 1, to: 2 },
      ],
      COLOURS,
    );
    expect(lines).toEqual([
      "\x1b[32m+ /a  1\x1b[39m",
      "\x1b[31m- /b  1\x1b[39m",
      "\x1b[33m~ /c  1 -> 2\x1b[39m",
    ]);
  });

  test("are for terminals alone, and for none that is told not to by NO_COLOR", () => {
    expect(paintFor({ isTTY: true }, {})).toBe(COLOURS);
    expect(paintFor({ isTTY: true }, { NO_COLOR: "" })).toBe(COLOURS);
    expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })).toBe(NO_PAINT);
    expect(paintFor({}, {})).toBe(NO_PAINT);
  });
});

describe("problems of a config", () => {
  const problems = [
    { pointer: "/log/level", message: "must be one of debug, info", origin: "/a.jsonc", line: 3, column: 7 },
    { pointer: "", message: "it is not UTF-8 text" },
  ];

  test("are a line each, that begins with the place as compilers write it", () => {
    expect(problemLines(problems)).toEqual([
      "/a.jsonc:3:7 /log/level must be one of debug, info",
      "it is not UTF-8 text",
    ]);
  });

  test("are counted in the error, which says what came of them", () => {
    expect(configInvalid(problems, "Nothing was changed").message).toBe(
      "The config has 2 problems. Nothing was changed",
    );
    expect(configInvalid(problems.slice(1), "x").message).toBe("The config has 1 problem. x");
  });
});
