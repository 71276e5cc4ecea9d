import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { bindingOf } from "../releases/releases.ts";
import { SlotSurroundings, until } from "./slot-fixture.ts";

const MARKED = (mark: string) => ({ settings: { mark } });

describe("the history of a slot", () => {
  test("says of a swap that waited what it replaced, not what served when it was requested", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const first = slot.swap(bindingOf("b"), "request");
    const second = slot.swap(bindingOf("c"), "request");
    await second.done;
    expect(all.journal.swaps.swap(first.id)).toMatchObject({ from: MARKED("a"), to: MARKED("b") });
    expect(all.journal.swaps.swap(second.id)).toMatchObject({ from: MARKED("b"), to: MARKED("c") });
    expect(await second.done).toEqual(all.journal.swaps.swap(second.id)!);
  });

  test("says of a swap behind one that failed that it replaced what kept serving", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    all.behave("b", { load: () => Promise.reject(new SyrinxError("plugin-failed", "no")) });
    slot.swap(bindingOf("b"), "request");
    const second = slot.swap(bindingOf("c"), "request");
    expect(await second.done).toMatchObject({ from: MARKED("a"), to: MARKED("c") });
  });

  test("says who asked, and nobody where the engine or the config did", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const start = await slot.swap(bindingOf("a"), "start").done;
    const swap = await slot.swap(bindingOf("b"), "request", { actor: "ada" }).done;
    const unload = await slot.unload("unload", { actor: "grace" }).done;
    expect(all.journal.swaps.swap(start.id)).not.toHaveProperty("actor");
    expect(all.journal.swaps.swap(swap.id)?.actor).toBe("ada");
    expect(all.journal.swaps.swap(unload.id)?.actor).toBe("grace");
  });

  test("says that a rollback was by hand", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.swap(bindingOf("b"), "request").done;
    const back = await slot.swap(slot.previous!, "rollback", { actor: "ada" }).done;
    expect(back).toMatchObject({
      ...{ reason: "rollback", rolledBackBy: "hand", actor: "ada" },
      ...{ from: MARKED("b"), to: MARKED("a") },
    });
    expect(all.journal.swaps.swap(back.id)).toEqual(back);
  });

  test("says that a rollback was by itself, from what to what, and so does the swap that it undoes", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    await all.serve(slot, "a");
    const { id } = await slot.swap(bindingOf("b"), "request", { actor: "ada" }).done;
    const failed = new SyrinxError("plugin-failed", "no");
    await all.speak(slot, "ok", failed, failed, failed);
    await until("it is back", () => slot.view().generation === 3);
    expect(all.journal.swaps.swap(id)).toMatchObject({ stage: "rolled-back", rolledBackBy: "watch" });
    const back = all.lastSwap(slot);
    expect(back).toMatchObject({
      ...{ reason: "rollback", rolledBackBy: "watch" },
      ...{ from: MARKED("b"), to: MARKED("a") },
    });
    expect(back).not.toHaveProperty("actor");
  });

  test("says of a canary whether a user ended it or its trial", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    for (const by of ["hand", "canary"] as const) {
      const swap = slot.swap(bindingOf("b"), "request", { strategy: "canary" });
      await until("it is on trial", () => all.plugins.newest.state === "canary");
      if (by === "hand") slot.abort(swap.id, "ada");
      else all.plugins.newest.die();
      expect(await swap.done).toMatchObject({ stage: "rolled-back", rolledBackBy: by });
      const record = all.journal.swaps.swap(swap.id);
      expect(record?.rolledBackBy).toBe(by);
      if (by === "hand") expect(record?.error?.message).toBe("It was aborted by hand, by ada");
    }
  });
});
