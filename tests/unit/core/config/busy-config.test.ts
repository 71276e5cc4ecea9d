import { describe, expect, test } from "bun:test";
import { ChosenBindings } from "../../../../core/config/mod.ts";
import { benchOf, tones } from "./control-bench.ts";

const MAX_WAIT_MS = 30_000;
const BUSY = { code: "config-busy", retryAfter: 10 };

/** A config of which a change is being applied until `end` is called. */
async function busy() {
  const bench = await benchOf(tones({ a: 100 }));
  const apply = Promise.withResolvers<void>();
  bench.gate = apply.promise;
  const underWay = bench.patch({ speech: { maxQueue: 1 } });
  return { ...bench, underWay, end: () => apply.resolve() };
}

describe("a change of the config behind one that takes long", () => {
  test("is refused if it cannot begin in time, changes nothing, and is told when to ask again", async () => {
    const { patch, unpin, drop, rollback, clock, store, underWay, end } = await busy();
    const refused = [patch({ speech: { maxQueue: 2 } }), unpin(), drop(""), rollback(1)];
    const outcomes = Promise.allSettled(refused);
    clock.pass(MAX_WAIT_MS);
    expect(await outcomes).toEqual(
      refused.map(() => ({ status: "rejected", reason: expect.objectContaining(BUSY) })),
    );
    await expect(refused[0]).rejects.toThrow(
      "Nothing was changed because other changes of the config came before this one, and it could not begin within 30 s. Ask again later",
    );
    end();
    expect((await underWay).version).toBe(2);
    expect([store.version, store.config?.speech.maxQueue]).toEqual([2, 1]);
  });

  test("is made if its turn comes in time, however long it then takes", async () => {
    const bench = await busy();
    const { patch, clock, underWay, end } = bench;
    const next = patch({ speech: { maxQueue: 2 } });
    clock.pass(MAX_WAIT_MS - 1);
    end();
    await underWay;
    clock.pass(MAX_WAIT_MS);
    expect((await next).document.speech?.maxQueue).toBe(2);
  });

  test("waits for its turn if it saves what was chosen: that serves already", async () => {
    const { control, store, clock, underWay, end } = await busy();
    const saved = new ChosenBindings({ store, control }).keep({
      ...{ slot: "voices.a", wanted: { plugin: "tone", settings: { hertz: 200 } } },
      ...{ actor: "ann", reason: "she likes it" },
      isCurrent: () => true,
      isMetBy: () => false,
    });
    clock.pass(10 * MAX_WAIT_MS);
    end();
    await underWay;
    expect(await saved).toEqual({ state: "saved", version: 3 });
    expect(store.config?.voices.a?.settings).toEqual({ hertz: 200 });
  });

  test("waits for its turn if it undoes one that nobody has confirmed", async () => {
    const { bench, before, apply } = await unconfirmed();
    const { clock, store, says } = bench;
    const other = says(tones({ a: 300 }));
    // The time to confirm is over, and the change is to be undone.
    clock.pass(1_000);
    clock.pass(10 * MAX_WAIT_MS);
    apply.resolve();
    await other;
    await store.settled();
    expect([store.config?.speech.maxQueue, store.unconfirmed]).toEqual([before, undefined]);
  });
});

/** A config with a change that waits to be confirmed for 1 s. The next change is being applied until `apply` resolves. */
async function unconfirmed() {
  const bench = await benchOf(tones({ a: 100 }));
  const before = bench.store.config?.speech.maxQueue;
  await bench.patch({ speech: { maxQueue: 1 } }, 1_000);
  const apply = Promise.withResolvers<void>();
  bench.gate = apply.promise;
  return { bench, before, apply };
}
