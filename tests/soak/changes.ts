/**
 * What a soak swaps, and how.
 *
 * @module
 */

/** Without noise a binding gives the same bytes for the same text, so bytes tell whether another one had a part in it. */
export const STILL = { noiseScale: 0, noiseW: 0 };

/** The binding that a soak begins with. */
export const FIRST = { plugin: "piper@1.0.0", model: "en_US-slt-tiny@1.0.0", settings: STILL };

/** One after the other, again and again. Each leaves what it does not name; the last one leads back to the first binding. */
export const CHANGES: readonly object[] = [
  { model: "en_US-slt-tiny@1.1.0" },
  { plugin: "piper@1.1.0" },
  { settings: { ...STILL, lengthScale: 0.9 } },
  { model: "en_US-slt-tiny@1.0.0" },
  { plugin: "piper@1.0.0" },
  { settings: STILL },
];

/** Every way to swap that a soak can ask for: its name, and what goes into the request for it. */
export const STRATEGIES: Readonly<Record<string, object>> = {
  auto: {},
  "blue-green": { strategy: "blue-green" },
  recreate: { strategy: "recreate" },
  canary: {
    strategy: "canary",
    canary: { percent: 25, minRequests: 10, maxErrorRate: 0, windowMs: 1_000 },
  },
};
