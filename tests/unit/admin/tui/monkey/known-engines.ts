/**
 * Engines of which anything may be known, as their schemas allow it, and what they answer to any request.
 *
 * @module
 */
import fc from "fast-check";
import type { EngineError, Outcome, Request } from "../../../../../admin/client/mod.ts";
import {
  type EngineState,
  nothingKnown,
  RESOURCES,
  type Resource,
  type Resources,
  withAnswer,
  withConnection,
  withEvents,
} from "../../../../../admin/tui/state/mod.ts";
import type { EngineEvent } from "../../../../../schemas/generated/event.ts";
import { valuesOf } from "../../../../support/schema-values.ts";

const URL = "http://127.0.0.1:7851";
const LONG = `en_US-${"a-voice-with-a-very-long-name-".repeat(5)}x`;

/** Names as people give them, and as nobody should. */
const name = fc.constantFrom(
  "slt",
  "duo",
  "piper",
  "语音合成引擎",
  "声音-中文-很长的名字-永远不会结束",
  "tone",
  LONG,
  "🎙️",
  "a b",
);
const slot = fc
  .tuple(fc.constantFrom("voices", "sinks", "sources"), name)
  .map(([kind, own]) => `${kind}.${own}`);
const version = fc.constantFrom("1.0.0", "1.1.0", "2.0.0-rc.1", "10.20.30");
const release = fc.tuple(name, version).map(([own, number]) => `${own}@${number}`);
const text = fc.oneof(
  name,
  fc.constantFrom(
    "",
    "why",
    "它不能被加载，因为没有内存了。",
    "two\nlines\tand a tab",
    "\x1b[31mred\x07",
    `${"word ".repeat(60)}end`,
    "x".repeat(300),
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
/** About now: the clock of an engine may be wrong, but not the year of it. */
const at = fc
  .integer({ min: -90 * 86_400_000, max: 60_000 })
  .map((ms) => new Date(Date.now() + ms).toISOString());
const bytes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 2 ** 20 }),
  fc.integer({ min: 0, max: 2 ** 45 }),
);
const pointer = fc
  .array(fc.oneof(name, fc.constantFrom("settings", "voices", "", "~1", "~0")), { maxLength: 4 })
  .map((keys) => keys.map((key) => `/${key}`).join(""));
const device = fc.constantFrom("host", "cpu", "cuda:0", "cuda:1/mig-0", "auto");
const document = fc.dictionary(
  fc.oneof(fc.constantFrom("voices", "speech", "sources", "log"), text),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 4 },
);

const SPECIAL = {
  slot,
  name,
  plugin: release,
  model: release,
  release,
  id: fc.constantFrom("swap-1", "swap-2", "swap-3", "slt", "duo/rms", "0198-0000-很"),
  swap: fc.constantFrom("swap-1", "swap-2"),
  at,
  until: at,
  startedAt: at,
  endedAt: at,
  pointer,
  path: pointer,
  device,
  document,
  overrides: document,
  desired: fc.record({ plugin: release, model: release, device, settings: document }, { requiredKeys: [] }),
  hostBytes: bytes,
  gpuBytes: bytes,
  rssBytes: bytes,
  reservedBytes: bytes,
  totalBytes: bytes,
  usedBytes: bytes,
  budgetBytes: bytes,
};

const api = (title: string, special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) =>
  valuesOf(`api#/$defs/${title}`, { ...SPECIAL, ...special }, text);
const releases = { version };
const devices = { id: fc.constantFrom("host", "cuda:0", "cuda:1/mig-0") };
const swaps = { swap: valuesOf("swap", SPECIAL, text) };

const ANSWERS: Readonly<Record<Resource, fc.Arbitrary<unknown>>> = {
  status: api("Status"),
  slots: api("SlotList"),
  memory: api("MemoryView", devices),
  plugins: api("PluginList", releases),
  models: api("ModelList", releases),
  voices: api("VoiceList"),
  swaps: api("SwapList"),
  config: api("ConfigView"),
  versions: api("ConfigVersionList", { id: fc.nat(20), before: fc.nat(20) }),
  snapshots: api("SnapshotList"),
};

