import { expect, test } from "bun:test";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { announce, announcedUrl, withdraw } from "../../../../core/cli/home.ts";
import { temporaryFolder } from "../releases/folder.ts";

const URL_HERE = "http://127.0.0.1:1234";

function warnings() {
  const lines: string[] = [];
  return { lines, log: { warn: (line: unknown) => void lines.push(String(line)) } };
}

test("the address of an engine is found by other commands until it is withdrawn", async () => {
  await using folder = await temporaryFolder();
  const { log, lines } = warnings();
  const home = join(folder.path, "new");
  await announce(home, URL_HERE, log);
  expect(await announcedUrl(home)).toBe(URL_HERE);
  await withdraw(home, log);
  expect([await readdir(home), lines]).toEqual([[], []]);
});

test("an engine whose address cannot be written goes on, and warns how it is found", async () => {
  await using folder = await temporaryFolder();
  const { log, lines } = warnings();
  // A folder in the place of the file, as no disk is full on demand.
  await mkdir(join(folder.path, "engine.json"));
  await announce(folder.path, URL_HERE, log);
  expect(lines).toEqual([
    expect.stringMatching(/^Cannot write .*engine.json: .*give them --url http:\/\/127.0.0.1:1234$/),
  ]);
});

test("an engine warns if its home cannot be made", async () => {
  await using folder = await temporaryFolder();
  const { log, lines } = warnings();
  await writeFile(join(folder.path, "file"), "");
  await announce(join(folder.path, "file", "home"), URL_HERE, log);
  expect(lines).toHaveLength(1);
});
