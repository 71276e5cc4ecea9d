import { describe, expect, test } from "bun:test";
import { createProgram } from "../../../../core/cli/mod.ts";

const RUNNING = ["--url", "--token", "--home"];
const CHANGING = ["--dry-run", "--yes", "--json", ...RUNNING];
/** Commands within others, and what the help of each has to name. */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  config: {
    init: ["file"],
    validate: ["file", "--json", "--home"],
    plan: ["file", "--json", ...RUNNING],
    get: ["setting", "--json", ...RUNNING],
    set: ["setting", "value", "--confirm", ...CHANGING],
    unset: ["setting", "--all", "--confirm", ...CHANGING],
    edit: ["EDITOR", "--confirm", ...CHANGING],
    apply: ["file", "--confirm", ...CHANGING],
    confirm: ["--json", ...RUNNING],
    versions: ["--limit", "--json", ...RUNNING],
    diff: ["from", "to", "--json", ...RUNNING],
    rollback: ["version", "--reason", ...CHANGING],
    pin: ["--reason", ...CHANGING],
    unpin: ["--confirm", ...CHANGING],
    reload: ["--json", ...RUNNING],
  },
  plugins: {
    grant: ["plugin", "--confirm", ...CHANGING],
  },
  snapshot: {
    create: ["name", "--json", ...RUNNING],
    list: ["--json", ...RUNNING],
    restore: ["snapshot", ...CHANGING],
  },
};

const program = await createProgram();

describe.each(Object.entries(COMMANDS))("syrinx %s", (name, inner) => {
  const group = program.commands.find((one) => one.name() === name);

  test("has these commands and no other", () => {
    expect(group?.commands.map((one) => one.name())).toEqual(Object.keys(inner));
  });

  test.each(Object.entries(inner))("%s --help names all that it takes", (command, options) => {
    const help = group?.commands.find((one) => one.name() === command)?.helpInformation() ?? "";
    for (const option of options) expect(help).toContain(option);
  });
});
