import { describe, expect, test } from "bun:test";
import { symlink } from "node:fs/promises";
import { type Place, place } from "./launching.ts";

/** What the plugin may read below the place's folder, beside the program and the plugin itself. */
async function readOf(here: Place, program: string): Promise<string[]> {
  process.env.PATH = here.at("local/bin");
  const { spec, reads } = await here.plan({ command: [program] });
  const read = spec.sandbox?.read.filter((path) => path.startsWith(here.path) && path !== here.plugin) ?? [];
  expect(reads).toEqual(read);
  return read.map((path) => path.slice(here.path.length + 1)).sort();
}

const LOCAL = {
  "local/lib/python3.11/os.py": "",
  "local/lib/python3.9/os.py": "",
  "local/lib/python311.zip": "",
  "local/lib/libpython3.11.so.1.0": "",
  "local/lib/other/secret": "",
  "local/share/syrinx/journal.sqlite": "",
  "local/share/python3.11/key": "",
  "local/share/lua/5.4/socket.lua": "",
  "local/share/beeper/history": "",
};

describe("a program in PREFIX/bin may read", () => {
  test("the library of its own language and version, and shared libraries", async () => {
    await using here = await place(LOCAL);
    await here.program("local/bin/python3.11", "");
    expect(await readOf(here, "python3.11")).toEqual([
      "local/lib/libpython3.11.so.1.0",
      "local/lib/python3.11",
      "local/lib/python311.zip",
    ]);
  });

  test("of share only what is the library of a language", async () => {
    await using here = await place(LOCAL);
    await here.program("local/bin/lua5.4", "");
    expect(await readOf(here, "lua5.4")).toEqual(["local/lib/libpython3.11.so.1.0", "local/share/lua"]);
  });

  test("no data of its own name, nor of other programs", async () => {
    await using here = await place(LOCAL);
    for (const name of ["beeper", "syrinx", "node"]) {
      await here.program(`local/bin/${name}`, "");
      expect(await readOf(here, name)).toEqual(["local/lib/libpython3.11.so.1.0"]);
    }
  });

  test("nothing to which a link leads out of the prefix, and not the engine's home or a folder around it", async () => {
    await using here = await place({ ...LOCAL, "secret/key": "" });
    await here.program("local/bin/python3.12", "");
    await symlink(here.at("secret"), here.at("local/lib/python3.12"));
    expect(await readOf(here, "python3.12")).toEqual(["local/lib/libpython3.11.so.1.0"]);
    await using around = await place({ "home/keep": "" });
    await around.program("bin/python3.12", "");
    await symlink("../home", await around.write("lib/x", "").then(() => around.at("lib/python3.12")));
    process.env.PATH = around.at("bin");
    expect((await around.plan({ command: ["python3.12"] })).spec.sandbox?.read).not.toContain(
      around.at("home"),
    );
  });
});
