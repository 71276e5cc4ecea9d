import { join } from "node:path";
import { hostBytesOf } from "../../../core/devices/process-memory.ts";
import { type Benchmark, type BenchmarkOptions, interleave, type Row, ratios } from "../benchmark.ts";
import { cacheFolder } from "../cache-folder.ts";
import { treePids, treeSeconds } from "../cpu-time.ts";
import { Child } from "../load/child.ts";
import type { SpeechLoad, TurnResult } from "../load/speech-load.ts";
import {
  installPackages,
  type Packages,
  PIPER_VERSION,
  SERVERS,
  WYOMING_PIPER_VERSION,
} from "../peers/install.ts";
import { type Side, startSides } from "../peers/sides.ts";
import { mediumVoice, type PeerVoice, TINY } from "../peers/voices.ts";
import { percentile, sampleOf, told } from "../statistics.ts";

const PEERS = ["piper-tts", "wyoming-piper"] as const;
const CLIENTS = [1, 8, 32];
/** Turns of each side in a cell that count, and how many are taken at most to find as many undisturbed ones. */
const ROUNDS = 3;
const TRIES = 4;
/** The same where one text for each client already takes longer than a turn should. */
const LONG_ROUNDS = 2;
/** Texts of a side's first turn, with one client. Our side needs about 21 of them to see what threads gain. */
const WARM_UP_TEXTS = 24;
/** Texts of its second turn, which tells how many texts fill a turn. */
const FIRST_TEXTS = 8;

/** What one turn of one side took. */
interface Figures extends TurnResult {
  /** CPU time of the server's process tree, in seconds. */
  cpuSeconds: number;
  /** Memory of that tree after the turn, in MB. */
  memoryMb: number;
}

type Name = "syrinx" | (typeof PEERS)[number];

/** What is alike in the three rows of a cell. */
interface Cell {
  voice: string;
  clients: number;
  figures: Record<Name, Figures[]>;
  note: string;
}

export const peers: Benchmark = {
  name: "peers",
  summary: `speed, first audio and cost against piper-tts ${PIPER_VERSION} and wyoming-piper ${WYOMING_PIPER_VERSION}`,
  async run(options) {
    options.progress("installing piper-tts and wyoming-piper");
    const packages = await installPackages(cacheFolder("piper"), SERVERS);
    if ("skipped" in packages) return [skipped("against Piper's servers", packages.skipped)];
    options.progress("installing a voice of 63 MB");
    const medium = await mediumVoice();
    const rows = await compare(options, packages, TINY);
    if ("skipped" in medium)
      return [...rows, skipped("against Piper's servers, a voice of 63 MB", medium.skipped)];
    return [...rows, ...(await compare(options, packages, medium))];
  },
};

function skipped(row: string, reason: string): Row {
  return { row, measured: `skipped: ${reason}`, goal: "-", ratio: "-", notes: [], figures: {} };
}

async function compare(
  { seconds, progress }: BenchmarkOptions,
  packages: Packages,
  voice: PeerVoice,
): Promise<Row[]> {
  progress(`${voice.name}: starting the servers`);
  await using running = new AsyncDisposableStack();
  const sides = await startSides(packages, voice, running);
  const load = running.use(new Child<SpeechLoad>(join(import.meta.dir, "../load/speech-load.ts")));
  const turn = (name: Name, clients: number, count: number, seed: number) =>
    takeTurn(load, sides[name], { clients, count, seed });
  progress(`${voice.name}: first texts`);
  let seed = 1;
  const first: Figures[] = [];
  for (const name of ["syrinx", ...PEERS] as const) {
    await turn(name, 1, WARM_UP_TEXTS, seed);
    first.push(await turn(name, 2, FIRST_TEXTS, seed + 1));
  }
  const textsPerSecond = percentile(
    first.map((result) => FIRST_TEXTS / result.seconds),
    50,
  );
  const rows: Row[] = [];
  for (const clients of CLIENTS) {
    const wanted = Math.round((textsPerSecond * seconds) / ROUNDS);
    const texts = Math.max(clients, wanted);
    // Of round 0 a part is enough. No text comes again in another cell: our side remembers phonemes.
    const textsOf = (round: number) => (round === 0 ? Math.min(texts, FIRST_TEXTS) : texts);
    const base = seed * 1000;
    seed++;
    const { figures, note } = await interleave<Name, Figures>(
      { progress: (what) => progress(`${voice.name}, ${clients} clients: ${what}`) },
      {
        syrinx: (round) => turn("syrinx", clients, textsOf(round), base + round),
        "piper-tts": (round) => turn("piper-tts", clients, textsOf(round), base + round),
        "wyoming-piper": (round) => turn("wyoming-piper", clients, textsOf(round), base + round),
      },
      ...(texts > wanted ? [LONG_ROUNDS, LONG_ROUNDS] : [ROUNDS, TRIES]),
    );
    const cell = { voice: voice.name, clients, figures, note: `${texts} texts a turn; ${note}` };
    rows.push(...PEERS.flatMap((peer) => rowsOf(cell, peer)));
  }
  return rows;
}

