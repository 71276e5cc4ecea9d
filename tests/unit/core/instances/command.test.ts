import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { chmod, realpath, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { followShim } from "../../../../core/instances/shim.ts";
import { until } from "../../../support/until.ts";
import { type Place, place } from "./launching.ts";

function shim(manager: string, root = "/opt/versions"): string {
  return `#!/bin/sh\nprogram="\${0##*/}"\nexport TESTENV_ROOT="${root}"\nexec "${manager}" exec "$program" "$@"\n`;
}

/** Leaves a file behind that tells that it ran, and with what. */
function manager(proof: string, answer: string): string {
  return `#!/bin/sh\n{ pwd; echo "$@"; env; } > ${proof}\necho ${answer}\n`;
}

/** A version manager outside of all folders of plugins, with a shim for `beeper` on the PATH. */
async function withManager(): Promise<Place & { proof: string; real: string }> {
  const here = await place();
  const proof = here.at("proof");
  const real = await here.program("versions/2/bin/beeper", "#!/bin/sh\n");
  const program = await here.program("manager/testenv", manager(proof, real));
  await here.program("programs/beeper", shim(program, here.at("versions")));
  process.env.PATH = `${here.at("programs")}:${process.env.PATH}`;
  return { ...here, proof, real: await realpath(real) };
}

describe("a command in the plugin's folder", () => {
  test("that looks like a shim is not followed: nothing of the plugin runs outside the sandbox", async () => {
    await using here = await place();
    const evil = await here.program("home/plugins/beep/evilenv", manager(here.at("proof"), "/bin/true"));
    for (const named of [evil, "/proc/self/cwd/evilenv"]) {
      const own = await here.program("home/plugins/beep/tool", shim(named));
      const { spec } = await here.plan({ command: ["./tool", "-x"] });
      expect(spec.argv).toEqual([await realpath(own), "-x"]);
      expect(existsSync(here.at("proof"))).toBe(false);
    }
  });

  test("may be a link inside the folder, and none that leads out of it", async () => {
    await using here = await place({ "secret/key": "secret" });
    const own = await here.program("home/plugins/beep/bin/tool", "#!/bin/sh\n");
    await symlink("bin/tool", join(here.plugin, "tool"));
    await symlink(here.at("secret/key"), join(here.plugin, "key"));
    expect((await here.plan({ command: ["./tool"] })).spec.argv).toEqual([await realpath(own)]);
    for (const command of ["./key", "../../../secret/key"]) {
      await expect(here.plan({ command: [command] })).rejects.toMatchObject({
        code: "plugin-start-failed",
        message: expect.stringContaining(`leads to ${here.at("secret/key")}, outside the plugin's folder`),
      });
    }
  });

  test("that is not there is named with its path", async () => {
    await using here = await place();
    await expect(here.plan({ command: ["./tool"] })).rejects.toThrow(
      `Cannot start "./tool" because no such program is at ${join(here.plugin, "tool")}`,
    );
  });
});

describe("a command on the PATH", () => {
  test("is the first that is there, links resolved", async () => {
    await using here = await place();
    const real = await here.program("elsewhere/beeper-2", "#!/bin/sh\n");
    await symlink(real, here.at("programs/beeper"));
    process.env.PATH = `${here.at("nowhere")}:${here.at("programs")}`;
    expect((await here.plan({ command: ["beeper", "a", "b"] })).spec.argv).toEqual([
      await realpath(real),
      "a",
      "b",
    ]);
  });

  test("is not looked for in relative entries, nor in folders of plugins, models and data", async () => {
    await using here = await place();
    await here.program("home/plugins/other/bin/beeper", "#!/bin/sh\n");
    await here.program("home/models/tiny/beeper", "#!/bin/sh\n");
    await here.program("home/data/voices.b/beeper", "#!/bin/sh\n");
    const relative = await here.program("relative/beeper", "#!/bin/sh\n");
    await symlink(here.at("home/data/voices.b/beeper"), here.at("programs/beeper"));
    await symlink(here.at("home/models/tiny"), here.at("linked"));
    const up = process.cwd().split("/").fill("..").join("/");
    process.env.PATH = [
      "",
      ".",
      `${up}${dirname(relative)}`,
      here.at("home/plugins/other/bin"),
      here.at("linked"),
      here.at("home/data/voices.b"),
      here.at("programs"),
    ].join(":");
    const command = { command: ["beeper"] };
    await expect(here.plan(command)).rejects.toThrow(
      'Cannot start "beeper" because no such program is on the PATH',
    );
    const right = await here.program("right/beeper", "#!/bin/sh\n");
    process.env.PATH += `:${dirname(right)}`;
    expect((await here.plan(command)).spec.argv).toEqual([await realpath(right)]);
  });

  test("is not looked for where the plugin may write", async () => {
    await using here = await place();
    await here.program("shared/beeper", "#!/bin/sh\n");
    process.env.PATH = here.at("shared");
    const permissions = { write: [here.at("shared")] };
    await expect(here.plan({ command: ["beeper"], permissions })).rejects.toThrow("on the PATH");
    expect((await here.plan({ command: ["beeper"] })).spec.argv[0]).toEndWith("/shared/beeper");
  });
});

describe("a shim on the PATH", () => {
  test("is followed to the program that its manager names", async () => {
    await using here = await withManager();
    expect((await here.plan({ command: ["beeper", "-v"] })).spec.argv).toEqual([here.real, "-v"]);
  });

  test("has its manager run in a folder that no plugin can write, without the engine's environment", async () => {
    await using here = await withManager();
    process.env.SYRINX_TEST_SECRET = "secret";
    try {
      await here.plan({ command: ["beeper"] });
    } finally {
      delete process.env.SYRINX_TEST_SECRET;
    }
    const [folder, args, ...env] = (await Bun.file(here.proof).text()).trim().split("\n");
    expect([folder, args]).toEqual(["/", "which beeper"]);
    const names = env.map((line) => line.slice(0, line.indexOf("=")));
    // The shell sets the last three itself.
    expect(names.filter((name) => !["PWD", "OLDPWD", "SHLVL", "_"].includes(name)).sort()).toEqual([
      "PATH",
      "TESTENV_ROOT",
    ]);
  });

  test("gives its manager a PATH of folders that others cannot change", async () => {
    await using here = await withManager();
    await here.program("open/tool", "");
    await chmod(here.at("open"), 0o777);
    process.env.PATH = `relative:${here.plugin}:${here.at("open")}:${process.env.PATH}`;
    await here.plan({ command: ["beeper"] });
    const path = /^PATH=(.*)$/m.exec(await Bun.file(here.proof).text())?.[1]?.split(":");
    expect(path).toContain(here.at("programs"));
    expect(path).not.toContain(here.at("open"));
    expect(path).not.toContain(here.plugin);
    expect(path).not.toContain("relative");
  });

  test.each(["plugin", "data", "model"] as const)(
    "whose manager leads into the %s folder is refused unrun",
    async (kind) => {
      await using here = await withManager();
      const evil = `${here[kind]}/testenv`;
      await Bun.write(evil, manager(here.proof, here.real));
      await chmod(evil, 0o755);
      await symlink(evil, here.at("linkenv"));
      for (const path of [evil, here.at("linkenv")]) {
        await here.program("programs/beeper", shim(path, here.at("versions")));
        await expect(here.plan({ command: ["beeper"] })).rejects.toMatchObject({
          code: "plugin-start-failed",
        });
      }
      expect(existsSync(here.proof)).toBe(false);
    },
  );

  test.each(["manager/testenv", "manager", "programs/beeper", "programs", "versions"])(
    "is refused, unrun, if others could change %s",
    async (path) => {
      await using here = await withManager();
      await chmod(here.at(path), 0o777);
      await expect(here.plan({ command: ["beeper"] })).rejects.toMatchObject({
        code: "plugin-start-failed",
        message: expect.stringContaining("can be changed by other users than root and the engine's"),
      });
      expect(existsSync(here.proof)).toBe(false);
    },
  );

  test("whose manager names a program of a plugin is refused", async () => {
    await using here = await withManager();
    const tool = await here.program("home/plugins/beep/tool", "");
    await here.program("manager/testenv", manager(here.proof, tool));
    await expect(here.plan({ command: ["beeper"] })).rejects.toThrow("where no program may be");
  });

  test("whose manager knows no such program passes on what it says", async () => {
    await using here = await withManager();
    await here.program("manager/testenv", "#!/bin/sh\necho version 3 is not installed >&2\nexit 1\n");
    await expect(here.plan({ command: ["beeper"] })).rejects.toThrow("says: version 3 is not installed");
  });

  test("whose manager does not answer in time ends it with all its children", async () => {
    await using here = await withManager();
    await here.program("manager/testenv", `#!/bin/sh\nsleep 60 &\necho $! > ${here.proof}\nwait\n`);
    const search = { path: process.env.PATH ?? "", untrusted: [] };
    const following = followShim(here.at("programs/beeper"), "beeper", search, 500);
    await expect(following).rejects.toThrow("did not answer within 500 ms");
    const child = Number(await Bun.file(here.proof).text());
    await until("the manager's child has ended", () => !isAlive(child));
  });
});

describe("a program that was granted to run", () => {
  const run = async (here: Place, ...programs: string[]) =>
    (await here.plan({ permissions: { run: programs } })).spec.sandbox?.execute;

  test("is looked for by the same rule as a command", async () => {
    await using here = await withManager();
    const own = await here.program("home/plugins/beep/tool", "");
    expect(await run(here, "beeper", "./tool", "nothing")).toEqual(
      expect.arrayContaining([here.real, await realpath(own)]),
    );
    process.env.PATH = `${here.at("home/plugins/beep")}`;
    expect(await run(here, "tool")).not.toContain(await realpath(own));
  });

  test("is no link of the plugin to another program", async () => {
    await using here = await place({ "secret/key": "secret" });
    const key = await here.program("secret/key", "secret");
    for (const folder of [here.plugin, here.data]) {
      await symlink(key, join(folder, "tool"));
      await expect(run(here, join(folder, "tool"))).rejects.toThrow(`leads to ${key}, outside`);
    }
    await expect(run(here, "./tool")).rejects.toThrow(`leads to ${key}, outside`);
    expect(await run(here, key)).toContain(key);
  });
});

/** A zombie is not alive: its parent, which was killed first, did not wait for it. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
