import { describe, expect, test } from "bun:test";
import {
  blockedReason,
  expandEnv,
  expandNet,
  expandPaths,
  type Grants,
  listPermissions,
  missingPermissions,
  requireGranted,
} from "../../../../core/releases/permissions.ts";
import { pluginRelease } from "./releases.ts";

const ASKED = {
  read: ["$MODEL", { allow: "/etc/voices", reason: "shared lexicons" }],
  write: ["$DATA"],
  env: ["VOICE_KEY"],
};
const beep = pluginRelease({ permissions: ASKED });

describe("permissions", () => {
  test("are listed one by one, each with its kind and its reason", () => {
    expect(listPermissions(ASKED)).toEqual([
      { kind: "read", allow: "$MODEL" },
      { kind: "read", allow: "/etc/voices", reason: "shared lexicons" },
      { kind: "write", allow: "$DATA" },
      { kind: "env", allow: "VOICE_KEY" },
    ]);
    expect(listPermissions(undefined)).toEqual([]);
  });

  test("are missing unless the same kind and thing was granted to a plugin of that name", () => {
    const missing = (grants: Grants) => missingPermissions(beep, grants).map(({ allow }) => allow);
    expect(missing({})).toEqual(["$MODEL", "/etc/voices", "$DATA", "VOICE_KEY"]);
    expect(missing({ beep: { read: ["$MODEL", "/etc"], write: ["/etc/voices"] } })).toEqual([
      "/etc/voices",
      "$DATA",
      "VOICE_KEY",
    ]);
    expect(missing({ other: ASKED })).toHaveLength(4);
    expect(missing({ beep: ASKED })).toEqual([]);
  });

  test("are granted as they are asked to a plugin that came with the engine", () => {
    const trusted = pluginRelease({ permissions: ASKED }, { trusted: true });
    expect(missingPermissions(trusted, {})).toEqual([]);
    expect(blockedReason(trusted, {})).toBeUndefined();
  });

  test("that are missing block the plugin, with the very words that grant them", () => {
    const grants = { beep: { read: ["$MODEL"], env: ["VOICE_KEY"] } };
    const reason = blockedReason(beep, grants) ?? "";
    expect(reason).toStartWith(
      "beep@1.0.0 asks for read /etc/voices, write $DATA, which it was not granted. To grant it: syrinx plugins grant beep@1.0.0, or add to the config: ",
    );
    const grant = JSON.parse(reason.slice(reason.indexOf("{"))).plugins.grants.beep;
    expect(grant).toEqual({ read: ["/etc/voices"], write: ["$DATA"] });
    expect(() => requireGranted(beep, grants)).toThrow(expect.objectContaining({ code: "plugin-blocked" }));
    expect(() => requireGranted(beep, { beep: ASKED })).not.toThrow();
  });

  test("give the network as anything else: by the very same entry", () => {
    const release = pluginRelease({ permissions: { net: ["example.com:443"] } }, { trusted: false });
    expect(blockedReason(release, { beep: { net: ["example.com"] } })).toContain("net example.com:443");
    expect(blockedReason(release, { beep: { net: ["example.com:443"] } })).toBeUndefined();
  });

  test("show variables by name or by what they begin with, and no others", () => {
    const environment = { KEY: "1", KEY_2: "2", APP__a: "3", APP__b: "4", OTHER: "5", UNSET: undefined };
    const seen = (...env: string[]) =>
      Object.keys(expandEnv({ env }, { prefix: "APP__", empty: "", number: 1 }, environment));
    expect(seen("KEY", "UNSET", "MISSING")).toEqual(["KEY"]);
    expect(seen("KEY*")).toEqual(["KEY", "KEY_2"]);
    expect(seen("$SETTINGS.prefix*")).toEqual(["APP__a", "APP__b"]);
    expect(seen("*", "$SETTINGS.empty*", "$SETTINGS.number*", "$SETTINGS.missing*")).toEqual([]);
  });

  test("name hosts by a setting, which gives none where it is not set", () => {
    const net = ["api.example.com", { allow: "$SETTINGS.url" }, "$SETTINGS.other"];
    expect(expandNet({ net }, { url: "https://example.org/x" })).toEqual([
      "api.example.com",
      "https://example.org/x",
    ]);
  });
});

describe("the paths of a permission", () => {
  const variables = {
    model: "/models/tiny",
    plugin: "/plugins/beep",
    data: "/srv/data/voices.a",
    settings: { folder: "/srv/audio", relative: "out", bits: 16, empty: undefined },
  };
  const expand = (path: string, change: object = {}) => granted(path, change).map((one) => one.path);
  const granted = (path: string, change: object = {}) =>
    expandPaths({ read: [path], write: ["/never"] }, "read", { ...variables, ...change });

  test.each([
    ["$MODEL", "/models/tiny"],
    ["$MODEL/voices", "/models/tiny/voices"],
    ["$PLUGIN/lexicon.txt", "/plugins/beep/lexicon.txt"],
    ["$DATA", "/srv/data/voices.a"],
    ["$SETTINGS.folder", "/srv/audio"],
    ["$SETTINGS.folder/in", "/srv/audio/in"],
    ["$SETTINGS.relative", "/plugins/beep/out"],
    ["/etc/voices/../espeak", "/etc/espeak"],
    ["lexicon.txt", "/plugins/beep/lexicon.txt"],
  ])("%s is %s", (path, expanded) => {
    expect(expand(path)).toEqual([expanded]);
  });

  test.each(["$SETTINGS.bits", "$SETTINGS.unknown", "$SETTINGS.empty", "$HOME", "$MODELS/x"])(
    "%s gives none, as it stands for no path",
    (path) => {
      expect(expand(path)).toEqual([]);
    },
  );

  test.each([
    ["$MODEL/voices", "$MODEL", "/models/tiny"],
    ["$PLUGIN/lexicon.txt", "$PLUGIN", "/plugins/beep"],
    ["$DATA", "$DATA", "/srv/data/voices.a"],
    ["$SETTINGS.folder/in", "$SETTINGS.folder", "/srv/audio"],
    ["$SETTINGS.relative/in", "$SETTINGS.relative", "/plugins/beep/out"],
  ])("%s is for what is in %s", (path, name, base) => {
    expect(granted(path)).toMatchObject([{ kind: "read", allow: path, base: { name, path: base } }]);
  });

  test("that leads up from a setting by its own dots is for what it says", () => {
    const [path] = granted("$SETTINGS.folder/..");
    expect(path).toEqual({ kind: "read", allow: "$SETTINGS.folder/..", path: "/srv" });
  });

  test("$MODEL gives none for a plugin without a model", () => {
    expect(expand("$MODEL/x", { model: undefined })).toEqual([]);
  });
});
