import { AdminScreen } from "../../support/admin-screen.ts";
import { BusyEngine } from "../../support/busy-engine.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { residentMb } from "../../support/resident-memory.ts";
import { type Benchmark, type BenchmarkOptions, interleave, type Row, ratios } from "../benchmark.ts";
import { percentile, sampleOf, told } from "../statistics.ts";

const SLOTS = 200;
const EVENTS_PER_SECOND = 100;
/** Keys of one round, on each pane that is measured. */
const KEYS = 30;
const LARGE = { columns: 200, rows: 60 };
const PANES = ["slots", "memory", "history", "config", "speak", "events"] as const;

export const admin: Benchmark = {
  name: "admin",
  summary:
    "the screen: from a key to its answer under load, bytes on an idle line, from its start to its first frame",
  async run(options) {
    return [await keyToPaint(options), await idleLine(options), await firstFrame(options)];
  },
};

async function keyToPaint(options: BenchmarkOptions): Promise<Row> {
  await using engine = new BusyEngine(SLOTS);
  await using screen = new AdminScreen(engine.url, LARGE);
  await screen.see("voice-000");
  const times: Record<"busy" | "idle", number[][]> = { busy: [], idle: [] };
  const side = (name: "busy" | "idle", rate: number) => async (round: number) => {
    engine.happenEachSecond(rate);
    times[name][round] = [...(await cursorKeys(screen)), ...(await freezeKeys(screen))];
    return percentile(times[name][round], 95);
  };
  const { figures, rounds, note } = await interleave(options, {
    busy: side("busy", EVENTS_PER_SECOND),
    idle: side("idle", 0),
  });
  const all = (name: "busy" | "idle") => rounds.flatMap((round) => times[name][round]!);
  const [busy, idle] = [all("busy"), all("idle")];
  const of = (values: readonly number[]) =>
    [50, 95].map((rank) => percentile(values, rank).toFixed(1)).join(", ");
  return {
    row: `key → paint, ${SLOTS} slots, ${EVENTS_PER_SECOND} events/s, p50, p95`,
    measured: `${of(busy)} ms; nothing happens ${of(idle)} ms`,
    goal: "p95 ≤ 100 ms",
    ratio: `${told(sampleOf(ratios(figures.busy, figures.idle)))} × idle`,
    notes: [
      note,
      `${busy.length} keys a side on a screen of ${LARGE.columns}x${LARGE.rows}: the cursor in the list of slots, and the list of events held and followed; most ${Math.max(...busy).toFixed(0)} ms`,
      `RSS of the screen: ${residentMb(screen.pid).toFixed(0)} MB`,
    ],
    figures: { busy, idle },
  };
}

/** @returns how long each took to be seen, in ms */
async function cursorKeys(screen: AdminScreen): Promise<number[]> {
  screen.press("1", "home");
  const marked = () => screen.lines.findIndex((line) => line.startsWith("▌"));
  await screen.until(() => marked() >= 0, "the cursor");
  const taken: number[] = [];
  while (taken.length < KEYS) {
    const before = marked();
    taken.push(await answered(screen, "j", () => marked() !== before));
  }
  return taken;
}

async function freezeKeys(screen: AdminScreen): Promise<number[]> {
  screen.press("6");
  await screen.see("following");
  const taken: number[] = [];
  while (taken.length < KEYS) {
    const wanted = taken.length % 2 === 0 ? "frozen" : "following";
    taken.push(await answered(screen, " ", (text) => text.includes(` ${wanted}`)));
  }
  return taken;
}

async function answered(screen: AdminScreen, key: string, isSo: (text: string) => boolean): Promise<number> {
  // At any moment between two frames.
  await Bun.sleep(100 * Math.random());
  const start = performance.now();
  screen.press(key);
  await screen.until(isSo, `the answer to ${key}`);
  return performance.now() - start;
}

async function idleLine({ seconds, progress }: BenchmarkOptions): Promise<Row> {
  await using engine = await EngineProcess.start({ config: TONE_ONLY });
  await using screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
  await screen.see("voices.tone");
  const perSecond: number[] = [];
  for (const [index, pane] of PANES.entries()) {
    progress(`bytes on an idle line, ${pane}`);
    screen.press(String(index + 1));
    // What is requested when a pane is opened has come by then.
    await Bun.sleep(1_000);
    const before = screen.bytes;
    await Bun.sleep(1_000 * seconds);
    perSecond.push((screen.bytes - before) / seconds);
  }
  const each = PANES.map((pane, index) => `${pane} ${perSecond[index]!.toFixed(0)}`).join(", ");
  return {
    row: "bytes a second on an idle line",
    measured: `${Math.max(...perSecond).toFixed(0)} bytes/s at most`,
    goal: "≤ 1000 bytes/s",
    ratio: "-",
    notes: [`80x24, an engine of one voice at rest: ${each}`],
    figures: { perSecond },
  };
}

async function firstFrame(options: BenchmarkOptions): Promise<Row> {
  await using engine = await EngineProcess.start({ config: TONE_ONLY });
  const { figures, note } = await interleave(options, {
    screen: async () => {
      const start = performance.now();
      await using screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
      await screen.see("6 Events");
      return performance.now() - start;
    },
    bare: async () => {
      const start = performance.now();
      const child = Bun.spawn([process.execPath, "-e", "console.log(1)"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await child.stdout.getReader().read();
      const taken = performance.now() - start;
      await child.exited;
      return taken;
    },
  });
  return {
    row: "start of syrinx admin to its first frame",
    measured: `${told(sampleOf(figures.screen), 0)} ms; bare Bun ${told(sampleOf(figures.bare), 0)} ms`,
    goal: "≤ 200 ms",
    ratio: `${told(sampleOf(ratios(figures.screen, figures.bare)))} × bare`,
    notes: [note],
    figures,
  };
}
