import { describe, expect, test } from "bun:test";
import { grantedWith, permissionsToGrant } from "../../../../core/releases/grant.ts";
import { type Grants, missingPermissions } from "../../../../core/releases/permissions.ts";
import { pluginRelease } from "./releases.ts";

const GREET = { allow: "/etc/hostname", reason: "to greet by name" };
const KEY = { kind: "env", allow: "KEY" } as const;
const first = pluginRelease({ permissions: { read: ["$DATA"] } });
const second = pluginRelease({ version: "1.10.0", permissions: { read: ["$DATA", GREET], env: ["KEY"] } });
const third = pluginRelease({ version: "1.11.0" });
const shipped = pluginRelease({ name: "sine", permissions: { read: ["/x"] } }, { trusted: true });
const RELEASES = [first, second, third, shipped];
const GREETING = { kind: "read", ...GREET } as const;
const DATA = { kind: "read", allow: "$DATA" } as const;

const missing = (grants: Grants, request = {}) => permissionsToGrant(RELEASES, grants, "beep", request);

describe("a grant", () => {
  test("is all that the newest release lacks that is blocked, or the one that is named", () => {
    expect(missing({})).toEqual([DATA, GREETING, KEY]);
    expect(missing({ beep: { read: ["$DATA"] } })).toEqual([GREETING, KEY]);
    expect(missing({}, { version: "1.0.0" })).toEqual([DATA]);
  });

  test("is some of it, if it is named, with its reason; once, however many releases ask for it", () => {
    expect(missing({}, { permissions: [KEY, { kind: "read", allow: GREET.allow }] })).toEqual([
      KEY,
      GREETING,
    ]);
    expect(missing({}, { permissions: [DATA] })).toEqual([DATA]);
  });

  test("of what the plugin does not ask for is refused, each with its place", () => {
    const other = { kind: "net", allow: "example.org" };
    expect(() => missing({}, { permissions: [KEY, other] })).toThrow(
      expect.objectContaining({
        code: "body-invalid",
        violations: [
          {
            pointer: "/permissions/1",
            message: "beep@1.11.0, beep@1.10.0, beep@1.0.0 does not ask for net example.org",
          },
        ],
      }),
    );
    expect(() => missing({}, { version: "1.0.0", permissions: [KEY] })).toThrow("does not ask for env KEY");
  });

  test("of nothing is told, and why", () => {
    const nothing = (message: string) => expect.objectContaining({ code: "nothing-to-grant", message });
    const all = { beep: { read: ["$DATA", GREET.allow], env: ["KEY"] } };
    const whole =
      "Nothing was granted because beep@1.11.0, beep@1.10.0, beep@1.0.0 is granted all that it asks for already";
    expect(() => missing(all)).toThrow(nothing(whole));
    expect(() => missing({}, { version: "1.11.0" })).toThrow(
      nothing("Nothing was granted because beep@1.11.0 is granted all that it asks for already"),
    );
    expect(() => missing(all, { version: "1.10.0", permissions: [KEY] })).toThrow(
      nothing("Nothing was granted because beep@1.10.0 is granted that already"),
    );
    expect(() => permissionsToGrant(RELEASES, {}, "sine", {})).toThrow(
      nothing("Nothing was granted because sine@1.0.0 is granted all that it asks for already"),
    );
  });

  test("to a plugin that is not there names those that are", () => {
    const unknown = (message: string) => expect.objectContaining({ code: "plugin-not-found", message });
    expect(() => permissionsToGrant(RELEASES, {}, "bep", {})).toThrow(
      unknown('There is no plugin "bep": on disk are beep, sine'),
    );
    expect(() => missing({}, { version: "2.0.0" })).toThrow(
      unknown('There is no plugin "beep@2.0.0": on disk are beep@1.0.0, beep@1.10.0, beep@1.11.0'),
    );
  });

  test("makes whole lists of what is granted and what is added, after which nothing is missing", () => {
    const before = { read: ["$DATA", "/mine"], write: ["/mine"] };
    const more = grantedWith(before, missing({ beep: before }));
    expect(more).toEqual({ read: ["$DATA", "/mine", GREET], env: ["KEY"] });
    expect(missingPermissions(second, { beep: { ...before, ...more } })).toEqual([]);
    expect(before.read).toHaveLength(2);
  });

  test("of what somebody else has granted meanwhile adds nothing", () => {
    expect(grantedWith({ env: ["KEY"] }, [KEY])).toEqual({});
    expect(grantedWith(undefined, [KEY, KEY])).toEqual({ env: ["KEY"] });
  });
});