async function takeTurn(
  load: Child<SpeechLoad>,
  { pid, target }: Side,
  texts: { clients: number; count: number; seed: number },
): Promise<Figures> {
  const before = treeSeconds(pid);
  const result = await load.ask("speak", { target, ...texts });
  const cpuSeconds = treeSeconds(pid) - before;
  const bytes = await hostBytesOf(treePids(pid));
  return { ...result, cpuSeconds, memoryMb: (bytes ?? Number.NaN) / 1e6 };
}

function rowsOf({ voice, clients, figures, note }: Cell, peer: (typeof PEERS)[number]): Row[] {
  const [ours, theirs] = [figures.syrinx, figures[peer]];
  const row = `${peer}, ${voice}, ${clients === 1 ? "1 client" : `${clients} clients`}`;
  return [
    { row: `${row}: speed`, ...speed(ours, theirs, clients), notes: [note] },
    { row: `${row}: first audio`, ...firstAudio(ours, theirs), notes: [] },
    { row: `${row}: cost`, ...cost(ours, theirs), notes: [] },
  ];
}

function speed(
  ours: readonly Figures[],
  theirs: readonly Figures[],
  clients: number,
): Omit<Row, "row" | "notes"> {
  const speeds = (side: readonly Figures[]) =>
    side.map(({ audioSeconds, seconds }) => audioSeconds / seconds);
  const [our, their] = [speeds(ours), speeds(theirs)];
  return {
    measured: `${told(sampleOf(our), 1)} s of audio a second; theirs ${told(sampleOf(their), 1)}`,
    goal: clients === 1 ? "≥ 1.0 × theirs" : "≥ 1.1 × theirs",
    ratio: told(sampleOf(ratios(our, their))),
    figures: { ours: our, theirs: their },
  };
}

function firstAudio(ours: readonly Figures[], theirs: readonly Figures[]): Omit<Row, "row" | "notes"> {
  const times = (side: readonly Figures[]) => {
    const all = side.flatMap(({ firstByteMs }) => firstByteMs);
    return [percentile(all, 50), percentile(all, 95)];
  };
  const [our, their] = [times(ours), times(theirs)];
  return {
    measured: `p50, p95: ${listed(our, 0)} ms; theirs ${listed(their, 0)} ms`,
    goal: "< theirs",
    ratio: listed(ratios(our, their), 2),
    figures: { ours: our, theirs: their },
  };
}

function cost(ours: readonly Figures[], theirs: readonly Figures[]): Omit<Row, "row" | "notes"> {
  const costs = (side: readonly Figures[]) => [
    (1000 * sum(side.map(({ cpuSeconds }) => cpuSeconds))) /
      sum(side.map(({ audioSeconds }) => audioSeconds)),
    Math.max(...side.map(({ memoryMb }) => memoryMb)),
  ];
  const [our, their] = [costs(ours), costs(theirs)];
  const named = ([cpu, memory]: number[]) =>
    `${cpu!.toFixed(1)} ms of CPU a second of audio, ${memory!.toFixed(0)} MB`;
  return {
    measured: `${named(our)}; theirs ${named(their)}`,
    goal: "-",
    ratio: listed(ratios(our, their), 2),
    figures: { ours: our, theirs: their },
  };
}

function listed(values: readonly number[], digits: number): string {
  return values.map((value) => value.toFixed(digits)).join(", ");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
