import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { commandReference, REFERENCE_FILE } from "../../../../core/cli/reference.ts";

test("COMMANDS.md is what the help of the commands says now; if not: bun run docs", async () => {
  expect(await readFile(REFERENCE_FILE, "utf8")).toBe(await commandReference());
});

test("the reference has every command, with its arguments, its options and their defaults", async () => {
  const text = await commandReference();
  for (const heading of [
    "syrinx start",
    "syrinx plugins grant",
    "syrinx config set",
    "syrinx snapshot restore",
  ])
    expect(text).toContain(`\n## ${heading}\n`);
  expect(text).toContain("```sh\nsyrinx config set [options] <setting> <value>\n```");
  expect(text).toMatch(/^- `--limit <number>`: .* \(default: 20\)$/m);
  expect(text).toMatch(/^- `--strategy <name>`: .* \(one of auto, blue-green, recreate, canary\)$/m);
  expect(text).not.toContain("--help");
});
