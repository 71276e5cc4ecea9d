/**
 * What is known of the config from before this start: the last good config, to which a start returns until its sources send a
 * better one, and the API changes. Until its first good document, a source has the document of that time. So an engine whose
 * sources send nothing good serves what it served before, in the same version.
 *
 * @module
 */
import type { ConfigProblem, ConfigVersion } from "../../schemas/generated/api.ts";
import { type ApiChanges, type ApiChangesJournal, OVERRIDES, StoredApiChanges } from "./api-changes.ts";
import { type Layer, validate, validateWhole } from "./layers/mod.ts";
import { type EarlierSources, settleSources } from "./sources/mod.ts";
import type { VersionJournal } from "./version-journal.ts";

export interface LastGood extends EarlierSources {
  /** Its version. */
  readonly number: number;
  /** When it was applied, RFC 3339. */
  readonly at: string;
  /** Why the config does not fit this engine; empty: it does. */
  readonly problems: readonly ConfigProblem[];
}

/** The config as the last engine left it. */
export interface RecalledConfig {
  /** Names of the sources that are always there, the lowest first. The config may name others. */
  readonly given: readonly string[];
  /** undefined: no config was kept before this start. */
  readonly lastGood: LastGood | undefined;
  readonly apiChanges: StoredApiChanges;
  /** Where new versions are kept; undefined: nowhere. */
  readonly versions: VersionJournal | undefined;
}

/**
 * Reads what was kept of the config.
 *
 * @param given names of the sources that are always there, the lowest first
 */
export function recallConfig(
  given: readonly string[],
  { versions, apiChanges }: { versions?: VersionJournal; apiChanges?: ApiChangesJournal },
): RecalledConfig {
  const stored = new StoredApiChanges(apiChanges);
  const newest = versions?.newest();
  const lastGood = newest && lastGoodOf(newest, given, stored.now);
  return { given, lastGood, apiChanges: stored, versions };
}

/** While it is pinned, the document of the version is the config. Else, its layers make the config again. */
function lastGoodOf(version: ConfigVersion, given: readonly string[], { pinned }: ApiChanges): LastGood {
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

/** @returns for the log: which config an engine runs on whose sources sent no good one */
export function describeFallback(active: number, lastGood: LastGood | undefined): string {
  const until = "until a config source offers a good one";
  if (!lastGood) return `config version ${active}: the defaults, ${until}`;
  const { number, at, config, problems } = lastGood;
  if (config) return `config version ${active}: the last good one, of ${at}, ${until}`;
  const reasons = problems.map(({ pointer, message }) => `\n  ${pointer} ${message}`).join("");
  return `config version ${active}: the defaults, ${until}; version ${number}, of ${at}, does not fit this engine:${reasons}`;
}
