import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages } from "./install.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "syrinx-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Puts a python3 there that does this instead. */
async function pythonThat(script: string): Promise<string> {
  const path = join(folder, "python3");
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return folder;
}

const install = (path: string) => installPackages(join(folder, "cache/peer"), ["a==1.0", "b==2.0"], path);

test("without python3 it is told what is missing", async () => {
  expect(await install(folder)).toEqual({ skipped: expect.stringContaining("no python3") });
});

test("packages are installed once", async () => {
  const path = await pythonThat(`echo x >> ${join(folder, "calls")}`);
  const first = await install(path);
  expect(first).toMatchObject({ python: join(folder, "python3") });
  expect(await install(path)).toEqual(first);
  expect(await Bun.file(join(folder, "calls")).text()).toBe("x\n");
});

test("where pip fails, its reason is told, and nothing is left that would be taken for the packages", async () => {
  const path = await pythonThat(`echo "WARNING: slow" >&2; echo "ERROR: no matching a==1.0" >&2; exit 1`);
  const { skipped } = (await install(path)) as { skipped: string };
  expect(skipped).toContain("ERROR: no matching a==1.0");
  expect(await readdir(join(folder, "cache"))).toEqual([]);
});
