import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ERROR_CODES } from "../../../core/errors.ts";
import { ROOT, readSource, sourcePaths, trackedPaths } from "./sources.ts";

const TRACKED = trackedPaths();
const FOLDERS = [...new Set(TRACKED.flatMap(ancestors))].sort();

function ancestors(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [folder, ...ancestors(folder)];
}

function roomsIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
}

/** Whether a file holds text: no zero byte in its first part, as git tells it. */
async function textOf(path: string): Promise<string | undefined> {
  const bytes = await Bun.file(join(ROOT, path)).bytes();
  return bytes.subarray(0, 8000).includes(0) ? undefined : new TextDecoder().decode(bytes);
}

describe("the tree", () => {
  test("has only the folders that the design names at its top", () => {
    const top = FOLDERS.filter((folder) => !folder.includes("/") && !folder.startsWith("."));
    expect(top).toEqual(
      ["admin", "core", "models", "plugins", "schemas", "tests"].filter((one) => top.includes(one)),
    );
  });

  test("has only the files that the design names at its top, beside dotfiles", () => {
    const top = TRACKED.filter((path) => !path.includes("/") && !path.startsWith("."));
    expect(top.sort()).toEqual([
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "bun.lock",
      "bunfig.toml",
      "package.json",
      "tsconfig.json",
    ]);
  });

  const HAND_WRITTEN = sourcePaths().filter(
    (path) => /^(core|plugins|admin)\//.test(path) && !path.includes(".generated."),
  );

  test("has no module of more than 300 lines", () => {
    const long = HAND_WRITTEN.filter((path) => readSource(path).split("\n").length > 301);
    expect(long).toEqual([]);
  });

  test("has no folder of more than 25 modules: more of them want a room with a name", () => {
    const byFolder = Map.groupBy(HAND_WRITTEN, (path) => dirname(path));
    const full = [...byFolder].filter(([, modules]) => modules.length > 25).map(([folder]) => folder);
    expect(full).toEqual([]);
  });

  test("has no drawer for odds and ends: what a thing is for is in its name", () => {
    const drawers = /^(utils?|helpers?|common|misc|shared|lib)$/;
    expect(FOLDERS.filter((folder) => drawers.test(basename(folder)))).toEqual([]);
    expect(sourcePaths().filter((path) => drawers.test(basename(path).replace(/\..*/, "")))).toEqual([]);
  });

  test("names its modules in kebab case", () => {
    const odd = sourcePaths().filter(
      (path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.m?[jt]s$/.test(basename(path)),
    );
    expect(odd).toEqual([]);
  });

  const rooms = [
    "core",
    "plugins",
    "schemas",
    "models",
    "tests",
    "admin",
    ...roomsIn("core"),
    ...roomsIn("plugins"),
  ];
  test.each(rooms)("%s has a README.md of its own", (room) => {
    expect(existsSync(join(ROOT, room, "README.md"))).toBe(true);
  });

  test.each(roomsIn("core"))("%s is entered by a mod.ts that says what it is", (room) => {
    expect(readSource(`${room}/mod.ts`)).toMatch(/^\/\*\*\n[^]*@module\n \*\/\n/);
  });
});

describe("what is in the repository", () => {
  // Written apart, so that this file does not hold what it looks for.
  const forbidden: [what: string, pattern: RegExp][] = [
    [
      "a package registry",
      new RegExp("registry" + "\\.(npmjs|yarnpkg)|npm\\.pkg" + "\\.github|/artifact" + "ory/"),
    ],
    ["a package mirror", /\b(pypi|npm|proxy)[\w.-]*\.(internal|local|corp)\b/],
    ["a file address", new RegExp("file:/" + "//[A-Za-z.]")],
    [
      "someone's home",
      new RegExp(`/ho${"me"}/[a-z]|/Us${"ers"}/[A-Za-z]|${RegExp.escape(homedir())}/[.a-z]`),
    ],
    ["the place of this checkout", new RegExp(`${RegExp.escape(ROOT)}\\b`)],
  ];

  test.each(forbidden)("names nowhere %s", async (_, pattern) => {
    const found: string[] = [];
    for (const path of TRACKED) {
      const text = await textOf(path);
      const line = text?.split("\n").findIndex((one) => pattern.test(one)) ?? -1;
      if (line >= 0) found.push(`${path}:${line + 1}`);
    }
    expect(found).toEqual([]);
  });

  test.each([
    ["a package registry", "https://registry" + ".npmjs.org/hono"],
    ["a file address", "file:/" + "//srv/plugin.ts"],
    ["someone's home", "/ho" + "me/me/x"],
    ["the place of this checkout", `${ROOT}/core`],
  ])("is searched so that %s would be found", (what, text) => {
    expect(forbidden.find(([name]) => name === what)?.[1].test(text)).toBe(true);
  });
});

describe("the catalogue of errors", () => {
  const CATALOGUE = ["core/errors.ts", "core/api/problem.ts"];
  const sources = sourcePaths()
    .filter((path) => /^(core|plugins|admin)\//.test(path) && !CATALOGUE.includes(path))
    .map(readSource);

  test.each(Object.keys(ERROR_CODES))("has a use for %s", (code) => {
    expect(sources.some((text) => text.includes(`"${code}"`))).toBe(true);
  });
});
