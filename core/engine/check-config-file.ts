/**
 * Reads and checks a config file without an engine, by the same plugin, checks and plan.
 *
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigPlanView, ConfigProblem } from "../../schemas/generated/api.ts";
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { systemClock } from "../clock.ts";
import {
  defaultConfig,
  type FullConfig,
  type Layer,
  located,
  mergeLayers,
  NOTHING_RUNS,
  planView,
  sourceNames,
  validate,
} from "../config/mod.ts";
import { Devices } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";
import { sandboxSupport, startInstance } from "../instances/mod.ts";
import { openJournal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../runner/mod.ts";
import { FIRST_RULES, Host } from "../slots/mod.ts";
import { searchPaths } from "./search-paths.ts";
import { slotViolations } from "./slot-violations.ts";
import { FIRST_SOURCE } from "./wanted-slots.ts";

const READER = `sources.${FIRST_SOURCE}`;
/** Longest wait for the file's text, in ms. */
const READ_MS = 10_000;
const TIMEOUTS = {
  startMs: READ_MS,
  loadMs: READ_MS,
  healthIntervalMs: READ_MS,
  healthMs: READ_MS,
  audioMs: READ_MS,
  cancelMs: READ_MS,
};

export interface OfflineOptions {
  /** Absolute path of the config file. */
  path: string;
  /** Where plugins and models are looked for, beside those that ship. Nothing is written there. */
  home: string;
  log: Logger;
}

export interface CheckedConfig {
  /** Every problem, each with its position; empty: it is a good config. */
  problems: ConfigProblem[];
  /**
   * Other sources that it names, the lowest first. An engine would lay their documents over the file. They are not known here,
   * and could solve a problem or bring others.
   */
  unasked: string[];
  /** From the built-in defaults, which are version 0; absent: there are problems. */
  plan?: ConfigPlanView;
}

/** @throws SyrinxError plugin-start-failed, plugin-timeout, sandbox-unavailable, or another reason why nothing could be read */
export function readConfigFile(options: OfflineOptions): Promise<SourceItem> {
  return withHost(options, (host) => firstItem(host, options.path));
}

/**
 * Checks a config file as an engine without other sources would. That includes its slots: releases need to be there and granted
 * what they ask for, and settings need to fit. No voice is loaded.
 *
 * @throws as {@linkcode readConfigFile}
 */
export function checkConfigFile(options: OfflineOptions): Promise<CheckedConfig> {
  return withHost(options, async (host) => {
    const item = await firstItem(host, options.path);
    if ("problem" in item) {
      const { problem: message, origin, line, column } = item;
      return { problems: [{ pointer: "", message, origin, line, column }], unasked: [] };
    }
    const [, ...unasked] = sourceNames(mergeLayers([item.document]), [FIRST_SOURCE]);
    const candidate = validate([item]);
    const looked = candidate.config ?? candidate.rest;
    const broken = looked ? await slotProblems(host, options, looked, item) : [];
    const problems = [...(candidate.problems ?? []), ...broken];
    if (problems.length > 0) return { problems, unasked };
    return { problems, unasked, plan: await planView(0, defaultConfig(), candidate, NOTHING_KNOWN) };
  });
}

/** No slot runs here, so there is no memory to look at. */
const NOTHING_KNOWN = {
  ...NOTHING_RUNS,
  previewSlot: () => Promise.resolve({}),
  endedBy: () => Promise.resolve([]),
};

async function firstItem(host: Host, path: string): Promise<SourceItem> {
  await host.fill(READER, "config-source", { plugin: "file", settings: { path } }, "start");
  const lease = await host.slot(READER).acquire(READ_MS);
  try {
    const source = await lease.instance();
    for await (const item of source.watch(AbortSignal.timeout(READ_MS))) return item;
    throw new SyrinxError("plugin-timeout", `Cannot read ${path}: there was no result within ${READ_MS} ms`);
  } finally {
    lease.release();
  }
}

async function slotProblems(
  host: Host,
  { home, path }: OfflineOptions,
  config: FullConfig,
  layer: Layer,
): Promise<ConfigProblem[]> {
  const { plugins, models } = config;
  await host.rescan(searchPaths({ home, plugins: plugins.paths, models: models.paths }));
  host.configure({
    grants: plugins.grants,
    requireSandbox: false,
    maxProcesses: plugins.maxProcesses,
    timeouts: TIMEOUTS,
    rules: FIRST_RULES,
    cores: 1,
  });
  return slotViolations(host, config, path).map((violation) => located(violation, [layer]));
}

async function withHost<T>({ home, log }: OfflineOptions, use: (host: Host) => Promise<T>): Promise<T> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "syrinx-config-"));
  const journal = openJournal(":memory:");
  try {
    const host = await Host.open({
      clock: systemClock,
      log,
      runner: { launch: LAUNCH_ENTRY, serve: SERVE_ENTRY },
      sandbox: { support: sandboxSupport(), require: false },
      home,
      dataDirectory,
      journal: journal.swaps,
      report: () => {},
      paths: searchPaths({ home }),
      grants: {},
      timeouts: TIMEOUTS,
      cores: 1,
      rules: FIRST_RULES,
      maxProcesses: defaultConfig().plugins.maxProcesses,
      devices: new Devices({ clock: systemClock, log, memoryHistory: journal.memoryHistory }),
      startInstance,
    });
    try {
      return await use(host);
    } finally {
      await host.close();
    }
  } finally {
    journal.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
