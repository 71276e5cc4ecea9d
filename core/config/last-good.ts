/**
 * The config that was in force when the engine last ended: what a start comes back to until its sources say better.
 *
 * @module
 */
import type { ConfigProblem, ConfigVersion } from "../../schemas/generated/api.ts";
import { type Layer, validate, validateWhole } from "./layers/mod.ts";
import { type EarlierSources, settleSources } from "./sources/mod.ts";
import { type ApiChanges, OVERRIDES } from "./api-changes.ts";

export interface LastGood extends EarlierSources {
  /** Its version. */
  readonly number: number;
  /** When it was applied, RFC 3339. */
  readonly at: string;
  /** Why the config does not fit this engine; empty: it does. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * @param given names of the sources that are always there, the lowest first; others are those that these name
 * @param apiChanges as they are now: what is pinned was in force whatever the sources said
 */
export function recall(version: ConfigVersion, given: readonly string[], { pinned }: ApiChanges): LastGood {
  const { number, at, document } = version;
  const kept = new Map(
    version.layers.map(({ source, origin, document }): [string, Layer] => [source, { origin, document }]),
  );
  const present = [...kept.keys()].filter((name) => name !== OVERRIDES);
  const layersOf = (names: readonly string[]) =>
    [...names, OVERRIDES].flatMap((name) => kept.get(name) ?? []);
  const sources = settleSources(given, present, layersOf) ?? given;
  const whole = pinned && document && validateWhole({ document, origin: `version ${number}` });
  const { config = null, problems = [] } = whole ?? validate(layersOf(sources));
  if (!config) return { number, at, config, problems, sources: given, layers: new Map() };
  const layers = new Map([...kept].filter(([name]) => name === OVERRIDES || sources.includes(name)));
  return { number, at, config, problems, sources, layers };
}

/** @returns for the log: what an engine runs on whose sources have offered nothing good */
export function describeFallback(active: number, lastGood: LastGood | undefined): string {
  const until = "until a config source offers a good one";
  if (!lastGood) return `config version ${active}: the defaults, ${until}`;
  const { number, at, config, problems } = lastGood;
  if (config) return `config version ${active}: the last good one, of ${at}, ${until}`;
  const reasons = problems.map(({ pointer, message }) => `\n  ${pointer} ${message}`).join("");
  return `config version ${active}: the defaults, ${until}; version ${number}, of ${at}, does not fit this engine:${reasons}`;
}
