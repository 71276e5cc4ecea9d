import { describe, expect, test } from "bun:test";
import type { Binding } from "../../../../core/releases/binding.ts";
import { validator } from "../../../../core/schema.ts";
import type { AdmissionPreview } from "../../../../core/slots/admission.ts";
import { planSwap } from "../../../../core/slots/swap-plan.ts";
import type { SwapPlan } from "../../../../schemas/generated/api.ts";
import { bindingOf, modelRelease, pluginRelease } from "../releases/releases.ts";

const isPlan = validator<SwapPlan>("syrinx:api#/$defs/SwapPlan");

const ROOM: AdmissionPreview = {
  strategy: "blue-green",
  memory: { verdict: "fits-beside", device: "cpu", needs: [], evict: [], message: "it fits" },
};

function plan(running: Binding | undefined, to: Binding, grants = {}): SwapPlan {
  const made = planSwap("voices.a", running, to, grants, ROOM);
  if (!isPlan(made)) throw new Error(JSON.stringify(isPlan.violations()));
  return made;
}

describe("the plan of a swap", () => {
  test("to what runs already has nothing to change", () => {
    expect(plan(bindingOf(1), bindingOf(1))).toMatchObject({ verdict: "unchanged", changes: [] });
  });

  test("of an empty slot brings everything, from nothing", () => {
    expect(plan(undefined, bindingOf(1))).toMatchObject({
      verdict: "swap",
      from: null,
      changes: [
        { pointer: "/plugin", to: "beep@1.0.0" },
        { pointer: "/device", to: "cpu" },
        { pointer: "/settings/mark", to: 1 },
      ],
    });
  });

  test("that the process takes as it runs is a reconfiguration, for which nothing is loaded", () => {
    const made = planSwap("voices.a", bindingOf(1), bindingOf(2), {}, "in-place");
    expect(isPlan(made)).toBe(true);
    expect(made).toMatchObject({ verdict: "reconfigure", changes: [{ pointer: "/settings/mark" }] });
    expect(made.memory).toMatchObject({ verdict: "fits-beside", needs: [], evict: [] });
  });

  test("names each value that differs, and none that does not", () => {
    const running: Binding = { ...bindingOf(1), model: modelRelease(), settings: { a: [1], "b/c": 1, d: 1 } };
    const to: Binding = {
      ...running,
      plugin: pluginRelease({ version: "2.0.0" }),
      model: undefined,
      settings: { a: [1], "b/c": 2, e: null },
    };
    expect(plan(running, to).changes).toEqual([
      { pointer: "/plugin", from: "beep@1.0.0", to: "beep@2.0.0" },
      { pointer: "/model", from: "tiny@1.0.0" },
      { pointer: "/settings/b~1c", from: 1, to: 2 },
      { pointer: "/settings/d", from: 1 },
      { pointer: "/settings/e", to: null },
    ]);
  });

  const one: Binding = { ...bindingOf(1), plugin: pluginRelease({ permissions: { read: ["/srv/a"] } }) };
  const more = pluginRelease({
    version: "1.1.0",
    permissions: { read: ["/srv/a", { allow: "/srv/b", reason: "the dictionary" }] },
  });
  const added = [{ kind: "read", allow: "/srv/b", reason: "the dictionary" }] as const;

  test("to a version that asks for more says exactly what is new, and why it would be refused", () => {
    const made = plan(one, { ...one, plugin: more }, { beep: { read: ["/srv/a"] } });
    expect(made.permissions).toEqual({ missing: [...added], added: [...added] });
    expect(made.reason).toContain("beep@1.1.0 asks for read /srv/b, which it was not granted");
  });

  test("to a version whose news are granted is not refused, and tells them all the same", () => {
    const made = plan(one, { ...one, plugin: more }, { beep: { read: ["/srv/a", "/srv/b"] } });
    expect(made.permissions).toEqual({ missing: [], added: [...added] });
    expect(made.reason).toBeUndefined();
  });

  test("to another plugin counts all that it asks for as new", () => {
    const other = pluginRelease({ name: "boop", permissions: { read: ["/srv/a"] } });
    expect(plan(one, { ...one, plugin: other }).permissions.added).toEqual([
      { kind: "read", allow: "/srv/a" },
    ]);
  });
});
