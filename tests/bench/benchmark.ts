import { withOtherLoad } from "./other-load.ts";

/** One line of the table. */
export interface Row {
  row: string;
  measured: string;
  goal: string;
  /** The figure that the goal is about, or that tells machines apart; `-` where there is none. */
  ratio: string;
  /** What else was seen, a line each. */
  notes: readonly string[];
  /** The figures behind it, for `--json`. */
  figures: Readonly<Record<string, unknown>>;
}

export interface BenchmarkOptions {
  /** How long each side of each row is measured, in seconds. */
  seconds: number;
  /** Tells what is being done. */
  progress(what: string): void;
}

/** Measures one thing, or a few that need the same processes. */
export interface Benchmark {
  name: string;
  summary: string;
  run(options: BenchmarkOptions): Promise<Row[]>;
}

/** Turns of each side that count: enough for a median, and a disturbance spoils only one. */
export const ROUNDS = 10;
/** A round in which others kept more cores busy than this, beside one side, says nothing of the ratio. */
const DISTURBED_CORES = 0.2;
/** Fewer rounds than this make no median: then the disturbed ones count as well. */
const MIN_ROUNDS = 5;

export interface Interleaved<Name extends string, Figure = number> {
  /** For each side its figures, one a round that counts. */
  figures: Record<Name, Figure[]>;
  /** The numbers of those rounds. */
  rounds: number[];
  /** How far others disturbed it. */
  note: string;
}

/**
 * Lets the sides take turns (A B A B ...), so that what slows the machine down slows all of them down. A round that
 * others disturbed is taken again, up to {@linkcode ROUNDS} times in all.
 *
 * @param sides each gets the number of the round, and gives its figure; round 0 is for code to be compiled and caches to
 *   be filled, and does not count
 * @param rounds how many are to count
 * @param tries how many are taken at most
 */
export async function interleave<Name extends string, Figure = number>(
  { progress }: Pick<BenchmarkOptions, "progress">,
  sides: Record<Name, (round: number) => Promise<Figure>>,
  rounds = ROUNDS,
  tries = 2 * rounds,
): Promise<Interleaved<Name, Figure>> {
  const names = Object.keys(sides) as Name[];
  type Round = { round: number; figures: Record<Name, Figure> };
  const quiet: Round[] = [];
  const disturbed: Round[] = [];
  for (let round = 0; quiet.length < rounds && round <= tries; round++) {
    const figures = {} as Record<Name, Figure>;
    let mostCores = 0;
    for (const name of names) {
      progress(round === 0 ? `warming up: ${name}` : `round ${quiet.length + 1} of ${rounds}: ${name}`);
      const { result, otherCores } = await withOtherLoad(() => sides[name](round));
      figures[name] = result;
      mostCores = Math.max(mostCores, otherCores);
    }
    if (round > 0) (mostCores > DISTURBED_CORES ? disturbed : quiet).push({ round, figures });
  }
  const counted = quiet.length >= Math.min(rounds, MIN_ROUNDS) ? quiet : [...quiet, ...disturbed];
  return {
    figures: Object.fromEntries(
      names.map((name) => [name, counted.map(({ figures }) => figures[name])]),
    ) as never,
    rounds: counted.map(({ round }) => round),
    note: noteOf(counted.length, disturbed.length, counted !== quiet),
  };
}

function noteOf(counted: number, disturbed: number, included: boolean): string {
  if (disturbed === 0) return `${counted} rounds, none disturbed`;
  const share = `others used more than ${DISTURBED_CORES} cores in ${disturbed}`;
  return included
    ? `${counted} rounds; ${share} of them: do not trust it`
    : `${counted} rounds; ${share} more, which do not count`;
}

/** @returns `a / b`, round by round */
export function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, round) => value / b[round]!);
}