/** What each request is answered with, by the first that fits it; a plan comes before what it plans. */
const REQUESTS: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[] = [
  [/^GET \/control\/slots\/[^/]+$/, api("SlotView")],
  [/^GET \/control\/slots/, ANSWERS.slots],
  [/^GET \/control\/snapshots/, ANSWERS.snapshots],
  [/^GET \/control\/config\/versions\/\d+\/diff/, api("ConfigDiff")],
  [/^GET \/control\/config\/versions/, ANSWERS.versions],
  [/^POST \/control\/slots\/[^/]+\/swap\?dryRun=true/, api("SwapPlan")],
  [/^POST \/control\/(slots|swaps)\//, valuesOf("swap", SPECIAL, text)],
  [/^POST \/control\/snapshots\/[^/]+\/restore\?dryRun=true/, api("SnapshotRestorePlan")],
  [/^POST \/control\/snapshots\/[^/]+\/restore/, api("SnapshotRestore")],
  [/^POST \/control\/snapshots/, api("SnapshotView")],
  [/dryRun=true/, api("ConfigPlanView")],
  [/^\w+ \/control\/(config|plugins)/, api("ConfigView")],
];

const error: fc.Arbitrary<EngineError> = fc.record({
  code: fc.constantFrom(
    "forbidden",
    "unauthorized",
    "unreachable",
    "config-version-not-found",
    "slot-not-found",
  ),
  message: text,
  details: fc.array(text, { maxLength: 5 }),
});

const connections = fc.oneof(
  fc.constant({ state: "connecting" } as const),
  fc.constant({ state: "connected" } as const),
  fc.record({ state: fc.constant("lost" as const), error, retryMs: fc.nat(10_000) }),
);

const event = valuesOf("event", { ...SPECIAL, ...swaps, id: fc.nat(40) }, text) as fc.Arbitrary<EngineEvent>;

/** News of an engine: answers, problems, events. What was known before stays, or it is another engine. */
export interface News {
  readonly isOther: boolean;
  readonly connection: Parameters<typeof withConnection>[1];
  readonly answers: { readonly [R in Resource]?: Outcome<Resources[R]> };
  readonly events: readonly EngineEvent[];
}

const outcomeOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Outcome<never>> =>
  fc.oneof(
    { weight: 5, arbitrary: value.map((value) => ({ ok: true as const, value: value as never })) },
    { weight: 1, arbitrary: error.map((error) => ({ ok: false as const, error })) },
  );

const news = fc.record({
  isOther: fc.nat(7).map((one) => one === 0),
  connection: connections,
  answers: fc.record(
    Object.fromEntries(RESOURCES.map((resource) => [resource, outcomeOf(ANSWERS[resource])])),
    { requiredKeys: [] },
  ),
  events: fc.array(event, { maxLength: 6 }),
}) as fc.Arbitrary<News>;

export const NOTHING = nothingKnown(URL, Date.now());

/** @returns news of an engine, always the same of a seed */
export function newsOf(seed: number): News {
  return pick(news, seed);
}

/** @returns what is known after news */
export function after(state: EngineState, { isOther, connection, answers, events }: News): EngineState {
  const now = Date.now();
  const first = withConnection(isOther ? NOTHING : state, connection, now);
  const told = RESOURCES.reduce((known, resource) => {
    const outcome = answers[resource];
    return outcome ? withAnswer(known, resource, outcome as Outcome<never>, now) : known;
  }, first);
  return withEvents(told, events);
}

/** @returns what a request may be answered with, always the same of a seed. @throws Error if no engine knows it */
export function outcomeFor({ method, path }: Request<unknown>, seed: number): Outcome<unknown> {
  const value = REQUESTS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
  if (!value) throw new Error(`Nobody knows what is answered to ${method} ${path}`);
  return pick(outcomeOf(value), seed);
}

function pick<T>(values: fc.Arbitrary<T>, seed: number): T {
  return fc.sample(values, { seed, numRuns: 1 })[0] as T;
}
