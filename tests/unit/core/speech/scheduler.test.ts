import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Scheduler, type Turn } from "../../../../core/speech/scheduler.ts";

const never = new AbortController().signal;

/** Who requested a turn, in the order in which they got it. */
class Queue {
  readonly got: string[] = [];
  readonly turns: Turn[] = [];
  readonly #scheduler: Scheduler;

  constructor(capacity: number) {
    this.#scheduler = new Scheduler(capacity);
  }

  ask(name: string, first: boolean, signal = never): Promise<void> {
    return this.#had(name, this.#scheduler.take(first ? "first" : "next", signal));
  }

  askAhead(name: string, due: Promise<void>, signal = never): Promise<void> {
    return this.#had(name, this.#scheduler.take("ahead", signal, due));
  }

  async #had(name: string, turn: Promise<Turn>): Promise<void> {
    this.turns.push(await turn);
    this.got.push(name);
  }

  /** Gives the oldest turn back, and lets whoever is next have it. */
  async next(): Promise<void> {
    await settle();
    this.turns.shift()?.();
    await settle();
  }
}

/** Lets promises that are resolved already run what waits for them. */
async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await Promise.resolve();
}

describe("turns at a voice", () => {
  test("are given at once up to the capacity, and then one for each that is given back", async () => {
    const queue = new Queue(2);
    for (const name of ["a", "b", "c", "d"]) void queue.ask(name, false);
    await settle();
    expect(queue.got).toEqual(["a", "b"]);
    await queue.next();
    expect(queue.got).toEqual(["a", "b", "c"]);
    await queue.next();
    expect(queue.got).toEqual(["a", "b", "c", "d"]);
  });

  test("go to a segment ahead only if nobody else waits, and keep one place free", async () => {
    const queue = new Queue(3);
    const never = new Promise<void>(() => {});
    for (const name of ["ahead 1", "ahead 2", "ahead 3"]) void queue.askAhead(name, never);
    await settle();
    expect(queue.got).toEqual(["ahead 1", "ahead 2"]);
    void queue.ask("first 1", true);
    void queue.ask("first 2", true);
    await settle();
    expect(queue.got.slice(2)).toEqual(["first 1"]);
    await queue.next();
    expect(queue.got.slice(3)).toEqual(["first 2"]);
    await queue.next();
    await queue.next();
    expect(queue.got.slice(4)).toEqual(["ahead 3"]);
  });

  test("go to a segment ahead as to the others from when on it is due, unless its utterance has left", async () => {
    const queue = new Queue(1);
    const [due, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const leaving = new AbortController();
    void queue.askAhead("ahead", due.promise);
    const left = queue.askAhead("left", late.promise, leaving.signal);
    await settle();
    expect(queue.got).toEqual([]);
    due.resolve();
    await settle();
    expect(queue.got).toEqual(["ahead"]);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: "cancelled" });
    late.resolve();
    await queue.next();
    expect(queue.got).toEqual(["ahead"]);
  });

  test("go to first segments before later ones; within each kind, first come, first served", async () => {
    const queue = new Queue(1);
    void queue.ask("busy", true);
    void queue.ask("later 1", false);
    void queue.ask("first 1", true);
    void queue.ask("later 2", false);
    void queue.ask("first 2", true);
    for (let i = 0; i < 5; i++) await queue.next();
    expect(queue.got).toEqual(["busy", "first 1", "first 2", "later 1", "later 2"]);
  });

  test("go to a waiting later segment after four first ones, however many first ones wait", async () => {
    const queue = new Queue(1);
    void queue.ask("busy", true);
    for (const name of ["later 1", "later 2"]) void queue.ask(name, false);
    for (let i = 1; i <= 12; i++) void queue.ask(`first ${i}`, true);
    for (let i = 0; i < 12; i++) await queue.next();
    expect(queue.got.map((name) => name[0]).join("")).toBe("bfffflfffflff");
  });

  test("count first segments only while a later one waits", async () => {
    const queue = new Queue(1);
    void queue.ask("busy", true);
    for (let i = 1; i <= 9; i++) void queue.ask(`first ${i}`, true);
    for (let i = 0; i < 6; i++) await queue.next();
    void queue.ask("later", false);
    for (let i = 0; i < 4; i++) await queue.next();
    expect(queue.got.slice(-4)).toEqual(["first 7", "first 8", "first 9", "later"]);
  });

  test("can be given back once; more calls do nothing", async () => {
    const queue = new Queue(1);
    for (const name of ["a", "b", "c"]) void queue.ask(name, false);
    await settle();
    const [turn] = queue.turns;
    turn?.();
    turn?.();
    await settle();
    expect(queue.got).toEqual(["a", "b"]);
  });

  test("do not go to a cancelled request, and the order of the others stays", async () => {
    const queue = new Queue(1);
    const leaving = new AbortController();
    void queue.ask("busy", false);
    const left = queue.ask("left", false, leaving.signal);
    void queue.ask("stayed", false);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: "cancelled" });
    await expect(queue.ask("late", false, leaving.signal)).rejects.toMatchObject({ code: "cancelled" });
    await queue.next();
    expect(queue.got).toEqual(["busy", "stayed"]);
  });

  test("stay with their holder, even if its signal aborts later", async () => {
    const queue = new Queue(1);
    const leaving = new AbortController();
    await queue.ask("a", false, leaving.signal);
    leaving.abort();
    void queue.ask("b", false);
    await settle();
    expect(queue.got).toEqual(["a"]);
    await queue.next();
    expect(queue.got).toEqual(["a", "b"]);
  });

  test("all come in the end, never more at once than the capacity, in any order of requests and cancels", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ ask: fc.boolean() }),
        fc.record({ leave: fc.nat() }),
        fc.constant("give back" as const),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), steps, async (capacity, script) => {
        const queue = new Queue(capacity);
        const asked: AbortController[] = [];
        const outcomes: Promise<string>[] = [];
        for (const step of script) {
          if (step === "give back") await queue.next();
          else if ("leave" in step) asked[step.leave % asked.length]?.abort();
          else {
            const leaving = new AbortController();
            asked.push(leaving);
            outcomes.push(
              queue.ask(String(asked.length), step.ask, leaving.signal).then(
                () => "had",
                () => "left",
              ),
            );
          }
          await settle();
          expect(queue.turns.length).toBeLessThanOrEqual(capacity);
        }
        while (queue.turns.length > 0) await queue.next();
        const had = (await Promise.all(outcomes)).filter((outcome) => outcome === "had");
        expect(queue.got).toHaveLength(had.length);
      }),
    );
  });
});
