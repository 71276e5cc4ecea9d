import { expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import type { SlotList, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { childrenOf, ended } from "../support/processes.ts";

/** The long form: SYRINX_KILLS=50 bun test tests/chaos/apply-killed.test.ts. A failure names its seed. */
const KILLS = Number(process.env.SYRINX_KILLS ?? 8);
const SEED = Number(process.env.SYRINX_KILLS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const LONG_MS = 60_000 + KILLS * 15_000;
/** An apply of this config takes about half of it, in ms. */
const LATEST_KILL_MS = 600;

const tone = (hertz: number) => ({ plugin: "tone", settings: { hertz } });

/** Each has three voices, of one pitch, and one of them a name of its own. */
function versionOf(hertz: number) {
  return {
    ...TONE_ONLY,
    voices: { ...TONE_ONLY.voices, tone: tone(hertz), a: tone(hertz), [`only-${hertz}`]: tone(hertz) },
  };
}

/** @returns the pitch of the version that runs whole; what is there, if it is none */
async function wholeVersion(engine: EngineProcess): Promise<unknown> {
  const { slots } = await engine.get<SlotList>("/control/slots");
  const voices = slots.filter(({ kind }) => kind === "voice");
  const found = voices.map(({ slot, state, running }) => {
    const { hertz } = (running?.settings ?? {}) as { hertz?: number };
    return `${slot} ${state} ${hertz}`;
  });
  const hertz = ((voices[0]?.running?.settings ?? {}) as { hertz?: number }).hertz;
  const whole = ["tone", "a", `only-${hertz}`].map((name) => `voices.${name} ready ${hertz}`);
  return Bun.deepEquals(found.sort(), whole.sort()) ? hertz : found;
}

test(
  `a core that is killed at ${KILLS} moments of an apply runs a whole version when it comes back, the old or the new (seed ${SEED})`,
  async () => {
    let [old, next] = [300, 500];
    await using engines = new AsyncDisposableStack();
    let engine = engines.use(await EngineProcess.start({ config: versionOf(old) }));
    const { folder } = engine;
    const moments = fc.record({
      ms: fc.integer({ min: 0, max: LATEST_KILL_MS }),
      // With a broken file the journal alone knows what ran.
      breaks: fc.boolean(),
    });
    for (const { ms, breaks } of fc.sample(moments, { seed: SEED, numRuns: KILLS })) {
      const told = `killed after ${ms} ms${breaks ? ", and the file is broken" : ""}`;
      const { config: before } = await engine.get<Status>("/control/status");
      await engine.saveUnasked(versionOf(next));
      // The moment is what is tried.
      await Bun.sleep(ms);
      const children = childrenOf(engine.pid);
      engine.kill("SIGKILL");
      await engine.exited;
      await ended(children);
      if (breaks) await writeFile(engine.configFile, "{");
      engine = engines.use(await EngineProcess.start({ folder }));
      const runs = await wholeVersion(engine);
      expect([told, [old, next].includes(runs as number) ? "whole" : runs]).toEqual([told, "whole"]);
      const { config } = await engine.get<Status>("/control/status");
      const isNew = runs === next;
      expect([told, config.version]).toEqual([told, before.version + (isNew ? 1 : 0)]);
      expect([told, config.sources[0]!.state]).toEqual([told, breaks ? "rejected" : "accepted"]);
      if (!breaks) expect([told, runs]).toEqual([told, next]);
      if (isNew) [old, next] = [next, next + 100];
    }
  },
  LONG_MS,
);
