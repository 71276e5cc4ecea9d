/**
 * Makes the parts of an engine, each from the parts above it. Only here is a part made with `new`. Nothing is started yet.
 *
 * Two ways lead back. Applying a config follows its sources, and their documents become configs: the set of sources is made
 * first, and gets the store when it is started. And a swap by request becomes a config: the host is told later who keeps it.
 *
 * @module
 */
import { join } from "node:path";
import { ActivityTracker, Listener } from "../api/mod.ts";
import { type Clock, systemClock } from "../clock.ts";
import {
  ChosenBindings,
  ConfigControl,
  ConfigHistory,
  ConfigStore,
  defaultConfig,
  JournaledVersions,
  recallConfig,
  SnapshotRestorer,
  Snapshots,
  SourceSet,
} from "../config/mod.ts";
import { Devices } from "../devices/mod.ts";
import { endLeftovers, type SandboxSupport, sandboxSupport, startInstance } from "../instances/mod.ts";
import { type Journal, openJournal, type Report } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../runner/mod.ts";
import { FIRST_RULES, Host } from "../slots/mod.ts";
import { Speech } from "../speech/mod.ts";
import { ConfigApplier, speechSettings } from "./apply-config.ts";
import type { EngineOptions } from "./engine-options.ts";
import { HostSlots } from "./host-slots.ts";
import { searchPaths } from "./search-paths.ts";
import { SourceSlots } from "./source-slots.ts";
import { FIRST_SOURCE, unrooted } from "./wanted-slots.ts";

/** Until a config is applied, in ms. */
const FIRST_TIMEOUTS = {
  startMs: 10_000,
  loadMs: 10_000,
  healthIntervalMs: 5_000,
  healthMs: 10_000,
  audioMs: 60_000,
  cancelMs: 10_000,
};

export type EngineParts = Awaited<ReturnType<typeof assemble>>;

/**
 * @throws SyrinxError journal-in-use, journal-newer or journal-unwritable; nothing is left open then
 */
export async function makeParts(options: EngineOptions) {
  const clock = systemClock;
  const path = options.forgetful ? ":memory:" : join(options.home, "journal.sqlite");
  const journal = openJournal(path, {
    clock,
    changed: (refusal) => logRefusal(options.log, refusal),
    tell: (damage) => options.log.error(damage),
  });
  try {
    return await assemble(options, clock, journal);
  } catch (error) {
    journal.close();
    throw error;
  }
}

async function assemble(options: EngineOptions, clock: Clock, journal: Journal) {
  const { home, log, configPath } = options;
  const sandbox: SandboxSupport = sandboxSupport();
  const report = reportTo(journal, clock, log);
  const dataDirectory = join(home, "data");
  await endLeftovers(dataDirectory, clock);
  const devices = new Devices({ clock, log, memoryHistory: journal.memoryHistory });
  const versions = new JournaledVersions(journal, clock, log);
  const recalled = recallConfig([FIRST_SOURCE], { versions, apiChanges: journal.apiChanges });

  // The config sources are plugins, too, and some of them may not have come with the engine.
  const known = recalled.lastGood?.config;
  const host = await Host.open({
    clock,
    log,
    runner: { launch: LAUNCH_ENTRY, serve: SERVE_ENTRY },
    sandbox: { support: sandbox, require: false },
    home,
    dataDirectory,
    journal: journal.swaps,
    report,
    paths: searchPaths({
      ...options,
      ...(known && { plugins: known.plugins.paths, models: known.models.paths }),
    }),
    grants: known?.plugins.grants ?? {},
    timeouts: FIRST_TIMEOUTS,
    cores: 1,
    rules: FIRST_RULES,
    maxProcesses: (known ?? defaultConfig()).plugins.maxProcesses,
    devices,
    startInstance,
  });
  const environment = { clock, log, spoolDirectory: join(home, "spool") };
  const speech = new Speech(host, speechSettings(defaultConfig()), environment);
  const activity = new ActivityTracker(clock);
  const listener = new Listener({ activity, log });

  const slots = new HostSlots(host, configPath, options.voicesOnDemand);
  const sourceSlots = new SourceSlots(host, slots);
  const sources = new SourceSet({ runner: sourceSlots, clock, log });
  const applier = new ConfigApplier({
    engine: options,
    host,
    slots,
    devices,
    journal,
    listener,
    speech,
    sources,
    sourceSlots,
  });
  const store = new ConfigStore({ recalled, applier, slots, report });
  const history = new ConfigHistory(journal.configs, journal.rejections);
  const snapshots = new Snapshots({ store, slots: host, journal: journal.snapshots, clock });
  const control = new ConfigControl({ store, history, snapshots, sources, slots, clock });
  const bindings = new ChosenBindings({ store, control });
  host.choices.keepWith({ keep: (choice) => bindings.keep(unrooted(choice, configPath)) });
  const restorer = new SnapshotRestorer({ snapshots, control, slots: host, running: slots });
  return {
    clock,
    log,
    journal,
    report,
    sandbox,
    devices,
    host,
    speech,
    activity,
    listener,
    slots,
    sources,
    applier,
    store,
    history,
    snapshots,
    control,
    restorer,
  };
}

/** Events go to the journal. Changes over the API go to the log, too; documents of sources are logged where they are taken. */
function reportTo(journal: Journal, clock: Clock, log: Logger): Report {
  return (event) => {
    journal.events.append(event, new Date(clock.now()).toISOString());
    if (event.kind === "config" && event.actor !== undefined)
      log.info(`config version ${event.version}: ${event.cause} by ${event.actor}, ${event.outcome}`);
  };
}

function logRefusal(log: Logger, refusal: Error | undefined): void {
  if (refusal) log.error(`the journal cannot be written: ${refusal.message}; new records are kept in memory`);
  else log.info("the journal is writable again, and everything from memory was written");
}
