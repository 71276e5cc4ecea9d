import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openJournal } from "../../core/journal/mod.ts";
import type { Problem, SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";

/** The voice that people listen to, and the one whose crashes fill the journal meanwhile. */
const HEARD = "voices.tone";
const CRASHING = "voices.other";
const CONFIG = {
  ...TONE_ONLY,
  voices: { ...TONE_ONLY.voices, other: { plugin: "tone" } },
  swap: { parkForMs: 0 },
};
/** How long the lock is held, in ms. */
const LOCKED_MS = 8_000;
/** No request may take longer while it is held, in ms. */
const SLOWEST_MS = 500;
/** From one request to the next, in ms: far less than the slowest may take, so that no moment goes unseen. */
const PAUSE_MS = 20;

/** Locks the journal as a backup program or a person with `sqlite3` does. This process is not the engine's. */
class JournalLock implements Disposable {
  readonly #database: Database;

  constructor(engine: EngineProcess, kind: "IMMEDIATE" | "EXCLUSIVE") {
    this.#database = new Database(join(engine.home, "journal.sqlite"));
    this.#database.run(`BEGIN ${kind}`);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/** Makes requests one after the other until `over`. @returns how long the slowest took, in ms */
async function slowest(over: () => boolean, request: () => Promise<Response>): Promise<number> {
  let most = 0;
  while (!over()) {
    const began = performance.now();
    const response = await request();
    await response.bytes();
    most = Math.max(most, performance.now() - began);
    expect(response.status).toBe(200);
    await Bun.sleep(PAUSE_MS);
  }
  return most;
}

/** Kills the other voice each time it serves, until `over`. @returns how often */
async function crash(engine: EngineProcess, over: () => boolean): Promise<number> {
  let [crashes, pid] = [0, 0];
  while (!over() && crashes < 3) {
    const { instances } = await engine.slotUntil(
      CRASHING,
      (slot) => slot.state === "ready" && slot.instances[0]?.pid !== pid,
    );
    pid = instances[0]!.pid;
    process.kill(pid, "SIGKILL");
    crashes++;
  }
  return crashes;
}

for (const kind of ["IMMEDIATE", "EXCLUSIVE"] as const)
  test(`a journal that another process locks (${kind}) slows nothing down, and loses nothing`, async () => {
    await using engine = await EngineProcess.start({ config: CONFIG });
    await using events = await EventReader.open(engine.url, { slot: CRASHING });
    const lock = new JournalLock(engine, kind);
    const until = performance.now() + LOCKED_MS;
    const over = () => performance.now() >= until;
    const speak = () => engine.post("/v1/audio/speech", { input: "It speaks.", response_format: "wav" });
    const ask = () => fetch(`${engine.url}/control/slots`);
    const history = () => fetch(`${engine.url}/control/swaps`);
    const [spoken, asked, read, crashes] = await Promise.all([
      slowest(over, speak),
      slowest(over, ask),
      slowest(over, history),
      crash(engine, over),
    ]);
    lock[Symbol.dispose]();
    expect(Math.max(spoken, asked, read)).toBeLessThan(SLOWEST_MS);
    expect(crashes).toBe(3);
    expect(await engine.logged("the journal cannot be written")).toContain("another process holds its lock");

    await engine.slotUntil(CRASHING, ({ state, restarts }) => state === "ready" && restarts === crashes);
    await engine.logged("the journal is writable again");
    const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=${CRASHING}`);
    expect(swaps.map(({ reason, stage }) => `${reason} ${stage}`)).toEqual([
      ...Array.from({ length: crashes }, () => "recovery done"),
      "start done",
    ]);
    const last = await events.until(
      (event) => event.kind === "swap" && event.swap.endedAt === swaps[0]?.endedAt,
    );
    expect(await engine.stop()).toBe(0);
    const journal = openJournal(join(engine.home, "journal.sqlite"));
    expect(journal.swaps.swaps({ slot: CRASHING, limit: 100 })).toEqual(swaps);
    const written = journal.events.after(0, { limit: 10_000 }).map(({ id }) => id);
    expect(written).toContain(last!.id);
    expect(written).toEqual(Array.from(written, (_, n) => written[0]! + n));
    journal.close();
  });

test("a change that must be written waits for a lock that is soon released, and is refused in words after a while", async () => {
  await using engine = await EngineProcess.start({ config: CONFIG });
  const change = (hertz: number) => engine.post(`/control/slots/${HEARD}/swap`, { settings: { hertz } });
  const short = new JournalLock(engine, "IMMEDIATE");
  const waiting = change(500);
  // The journal is read while the change waits, so the engine has taken the change by then.
  expect((await engine.slot(HEARD)).generation).toBe(1);
  short[Symbol.dispose]();
  expect((await waiting).status).toBe(200);
  expect((await engine.slot(HEARD)).generation).toBe(2);

  using _ = new JournalLock(engine, "IMMEDIATE");
  const refused = await change(600);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("Retry-After")).toBe("5");
  const problem = (await refused.json()) as Problem;
  expect(problem).toMatchObject({ code: "journal-unwritable" });
  expect(problem.detail).toContain("another process holds the lock");
  expect((await engine.slot(HEARD)).generation).toBe(2);
});
