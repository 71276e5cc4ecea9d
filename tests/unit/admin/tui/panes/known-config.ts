/**
 * A config as an engine tells of it: what is active, its versions, its sources.
 *
 * @module
 */
import type { EngineState } from "../../../../../admin/tui/state/mod.ts";
import type { ConfigVersionList, ConfigView, Status } from "../../../../../schemas/generated/api.ts";
import { ago, engineKnowing } from "./known-engine.ts";

/** A minute ago. */
export const AT = ago(60_000);

/** The file says a voice and takes one away; its hertz was set over the API. */
export const CONFIG: ConfigView = {
  version: 7,
  document: {
    speech: { defaultVoice: "tone", maxCharacters: 100_000 },
    voices: { tone: { plugin: "tone", settings: { hertz: 300 } } },
    log: { level: "info" },
  },
  layers: [
    {
      source: "file",
      origin: "/etc/syrinx.jsonc",
      document: {
        speech: { defaultVoice: "tone" },
        voices: { slt: null, tone: { plugin: "tone", settings: { hertz: 440 } } },
      },
    },
    {
      source: "overrides",
      origin: "the API",
      document: { voices: { tone: { settings: { hertz: 300 } } } },
    },
  ],
  overrides: { voices: { tone: { settings: { hertz: 300 } } } },
};

export const VERSIONS: ConfigVersionList = {
  versions: [
    {
      number: 7,
      at: AT,
      cause: "patch",
      actor: "anna",
      outcome: "applied",
      patch: [{ op: "replace", path: "/voices/tone/settings/hertz", value: 300 }],
    },
    { number: 6, at: ago(60 * 60_000), cause: "start", source: "file", outcome: "applied" },
  ],
  rejections: [
    {
      id: 3,
      at: ago(30 * 60_000),
      base: 6,
      cause: "source",
      source: "file",
      outcome: "rejected",
      problems: [{ pointer: "/log/level", message: "must be one of debug, info" }],
    },
  ],
};

type Source = Status["config"]["sources"][number];
export const FILE: Source = { name: "file", state: "accepted", origin: "/etc/syrinx.jsonc", problems: [] };

export interface KnownConfig {
  config?: ConfigView;
  versions?: ConfigVersionList;
  sources?: readonly Source[];
  /** Why the config could not be read. */
  problem?: { code: string; message: string };
}

/** @returns an engine with a config; what is not said is as above */
export function engineWithConfig({
  config = CONFIG,
  versions = VERSIONS,
  sources = [FILE],
  problem,
}: KnownConfig = {}): EngineState {
  const status = { config: { version: config.version, sources } } as unknown as Status;
  return problem
    ? engineKnowing({ status }, { problems: { config: { ...problem, details: [] } } })
    : engineKnowing({ status, config, versions });
}
