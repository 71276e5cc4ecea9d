import { expect, test } from "bun:test";
import fc from "fast-check";
import type { SlotList, Status } from "../../schemas/generated/api.ts";
import type { ConfigEvent, EngineEvent } from "../../schemas/generated/event.ts";
import { apply, type Edit, edit } from "../support/config-edits.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { childrenOf } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { inTime, until } from "../support/until.ts";

/** The long form: SYRINX_CONFIG_EDITS=500 bun test tests/chaos/config-fuzz.test.ts. A failure names its seed. */
const EDITS = Number(process.env.SYRINX_CONFIG_EDITS ?? 60);
const SEED = Number(process.env.SYRINX_CONFIG_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Shorter than the file source waits before it looks of itself (30 s): an edit that only that finds was missed. In ms. */
const MAX_MS = 25_000;
const LONG_MS = 60_000 + EDITS * 5_000;

const CAGED = `import { voice } from "syrinx/sdk";
export default voice({ load() { throw new Error("I do not like this cage"); } });`;

/** What the newest version that was taken has every voice set to. */
type Tones = Record<string, object>;

const isConfig = (event: EngineEvent): event is ConfigEvent => event.kind === "config";

/** What the engine says of an edit in the end, which no other edit makes it say. */
function verdictOf(
  { content }: Edit,
  mark: number,
  version: number,
): (event: EngineEvent) => event is ConfigEvent {
  return (event): event is ConfigEvent => {
    if (!isConfig(event)) return false;
    if (content.kind === "good") return event.outcome === "applied" && event.version > version;
    const said = JSON.stringify(event.problems ?? []);
    if (content.kind === "removed") return said.includes("is missing; the last good document stays");
    if (content.kind === "emptied") return said.includes("is empty");
    return event.outcome === "rejected" && (content.kind === "torn" || said.includes(`wrong-${mark}`));
  };
}

async function running(engine: EngineProcess): Promise<Tones> {
  const { slots } = await engine.get<SlotList>("/control/slots");
  const voices = slots.filter(({ kind }) => kind === "voice");
  return Object.fromEntries(
    voices.map(({ slot, state, running: binding }) => {
      const { level: _, ...settings } = (binding?.settings ?? {}) as Record<string, unknown>;
      return [slot.slice("voices.".length), state === "ready" ? settings : { state }];
    }),
  );
}

test(
  `${EDITS} edits of the config, whole and broken, in every way that a file changes: the newest accepted one is active (seed ${SEED})`,
  async () => {
    await using engine = await EngineProcess.start({
      config: TONE_ONLY,
      prepare: async (home) => {
        await addPlugin(home, { name: "caged", version: "1.0.0" }, CAGED);
      },
    });
    await using events = await EventReader.open(engine.url);
    let accepted = await running(engine);
    let version = 1;
    let before: string | undefined;
    const seen = new Map<string, number>();

    for (const [mark, one] of fc.sample(edit, { seed: SEED, numRuns: EDITS }).entries()) {
      const { kind } = one.content;
      const told = `edit ${mark} of seed ${SEED}: ${JSON.stringify(one)}`;
      // What is gone or empty twice in a row is told once; what is torn twice says the same of another column at most.
      if (kind === before && ["removed", "emptied", "torn"].includes(kind)) continue;
      // A file that is emptied after it was removed, and the other way round, is no document for one reason more.
      before = kind;
      await apply(one, engine.configFile, mark);
      const verdict = (await inTime(
        `something is heard of ${told}`,
        events.until(verdictOf(one, mark, version)),
        MAX_MS,
      ))!;
      expect(`${told} → ${verdict.outcome}`).toBe(`${told} → ${kind === "good" ? "applied" : "rejected"}`);
      if (one.content.kind === "good") {
        accepted = one.content.tones;
        version = verdict.version;
      } else expect(verdict.problems!.length).toBeGreaterThan(0);

      expect([told, await running(engine)]).toEqual([told, accepted]);
      const { config } = await engine.get<Status>("/control/status");
      expect([told, config.version, config.sources[0]!.state]).toEqual([
        told,
        version,
        kind === "good" ? "accepted" : "rejected",
      ]);
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }

    // Nothing that was tried on the way is left: the config source, and one process a voice.
    const voices = Object.keys(accepted).length;
    await until("a config source and one process a voice run", () => childrenOf(engine.pid), {
      is: ({ length }) => length <= voices + 1,
    });
    expect(childrenOf(engine.pid)).toHaveLength(voices + 1);
    expect(seen.get("good")).toBeGreaterThan(EDITS / 4);
  },
  LONG_MS,
);
