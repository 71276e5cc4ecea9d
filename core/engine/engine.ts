/**
 * Puts the parts together, starts them in order and stops them in reverse. Only here is a part made with `new`.
 *
 * @module
 */
import { join } from "node:path";
import packageJson from "../../package.json";
import {
  configRoutes,
  configVersionRoutes,
  createApp,
  eventRoutes,
  isLoopbackHost,
  Listener,
  grantRoutes,
  memoryRoutes,
  type Operation,
  releaseRoutes,
  slotActionRoutes,
  slotRoutes,
  snapshotRoutes,
  statusRoutes,
  swapRoutes,
  ActivityTracker,
} from "../api/mod.ts";
import { speechRoutes, voiceRoutes } from "../doors/mod.ts";
import { searchPaths } from "./search-paths.ts";
import { systemClock } from "../clock.ts";
import {
  ConfigControl,
  ConfigHistory,
  ConfigStore,
  describeFallback,
  type FullConfig,
  planChange,
  Snapshots,
  SourceSet,
} from "../config/mod.ts";
import { ConfigApplier } from "./apply-config.ts";
import { Devices } from "../devices/mod.ts";
import { FIRST_RULES, Host } from "../slots/mod.ts";
import { sandboxSupport } from "../instances/mod.ts";
import { type EventBody, type Journal, openJournal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../runner/mod.ts";
import { FIRST_SOURCE, rooted, wantedOf } from "./wanted-slots.ts";
import { followSource } from "./follow-source.ts";
import { Speech, type SpeechSettings } from "../speech/mod.ts";

export interface EngineOptions {
  /** Absolute path of the config file, which need not exist. */
  configPath: string;
  /** Absolute path of the folder that holds everything the engine writes. */
  home: string;
  /** Go before `server.host` and `server.port` of the config. */
  host?: string;
  port?: number;
  /** Told of the address when the config has moved it, e.g. `http://127.0.0.1:7852`. */
  moved?: (url: string) => Promise<void>;
  /** Folders of plugins under development, which are granted what they ask for. */
  developing?: readonly string[];
  /** Serve one command: the journal is forgotten, and the log keeps its level. */
  forgetful?: boolean;
  log: Logger;
}

export class Engine {
  readonly config: ConfigStore;
  readonly #clock = systemClock;
  readonly #startedAt = systemClock.monotonic();
  readonly #journal: Journal;
  readonly #history: ConfigHistory;
  readonly #control: ConfigControl;
  readonly #snapshots: Snapshots;
  readonly #sources: SourceSet;
  readonly #devices: Devices;
  #host!: Host;
  #applier!: ConfigApplier;
  #speech!: Speech;
  readonly #activity = new ActivityTracker(systemClock);
  readonly #listener: Listener;
  /** Made once, as an app is made anew for each address. */
  #operations: readonly Operation[] = [];
  #stopped: Promise<void> | undefined;

  private constructor(private readonly options: EngineOptions) {
    this.#journal = openJournal(options.forgetful ? ":memory:" : join(options.home, "journal.sqlite"), {
      clock: this.#clock,
      changed: (refusal) =>
        refusal
          ? options.log.error(`the journal cannot be written: ${refusal.message}; it is kept in memory`)
          : options.log.info("the journal is written again, with what was kept in memory"),
    });
    const { memoryHistory } = this.#journal;
    this.#devices = new Devices({ clock: this.#clock, log: options.log, memoryHistory });
    this.config = new ConfigStore({
      sources: [FIRST_SOURCE],
      apply: (plan, config) => this.#applier.apply(plan, config),
      inspect: (config) => this.#applier.clearSecrets(config),
      report: (event) => this.#report(event),
      takesLive: (slot, setting) => this.#host.takesLive(slot, setting),
      versions: {
        newest: () => this.#journal.configs.newest(),
        write: (version) => this.#note(() => this.#journal.configs.write({ ...version, at: this.#now() })),
        reject: (rejection) =>
          this.#note(() => this.#journal.rejections.write({ ...rejection, at: this.#now() })),
      },
      apiChanges: this.#journal.apiChanges,
    });
    this.#history = new ConfigHistory(this.#journal.configs, this.#journal.rejections);
    this.#control = new ConfigControl({
      store: this.config,
      history: this.#history,
      clock: this.#clock,
      reread: () => this.#sources.reread(),
      previewSlot: (change) => {
        const whole = change.kind === "config-source" ? rooted(change, options.configPath) : change;
        return this.#host.previewSlot(change.slot, change.kind, wantedOf(whole));
      },
      takesLive: (slot, setting) => this.#host.takesLive(slot, setting),
      beforeRollback: (actor) => this.#snapshots.take("rollback", { actor }),
    });
    this.#snapshots = new Snapshots({
      control: this.#control,
      journal: this.#journal.snapshots,
      clock: this.#clock,
      look: () => this.#host.record(),
      planRestore: (slots, then) => this.#host.planRestore(slots, then),
      restoreSlots: (slots) => this.#host.restoreSlots(slots),
    });
    this.#listener = new Listener({
      appAt: (host) => this.#app(host),
      activity: this.#activity,
      log: options.log,
    });
    this.#sources = new SourceSet({
      store: this.config,
      clock: this.#clock,
      log: options.log,
      fill: (name, wanted) => this.#applier.fillSource(name, wanted),
      remove: (name) => this.#host.remove(`sources.${name}`),
      listen: (name, signal) =>
        followSource(this.#host, `sources.${name}`, () => this.#applier.settled, signal),
    });
  }

  /**
   * Starts an engine. It answers requests as soon as its config is read; the promise resolves when every voice speaks
   * or has failed to.
   *
   * @throws SyrinxError journal-in-use, journal-unwritable, address-in-use, address-unavailable or tokens-required; nothing is
   *   left running then
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    try {
      await engine.#boot();
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  get host(): Host {
    return this.#host;
  }

  /** e.g. `http://127.0.0.1:7851` */
  get url(): string {
    return this.#listener.url;
  }

  /**
   * Takes no more requests, finishes those in flight, but for those whose clients have no wish to take their answers, and
   * ends every plugin process.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #boot(): Promise<void> {
    const { log, home } = this.options;
    const interrupted = this.#journal.swaps.interruptOpenSwaps(new Date(this.#clock.now()).toISOString());
    for (const swap of interrupted) this.#report({ kind: "swap", slot: swap.slot, swap });
    if (interrupted.length > 0)
      log.warn(`${interrupted.length} swaps were cut short when the engine last ended`);
    const support = sandboxSupport();
    if (!support.enforced) log.warn(`plugins are not held by a sandbox: ${support.summary}`);
    // The config sources are plugins, too, and some of them may not have come with the engine.
    const known = this.config.lastGood?.config;
    this.#host = await Host.open({
      clock: this.#clock,
      log,
      runner: { launch: LAUNCH_ENTRY, serve: SERVE_ENTRY },
      sandbox: { support, require: false },
      dataDirectory: join(home, "data"),
      journal: this.#journal.swaps,
      report: (event) => this.#report(event),
      paths: searchPaths({
        ...this.options,
        ...(known && { plugins: known.plugins.paths, models: known.models.paths }),
      }),
      grants: known?.plugins.grants ?? {},
      timeouts: { startMs: 10_000, loadMs: 10_000, healthIntervalMs: 5_000, healthMs: 10_000 },
      rules: FIRST_RULES,
      devices: this.#devices,
    });
    this.#applier = new ConfigApplier({
      engine: this.options,
      host: this.#host,
      devices: this.#devices,
      journal: this.#journal,
      listener: this.#listener,
      sources: this.#sources,
      activeConfig: () => this.config.config,
      isStopping: () => this.#stopped !== undefined,
      applied: (config) => this.#configureSpeech(config),
    });
    // What the last good config says of the first source may be what has to be put right in its file.
    this.#sources.follow({
      ...known?.sources,
      [FIRST_SOURCE]: { plugin: "file", settings: {}, force: false },
    });
    await this.#sources.heard();
    const { outcome } = await this.config.start();
    if (outcome === "applied") log.warn(describeFallback(this.config.version, this.config.lastGood));

    const config = this.config.config as FullConfig;
    this.#operations = this.#routes();
    this.#listener.open(this.#applier.addressOf(config));
    this.config.keepVersions();
    await this.#applier.fillSlots(planChange(null, config).slots);
    log.info(
      { ms: Math.round(this.#clock.monotonic() - this.#startedAt) },
      `ready; sandbox: ${support.summary}`,
    );
  }

  async #stop(): Promise<void> {
    this.#journal.events.dismiss();
    const reverted = this.#control.close();
    await this.#listener.stop();
    await this.#speech?.delivered();
    // A config that a source has said, or one that goes back, may be waiting for a voice: the end of the slots cuts that short.
    await Promise.all([this.#sources.stop(), reverted, this.#host?.close()]);
    this.#journal.close();
  }

  #configureSpeech(config: FullConfig): void {
    const { home, log } = this.options;
    const environment = { clock: this.#clock, log, spoolDirectory: join(home, "spool") };
    if (this.#speech) this.#speech.configure(speechSettings(config));
    else this.#speech = new Speech(this.#host, speechSettings(config), environment);
  }

  #report(event: EventBody): void {
    this.#journal.events.append(event, this.#now());
    // What sources say is logged where they are listened to.
    if (event.kind === "config" && event.actor !== undefined)
      this.options.log.info(
        `config version ${event.version}: ${event.cause} by ${event.actor}, ${event.outcome}`,
      );
  }

  /** A version that cannot be written down, e.g. as the disk is full, is in force all the same. */
  #note(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.options.log.error({ err: error }, "what became of a config could not be written to the journal");
    }
  }

  /** RFC 3339. */
  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  #app(host: string) {
    return createApp({
      version: packageJson.version,
      log: this.options.log,
      access: () => ({ ...(this.config.config as FullConfig).server, loopback: isLoopbackHost(host) }),
      operations: this.#operations,
      activity: this.#activity,
    });
  }

  #routes(): Operation[] {
    return [
      ...speechRoutes(this.#speech, this.#activity),
      ...voiceRoutes(this.#host, this.#speech, this.#clock.now()),
      ...statusRoutes({
        host: this.#host,
        speech: this.#speech,
        clock: this.#clock,
        configStatus: () => this.config.status(),
        sandbox: sandboxSupport(),
        version: packageJson.version,
        startedAt: this.#startedAt,
      }),
      ...releaseRoutes(this.#host),
      ...grantRoutes(this.#host, this.#control),
      ...slotRoutes(this.#host, this.#speech),
      ...slotActionRoutes(this.#host.requests, (id) => this.#journal.swaps.swap(id)),
      ...swapRoutes(this.#journal.swaps, this.#host.requests),
      ...memoryRoutes({ devices: this.#devices, instances: () => this.#host.instances }),
      ...configRoutes(this.#control),
      ...configVersionRoutes(this.#history),
      ...snapshotRoutes(this.#snapshots),
      ...eventRoutes(this.#journal.events, this.#clock),
    ];
  }
}

function speechSettings({ speech, sinks }: FullConfig): SpeechSettings {
  return {
    ...speech,
    sinkFormats: Object.fromEntries(Object.entries(sinks).map(([name, { format }]) => [name, format])),
  };
}
