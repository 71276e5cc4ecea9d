import { describe, expect, test } from "bun:test";
import {
  type Binding,
  describeBinding,
  type WantedBinding,
  wantedOf,
} from "../../../../core/releases/binding.ts";
import { type KeptChoice, SlotChoices } from "../../../../core/slots/slot-choices.ts";
import type { SlotChoice } from "../../../../core/slots/slot-environment.ts";
import { SlotWish } from "../../../../core/slots/slot-wish.ts";
import type { InConfig } from "../../../../schemas/generated/swap.ts";
import { bindingOf } from "../releases/releases.ts";

const KEPT = { actor: "ann", keeping: { persist: true } };
const wanted = (mark: string) => wantedOf(bindingOf(mark));

/** Choices of the slot `voices.a`, which the config wants to run `configured`, and what was saved of them. */
function choicesOf(configured: string, { isThere = true } = {}) {
  const wish = new SlotWish(wanted(configured));
  const kept: KeptChoice[] = [];
  const noted = Promise.withResolvers<InConfig>();
  const choices = new SlotChoices({
    resolver: { resolve: (_, { settings }: WantedBinding): Binding => bindingOf(String(settings?.mark)) },
    swaps: { noteConfig: (_, config) => noted.resolve(config) },
    find: () => (isThere ? { kind: "voice", wish } : undefined),
  });
  const take = (mark: string, about: Partial<SlotChoice> = {}) => {
    wish.request()(wanted(mark));
    choices.take({ slot: "voices.a", swap: "1", binding: bindingOf(mark), ...KEPT, ...about });
    return noted.promise;
  };
  const keep = () =>
    choices.keepWith({
      async keep(choice) {
        kept.push(choice);
        return { state: "saved", version: 7 };
      },
    });
  return { wish, kept, take, keep };
}

describe("a binding that somebody chose", () => {
  test("is saved, with who chose it and what was done", async () => {
    const { kept, take, keep } = choicesOf("a");
    keep();
    expect(await take("b")).toEqual({ state: "saved", version: 7 });
    expect(kept).toEqual([
      expect.objectContaining({
        slot: "voices.a",
        wanted: wanted("b"),
        actor: "ann",
        reason: expect.stringContaining("voices.a was swapped to"),
      }),
    ]);
  });

  test("is no longer current when something else was chosen or configured", async () => {
    const { wish, kept, take, keep } = choicesOf("a");
    keep();
    await take("b");
    expect(kept[0]?.isCurrent()).toBe(true);
    wish.configure(wanted("b"));
    expect(kept[0]?.isCurrent()).toBe(false);
  });

  test("is met only by a config that says the same: whoever names a version wants that one", async () => {
    const { kept, take, keep } = choicesOf("a");
    keep();
    await take("b");
    const isMetBy = (other: WantedBinding) => kept[0]?.isMetBy(other);
    expect([isMetBy(wanted("b")), isMetBy({ ...wanted("b"), plugin: "beep" })]).toEqual([true, false]);
  });

  test("is not saved if the request says so, if the config has it already, or if its slot is gone", async () => {
    const temporary = choicesOf("a");
    temporary.keep();
    expect(await temporary.take("b", { keeping: { persist: false } })).toEqual({
      state: "until-restart",
    });
    const same = choicesOf("a");
    same.keep();
    expect(await same.take("a")).toEqual({ state: "saved" });
    expect(same.wish.wanted).toBe(same.wish.configured);
    const gone = choicesOf("a", { isThere: false });
    gone.keep();
    expect(await gone.take("b")).toMatchObject({ state: "not-saved" });
    expect([...temporary.kept, ...same.kept, ...gone.kept]).toEqual([]);
  });
});

describe("a rollback", () => {
  test("is saved if the config has what it left: by hand, or by itself", async () => {
    for (const [actor, how] of [
      ["ann", "by hand"],
      [undefined, "by itself"],
    ] as const) {
      const { kept, take, keep } = choicesOf("b");
      keep();
      await take("a", { left: bindingOf("b"), actor, keeping: undefined });
      expect(kept[0]?.reason).toContain(`voices.a was rolled back ${how}`);
      expect(kept[0]?.actor).toBe(actor);
      // What served is wanted, and another range may lead there.
      expect(kept[0]?.isMetBy({ ...wanted("a"), plugin: "beep" })).toBe(true);
    }
  });

  test("from what the config does not have is not saved", async () => {
    const { kept, take, keep } = choicesOf("a");
    keep();
    expect(await take("b", { left: bindingOf("c") })).toEqual({ state: "until-restart" });
    expect(kept).toEqual([]);
    expect(describeBinding(bindingOf("b"))).not.toEqual(describeBinding(bindingOf("c")));
  });
});
