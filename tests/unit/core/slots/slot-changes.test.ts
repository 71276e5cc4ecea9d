import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import type { Binding } from "../../../../core/releases/binding.ts";
import type { Unloaded } from "../../../../core/slots/lifecycle/mod.ts";
import { type ChangingSlot, changeTogether, type WantedSlot } from "../../../../core/slots/slot-changes.ts";
import { EAGER, type LoadPolicy, type SwapManner } from "../../../../core/slots/slot-environment.ts";
import { SlotWish } from "../../../../core/slots/slot-wish.ts";
import type { AcceptedSwap } from "../../../../core/slots/swap-log.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { bindingOf } from "../releases/releases.ts";

const ROOMY: LoadPolicy = { ...EAGER, memoryLimitBytes: 1_000 };
const FULL = new SyrinxError("memory-refused", "no room");
const BROKEN = new SyrinxError("plugin-crashed", "it broke");

/** What a slot is before the change. */
interface Standing {
  running?: Binding;
  unloaded?: Unloaded;
  error?: SyrinxError;
  stuck?: SyrinxError;
}

/** A slot that does at once what it is asked, and writes it down. */
class ScriptedSlot implements ChangingSlot {
  loadPolicy = EAGER;
  readonly wish: SlotWish;
  running: Binding | undefined;
  previous: Binding | undefined;
  readonly unloaded: Unloaded | undefined;
  error: SyrinxError | undefined;
  /** What keeps it from being swapped. */
  readonly #stuck: SyrinxError | undefined;

  constructor(
    readonly name: string,
    private readonly done: string[],
    { running, unloaded, error, stuck }: Standing,
  ) {
    this.wish = new SlotWish({ plugin: `${name} as it was` });
    this.running = running;
    this.unloaded = unloaded;
    this.error = error;
    this.#stuck = stuck;
  }

  setLoadPolicy(loadPolicy: LoadPolicy): void {
    this.loadPolicy = loadPolicy;
  }

  swap(binding: Binding, reason: SwapRecord["reason"], { rolledBackBy }: SwapManner = {}): AcceptedSwap {
    // As a swap does it.
    if (reason === "rollback" && rolledBackBy !== "config")
      this.wish.request()({ plugin: `${this.name} of the swap` });
    return this.#become(binding, reason);
  }

  unload(reason: SwapRecord["reason"]): AcceptedSwap {
    return this.#become(undefined, reason);
  }

  #become(binding: Binding | undefined, reason: SwapRecord["reason"]): AcceptedSwap {
    if (this.#stuck) throw this.#stuck;
    this.done.push(`${this.name}: ${markOf(binding)} (${reason})`);
    this.runs(binding);
    const record = Promise.resolve({ stage: "done" } as SwapRecord);
    return { id: "swap", served: record, done: record };
  }

  reject(error: SyrinxError): void {
    this.error = error;
  }

  runs(binding: Binding | undefined): void {
    this.previous = this.running;
    this.running = binding;
  }
}

function markOf(binding: Binding | undefined): string {
  return String(binding?.settings.mark ?? "nothing");
}

/** What fails before or while a slot is changed, call by call; where nothing is said, it succeeds. */
interface Script {
  check?: SyrinxError;
  grants?: (SyrinxError | undefined)[];
}

/** A host of some slots, of which every one is to run `new`. */
function host(script: Record<string, Script> = {}) {
  const done: string[] = [];
  const slots = new Map<string, ScriptedSlot>();
  const add = (name: string, standing: Standing = { running: bindingOf("old") }) => {
    const slot = new ScriptedSlot(name, done, standing);
    slots.set(name, slot);
    return slot;
  };
  const change = (wanted: readonly (string | WantedSlot)[], leaving: readonly string[] = []) =>
    changeTogether(
      {
        find: (name) => slots.get(name),
        check: ({ slot }) => script[slot]?.check,
        apply: ({ slot: name, wanted, loadPolicy, binding }) => {
          const slot = slots.get(name) ?? add(name, {});
          slot.wish.configure(wanted);
          slot.setLoadPolicy(loadPolicy);
          const fault = script[name]?.grants?.shift();
          done.push(`${name}: ${fault ? "fault" : binding === "fill" ? "granted" : "kept"}`);
          if (!fault && binding === "fill") slot.runs(bindingOf("new"));
          return Promise.resolve(fault);
        },
        remove: (name) => {
          done.push(`${name}: removed`);
          slots.delete(name);
          return Promise.resolve();
        },
      },
      wanted.map((one) => (typeof one === "string" ? wantedSlot(one) : one)),
      leaving,
    );
  return { add, change, done, slots };
}

function wantedSlot(slot: string, binding: WantedSlot["binding"] = "fill"): WantedSlot {
  return { slot, kind: "voice", wanted: { plugin: `${slot} as wanted` }, loadPolicy: ROOMY, binding };
}

