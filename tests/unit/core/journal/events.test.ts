import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { openDatabase } from "../../../../core/journal/database.ts";
import { EventJournal } from "../../../../core/journal/events.ts";
import { type EventBody, openJournal } from "../../../../core/journal/mod.ts";
import { RowReader } from "../../../../core/journal/row-reader.ts";
import { JournalWriter } from "../../../../core/journal/writer.ts";
import { validator } from "../../../../core/schema.ts";
import type { EngineEvent } from "../../../../schemas/generated/event.ts";
import { temporaryFolder } from "../releases/folder.ts";

const AT = "2026-01-01T00:00:00.000Z";
const ALL = { limit: 1_000_000 };

function slotEvent(slot: string, generation = 1): EventBody {
  return { kind: "slot", slot, state: "ready", generation };
}

const APPLIED: EventBody = { kind: "config", outcome: "applied", version: 3, source: "file" };

function open(keep?: number): EventJournal {
  const database = openDatabase(":memory:");
  return new EventJournal(database, new JournalWriter(database), new RowReader(database), keep);
}

describe("the journal of events", () => {
  test("numbers events from 1 and returns them in the format of the API", () => {
    const events = open();
    events.append(slotEvent("voices.a"), AT);
    events.append(APPLIED, AT);
    const all = events.after(0, ALL);
    expect(all).toEqual([
      { id: 1, at: AT, kind: "slot", slot: "voices.a", state: "ready", generation: 1 },
      { id: 2, at: AT, kind: "config", outcome: "applied", version: 3, source: "file" },
    ]);
    const isEvent = validator<EngineEvent>("syrinx:event");
    expect(all.filter((event) => !isEvent(event))).toEqual([]);
  });

  test("continues the numbers when it is opened again", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    for (const expected of [1, 2, 3]) {
      const journal = openJournal(path);
      journal.events.append(APPLIED, AT);
      expect(journal.events.range).toEqual({ oldest: 1, newest: expected });
      journal.close();
    }
  });

  test("keeps only the newest, and never uses a number twice", () => {
    const events = open(3);
    expect(events.range).toEqual({ oldest: 1, newest: 0 });
    for (let i = 1; i <= 10; i++) events.append(slotEvent("voices.a", i), AT);
    expect(events.after(0, ALL).map(({ id }) => id)).toEqual([8, 9, 10]);
    expect(events.range).toEqual({ oldest: 8, newest: 10 });
  });

  test("returns the events after any id, in pages of any size, each once and in order", () => {
    const slots = fc.constantFrom("voices.a", "voices.b", undefined);
    fc.assert(
      fc.property(
        fc.array(slots, { maxLength: 30 }),
        fc.nat(35),
        fc.integer({ min: 1, max: 7 }),
        slots,
        (told, known, limit, slot) => {
          const events = open();
          for (const one of told) events.append(one === undefined ? APPLIED : slotEvent(one), AT);
          const read: number[] = [];
          for (let after = known; ; after = read.at(-1) ?? after) {
            const page = events.after(after, { limit, ...(slot && { slot }) });
            if (page.length === 0) break;
            read.push(...page.map(({ id }) => id));
          }
          const wanted = told.flatMap((one, index) =>
            index + 1 > known && (slot === undefined || one === slot) ? [index + 1] : [],
          );
          expect(read).toEqual(wanted);
        },
      ),
    );
  });

  test("notifies subscribers once an event can be read, until they unsubscribe", () => {
    const events = open();
    const seen: number[] = [];
    const end = events.subscribe(() => seen.push(events.range.newest));
    events.append(APPLIED, AT);
    events.append(APPLIED, AT);
    end();
    events.append(APPLIED, AT);
    expect(seen).toEqual([1, 2]);
    expect(events.subscribers).toBe(0);
  });

  test("is still written after its subscribers are dismissed: it also records the stop of an engine", () => {
    const events = open();
    let told = 0;
    events.subscribe(() => told++);
    events.dismiss();
    expect([told, events.dismissed]).toEqual([1, true]);
    events.append(APPLIED, AT);
    expect(events.range.newest).toBe(1);
  });
});
