/**
 * The config that was in force when the engine last ended: what a start comes back to until its sources say better.
 *
 * @module
 */
import type { ConfigProblem, ConfigVersion } from "../../schemas/generated/api.ts";
import type { FullConfig } from "./full-config.ts";
import type { Layer } from "./locate.ts";
import { OVERRIDES } from "./overrides.ts";
import type { Steering } from "./steering.ts";
import { validate, validateWhole } from "./validate.ts";

export interface LastGood {
  /** Its version. */
  readonly number: number;
  /** When it was applied, RFC 3339. */
  readonly at: string;
  /** null: it is no valid config for this release of the engine, and none of it is used. */
  readonly config: FullConfig | null;
  readonly problems: readonly ConfigProblem[];
  /** By the name of the source. */
  readonly layers: ReadonlyMap<string, Layer>;
}

/**
 * @param sources that there are now, the lowest first; what others have said is left out
 * @param steering that there is now: what is pinned was in force whatever the sources said
 */
export function recall(version: ConfigVersion, sources: readonly string[], { pinned }: Steering): LastGood {
  const { number, at, document } = version;
  const layers = new Map<string, Layer>();
  for (const source of [...sources, OVERRIDES]) {
    const kept = version.layers.find((layer) => layer.source === source);
    if (kept) layers.set(source, { origin: kept.origin, document: kept.document });
  }
  const whole = pinned && document && validateWhole({ document, origin: `version ${number}` });
  const { config = null, problems = [] } = whole ?? validate([...layers.values()]);
  return { number, at, config, problems, layers: config ? layers : new Map() };
}

/** @returns for the log: what an engine runs on whose sources have offered nothing good */
export function describeFallback(inForce: number, lastGood: LastGood | undefined): string {
  const until = "until a config source offers a good one";
  if (!lastGood) return `config version ${inForce}: the defaults, ${until}`;
  const { number, at, config, problems } = lastGood;
  if (config) return `config version ${inForce}: the last good one, of ${at}, ${until}`;
  const reasons = problems.map(({ pointer, message }) => `\n  ${pointer} ${message}`).join("");
  return `config version ${inForce}: the defaults, ${until}; version ${number}, of ${at}, does not fit this engine:${reasons}`;
}
