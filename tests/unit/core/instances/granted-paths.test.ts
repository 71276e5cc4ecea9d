import { describe, expect, test } from "bun:test";
import { mkdir, realpath, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Permissions } from "../../../../schemas/generated/plugin.ts";
import { type Place, place } from "./launching.ts";

/** A place with a folder that nobody granted. */
const withSecret = () => place({ "secret/key": "secret" });

async function policyOf(here: Place, permissions: Permissions, settings?: Record<string, unknown>) {
  const { sandbox } = (await here.plan({ permissions }, settings)).spec;
  if (!sandbox) throw new Error("no policy");
  return sandbox;
}

function refused(here: Place, permissions: Permissions, settings?: Record<string, unknown>) {
  return expect(policyOf(here, permissions, settings)).rejects;
}

describe("a path of a permission", () => {
  test("is in the policy without links, if these stay in the variable's folder", async () => {
    await using here = await withSecret();
    await mkdir(join(here.data, "real"));
    await symlink("real", join(here.data, "cache"));
    const { write } = await policyOf(here, { write: ["$DATA/cache"] });
    expect(write).toContain(await realpath(join(here.data, "real")));
    expect(write).not.toContain(join(here.data, "cache"));
  });

  test.each([
    ["write", "$DATA/cache", "data", "$DATA"],
    ["read", "$DATA/cache", "data", "$DATA"],
    ["read", "$PLUGIN/cache", "plugin", "$PLUGIN"],
    ["read", "$PLUGIN/cache/key", "plugin", "$PLUGIN"],
    ["read", "$MODEL/cache", "model", "$MODEL"],
  ] as const)("%s %s is refused if a link leads out of there", async (kind, allow, folder, name) => {
    await using here = await withSecret();
    await symlink(here.at("secret"), join(here[folder], "cache"));
    const leads = allow.endsWith("key") ? here.at("secret/key") : here.at("secret");
    await refused(here, { [kind]: [allow] }).toMatchObject({
      code: "plugin-start-failed",
      message: `Cannot start plugin beep@1.0.0 because its permission ${kind} ${allow} leads to ${leads}, outside ${name} (${here[folder]})`,
    });
  });

  test("is refused if its dots lead out of the variable's folder", async () => {
    await using here = await withSecret();
    await mkdir(here.at("home/data/voices.b"));
    await refused(here, { read: ["$DATA/../voices.b"], write: ["$DATA"] }).toMatchObject({
      code: "plugin-start-failed",
    });
    await refused(here, { read: ["$PLUGIN/../../../secret"] }).toThrow("outside $PLUGIN");
  });

  test("may be anywhere if a setting names it, but not beyond that by a link", async () => {
    await using here = await place({ "secret/key": "", "audio/in/a": "" });
    await symlink(here.at("audio"), here.at("linked"));
    await symlink(here.at("secret"), here.at("audio/out"));
    const settings = { folder: here.at("linked") };
    const { read } = await policyOf(here, { read: ["$SETTINGS.folder/in"] }, settings);
    expect(read).toContain(here.at("audio/in"));
    await refused(here, { write: ["$SETTINGS.folder/out"] }, settings).toThrow("outside $SETTINGS.folder");
  });

  test.each(["plugin", "data", "model"] as const)(
    "that names a file in the %s folder by its whole path may not lead out of there either",
    async (folder) => {
      await using here = await withSecret();
      const link = join(here[folder], "cache");
      await symlink(here.at("secret"), link);
      await refused(here, { read: [link] }).toThrow(`read ${link} leads to ${here.at("secret")}, outside`);
      await refused(here, { read: ["$SETTINGS.folder"] }, { folder: link }).toThrow("outside");
      if (folder === "plugin") await refused(here, { read: ["cache"] }).toThrow("outside");
    },
  );

  test("below a folder that the plugin may write is not widened by a link that it put there", async () => {
    await using here = await place({ "secret/key": "", "shared/a": "" });
    const link = here.at("shared/cache");
    await symlink(here.at("secret"), link);
    await symlink(here.at("shared"), here.at("way"));
    const write = [here.at("shared")];
    await refused(here, { write, read: [link] }).toThrow("outside");
    await refused(here, { write, read: [here.at("way/cache")] }).toThrow("outside");
    await refused(here, { write: [...write, link] }).toThrow("outside");
    // Without the right to write there, the admin alone can have put it there.
    expect((await policyOf(here, { read: [link] })).read).toContain(here.at("secret"));
  });

  test("may lead to a folder that was made a link by the admin", async () => {
    await using here = await withSecret();
    await rm(here.data, { recursive: true });
    await mkdir(here.at("disk/cache"), { recursive: true });
    await symlink(here.at("disk"), here.data);
    const { write } = await policyOf(here, { write: ["$DATA", "$DATA/cache"] });
    expect(write).toEqual(expect.arrayContaining([here.at("disk"), here.at("disk/cache")]));
  });

  test("is left out if there is nothing, and if a link leads to nothing", async () => {
    await using here = await withSecret();
    await symlink(here.at("nothing"), join(here.data, "cache"));
    const { write } = await policyOf(here, { write: ["$DATA/cache", "$DATA/none"] });
    expect(write.filter((path) => path.startsWith(here.path))).toEqual([]);
  });
});
