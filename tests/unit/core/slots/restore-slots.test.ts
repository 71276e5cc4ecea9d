import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { type Binding, describeBinding } from "../../../../core/releases/binding.ts";
import type { AdmissionPreview } from "../../../../core/slots/admission.ts";
import { planRemoval, planRestore } from "../../../../core/slots/restore-slots.ts";
import type { Slot } from "../../../../core/slots/slot.ts";
import { SlotWish } from "../../../../core/slots/slot-wish.ts";
import { SwapPreview } from "../../../../core/slots/swap-preview.ts";
import { bindingOf, pluginRelease } from "../releases/releases.ts";

const ROOM: AdmissionPreview = {
  strategy: "blue-green",
  memory: { verdict: "fits-beside", device: "cpu", needs: [], evict: [], message: "it fits" },
};
const [ONE, TWO] = [bindingOf(1), bindingOf(2)];
const record = (binding: Binding | null, state?: unknown) => ({
  slot: "voices.a",
  binding: binding && describeBinding(binding),
  ...(state !== undefined && { state }),
});
type PlannedSlot = Pick<Slot, "name" | "previewAdmission" | "running" | "unloaded" | "wish">;
const slotWith = (running: Binding | undefined): PlannedSlot => ({
  name: "voices.a",
  running,
  unloaded: undefined,
  wish: new SlotWish({ plugin: "beep" }),
  previewAdmission: () => Promise.resolve(ROOM),
});

/** @param to what the recorded binding resolves to now */
function preview(to: () => Binding, slot?: PlannedSlot, room: AdmissionPreview = ROOM): SwapPreview {
  return new SwapPreview({
    resolver: { grants: {}, resolve: to, resolveUngranted: to },
    admission: { preview: () => Promise.resolve(room) },
    find: () => slot,
  });
}

describe("what becomes of a slot that is brought back", () => {
  test("is nothing, if it runs as it did and no state is there for it", async () => {
    const slot = slotWith(ONE);
    expect(
      await planRestore(
        record(ONE),
        slot,
        preview(() => ONE, slot),
      ),
    ).toEqual({
      slot: "voices.a",
      action: "unchanged",
      from: describeBinding(ONE),
      to: describeBinding(ONE),
    });
  });

  test("is a swap with its plan, if it runs another binding, or the same and there is state", async () => {
    const slot = slotWith(TWO);
    expect(
      await planRestore(
        record(ONE),
        slot,
        preview(() => ONE, slot),
      ),
    ).toMatchObject({
      action: "swap",
      from: describeBinding(TWO),
      to: describeBinding(ONE),
      plan: { verdict: "swap", changes: [{ pointer: "/settings/mark", from: 2, to: 1 }] },
    });
    const same = slotWith(ONE);
    expect(
      await planRestore(
        record(ONE, { spoken: 1 }),
        same,
        preview(() => ONE, same),
      ),
    ).toMatchObject({
      action: "swap",
      plan: { verdict: "unchanged" },
    });
  });

  test("is a first load, if the config of then brings it", async () => {
    const plan = await planRestore(
      record(ONE),
      undefined,
      preview(() => ONE),
    );
    expect(plan).toMatchObject({ action: "add", from: null, plan: { from: null } });
    expect(plan).not.toHaveProperty("problem");
  });

  test("is an unload, if nothing filled it then, and nothing if nothing does now", async () => {
    const previewSlot = preview(() => ONE);
    expect(await planRestore(record(null), slotWith(ONE), previewSlot)).toMatchObject({
      action: "unload",
      to: null,
    });
    expect(await planRestore(record(null), slotWith(undefined), previewSlot)).toMatchObject({
      action: "unchanged",
    });
    expect(planRemoval(slotWith(ONE))).toEqual({
      slot: "voices.a",
      action: "remove",
      from: describeBinding(ONE),
      to: null,
    });
  });

  test("has the problem that would keep it from it: a release that is gone, a grant, no room", async () => {
    const gone = preview(() => {
      throw new SyrinxError("release-not-found", "there is no beep@1.0.0");
    });
    const lost = await planRestore(record(ONE), slotWith(TWO), gone);
    expect(lost).toMatchObject({ action: "swap", problem: "there is no beep@1.0.0" });
    expect(lost).not.toHaveProperty("plan");
    const plugin = pluginRelease({ permissions: { env: ["BEEP"] } });
    const ungranted = preview(() => ({ ...ONE, plugin }));
    expect((await planRestore(record(ONE), slotWith(TWO), ungranted)).problem).toContain("env BEEP");
    const memory = { ...ROOM.memory, verdict: "refused", message: "10 MB are missing" } as const;
    const full = preview(() => ONE, undefined, { strategy: "auto", memory });
    expect(await planRestore(record(ONE), undefined, full)).toMatchObject({
      problem: "10 MB are missing",
      plan: { memory: { verdict: "refused" } },
    });
  });

  test("is not looked into where other releases and grants than now decide", async () => {
    expect(await planRestore(record(ONE), slotWith(TWO), undefined)).toEqual({
      slot: "voices.a",
      action: "swap",
      from: describeBinding(TWO),
      to: describeBinding(ONE),
    });
  });
});