describe("slots that are changed together", () => {
  test("all reach what the config wants, and those that leave keep serving", async () => {
    const { add, change, done } = host();
    const [a, b] = [add("a"), add("b")];
    expect(await change(["a", "new"], ["b"])).toEqual([]);
    expect(done).toEqual(["a: granted", "new: granted"]);
    expect([markOf(a.running), a.wish.wanted.plugin, a.loadPolicy]).toEqual(["new", "a as wanted", ROOMY]);
    expect(markOf(b.running)).toBe("old");
  });

  test("none is begun with if one cannot be, and every one that cannot is told of", async () => {
    const { add, change, done } = host({ a: { check: FULL }, c: { check: BROKEN } });
    for (const name of ["a", "b", "c"]) add(name);
    expect(await change(["a", "b", "c"])).toEqual([
      { slot: "a", error: FULL },
      { slot: "c", error: BROKEN },
    ]);
    expect(done).toEqual([]);
  });

  test("all go back if one fails: to what they ran, were wanted to be and were kept with; what is new is gone", async () => {
    const { add, change, done, slots } = host({ b: { grants: [BROKEN] } });
    const [a, b] = [add("a"), add("b")];
    expect(await change(["a", "b", "new"])).toEqual([{ slot: "b", error: BROKEN }]);
    // What served b keeps serving, of itself.
    expect(done.slice(3)).toEqual(["new: removed", "a: old (rollback)"]);
    for (const slot of [a, b]) {
      expect(markOf(slot.running)).toBe("old");
      expect([slot.wish.wanted.plugin, slot.loadPolicy]).toEqual([`${slot.name} as it was`, EAGER]);
    }
    expect([...slots.keys()]).toEqual(["a", "b"]);
  });

  test("one that was only kept in another way goes back with no swap", async () => {
    const { add, change, done } = host({ b: { grants: [BROKEN] } });
    const a = add("a");
    add("b");
    await change([wantedSlot("a", "keep"), "b"]);
    expect(done).toEqual(["a: kept", "b: fault"]);
    expect(a.loadPolicy).toEqual(EAGER);
  });

  for (const [unloaded, reason] of [
    ["on-demand", "idle"],
    ["idle", "idle"],
    ["evicted", "evicted"],
  ] as const) {
    test(`one that had nothing loaded (${unloaded}) has nothing loaded again`, async () => {
      const { add, change, done } = host({ b: { grants: [BROKEN] } });
      add("a", { unloaded });
      add("b");
      await change(["a", "b"]);
      expect(done).toEqual(["a: granted", "b: fault", `a: nothing (${reason})`]);
    });
  }

  test("one that had failed has failed again, for the reason of before", async () => {
    const { add, change } = host({ b: { grants: [BROKEN] } });
    const a = add("a", { error: FULL });
    add("b");
    a.runs = function (binding) {
      ScriptedSlot.prototype.runs.call(this, binding);
      this.error = undefined;
    };
    await change(["a", "b"]);
    expect([a.running, a.error]).toEqual([undefined, FULL]);
  });

  test("one that a swap under way had changed first goes back to what that brought", async () => {
    const { add, change, done } = host({ b: { grants: [BROKEN] } });
    const a = add("a");
    add("b");
    const runs = a.runs.bind(a);
    a.runs = (binding) => {
      if (markOf(binding) === "new") runs(bindingOf("between"));
      runs(binding);
    };
    await change(["a", "b"]);
    expect(done.at(-1)).toBe("a: between (rollback)");
  });

  test("the one that failed is left to serve what a swap under way had brought", async () => {
    const { add, change, done } = host({ b: { grants: [BROKEN] } });
    const b = add("b");
    b.setLoadPolicy = (loadPolicy) => {
      if (loadPolicy === ROOMY) b.runs(bindingOf("between"));
    };
    await change(["b"]);
    expect([markOf(b.running), done]).toEqual(["between", ["b: fault"]]);
  });
});

describe("slots for which there is no room", () => {
  test("get that of those that leave, and only they are tried again", async () => {
    const { add, change, done } = host({ b: { grants: [FULL] } });
    for (const name of ["a", "b", "left"]) add(name);
    expect(await change(["a", "b"], ["left"])).toEqual([]);
    expect(done).toEqual(["a: granted", "b: fault", "left: nothing (unload)", "b: granted"]);
  });

  test("give it back if that is not enough: those that were to leave serve again", async () => {
    const { add, change, done } = host({ b: { grants: [FULL, FULL] } });
    for (const name of ["a", "b", "left"]) add(name);
    expect(await change(["a", "b"], ["left"])).toEqual([{ slot: "b", error: FULL }]);
    expect(done.slice(4)).toEqual(["a: old (rollback)", "left: old (rollback)"]);
  });

  test("are not tried again if nobody leaves, or if room is not what is missing", async () => {
    const alone = host({ b: { grants: [FULL] } });
    alone.add("b");
    expect(await alone.change(["b"])).toEqual([{ slot: "b", error: FULL }]);
    expect(alone.done).toEqual(["b: fault"]);

    const broken = host({ b: { grants: [BROKEN] } });
    for (const name of ["b", "left"]) broken.add(name);
    expect(await broken.change(["b"], ["left"])).toEqual([{ slot: "b", error: BROKEN }]);
    expect(broken.done).toEqual(["b: fault"]);
  });

  test("are refused as before if what leaves cannot be unloaded, which throws nothing", async () => {
    const { add, change, slots } = host({ b: { grants: [FULL, FULL] } });
    add("b");
    const stuck = new SyrinxError("journal-unwritable", "disk full");
    add("left", { running: bindingOf("old"), stuck });
    expect(await change(["b"], ["left"])).toEqual([{ slot: "b", error: FULL }]);
    expect([...slots.values()].map(({ running }) => markOf(running))).toEqual(["old", "old"]);
  });
});
