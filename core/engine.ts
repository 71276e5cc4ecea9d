/**
 * Puts the parts together, starts them in order and stops them in reverse. Only here is a part made with `new`.
 *
 * @module
 */
import { join } from "node:path";
import packageJson from "../package.json";
import {
  configRoutes,
  configVersionRoutes,
  createApp,
  eventRoutes,
  isLoopbackHost,
  FrontDoor,
  grantRoutes,
  memoryRoutes,
  type Move,
  type Operation,
  releaseRoutes,
  slotActionRoutes,
  slotRoutes,
  snapshotRoutes,
  speechRoutes,
  statusRoutes,
  swapRoutes,
  voiceRoutes,
} from "./api/mod.ts";
import { systemClock } from "./clock.ts";
import {
  type ConfigPlan,
  ConfigControl,
  ConfigHistory,
  ConfigStore,
  describeFallback,
  type FullConfig,
  type FullSource,
  planChange,
  Snapshots,
  SourceSet,
} from "./config/mod.ts";
import type { SourceItem } from "../schemas/generated/hooks.ts";
import type { PluginKind } from "../schemas/generated/plugin.ts";
import { Devices } from "./devices/mod.ts";
import { asSyrinxError, SyrinxError, type Violation } from "./errors.ts";
import { type CatalogPaths, Host, sandboxSupport, type SwapRules, type WantedBinding } from "./host/mod.ts";
import { type EventBody, type Journal, openJournal } from "./journal/mod.ts";
import type { Logger } from "./log.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "./runner/mod.ts";
import { type AnyChange, FIRST_SOURCE, rooted, violationsOf, wantedOf, wishOf } from "./slot-wishes.ts";
import { Speech, type SpeechSettings } from "./speech/mod.ts";

/** Holds the plugins and models that ship. */
const ROOT = join(import.meta.dir, "..");
/** Longer than any config source takes to come up, in ms. */
const SOURCE_LOAD_MS = 3_600_000;

/** Of swaps before the config is read: of the config sources alone. */
export const FIRST_RULES: SwapRules = {
  drainTimeoutMs: 0,
  parkForMs: 0,
  memoryIntervalMs: 5_000,
  watch: { windowMs: 0, minRequests: 1, maxErrorRate: 1 },
  canary: { percent: 0, windowMs: 0, minRequests: 1, maxErrorRate: 1 },
};

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
  /** Settles when the config that is being applied is in force, or is not. */
  #applied: Promise<unknown> = Promise.resolve();
  #host!: Host;
  #speech!: Speech;
  readonly #door: FrontDoor;
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
    const { footprints } = this.#journal;
    this.#devices = new Devices({ clock: this.#clock, log: options.log, footprints });
    this.config = new ConfigStore({
      sources: [FIRST_SOURCE],
      apply: (plan, config) => {
        const applied = this.#apply(plan, config);
        this.#applied = applied.catch(() => {});
        return applied;
      },
      inspect: (config) => this.#clearSecrets(config),
      report: (event) => this.#report(event),
      takesLive: (slot, setting) => this.#host.takesLive(slot, setting),
      versions: {
        newest: () => this.#journal.configs.newest(),
        write: (version) => this.#note(() => this.#journal.configs.write({ ...version, at: this.#now() })),
        reject: (rejection) =>
          this.#note(() => this.#journal.rejections.write({ ...rejection, at: this.#now() })),
      },
      steering: this.#journal.steering,
    });
    this.#history = new ConfigHistory(this.#journal.configs, this.#journal.rejections);
    this.#control = new ConfigControl({
      store: this.config,
      history: this.#history,
      clock: this.#clock,
      reread: () => this.#sources.reread(),
      forecast: (change) => {
        const whole = change.kind === "config-source" ? rooted(change, options.configPath) : change;
        return this.#host.forecast(change.slot, change.kind, wantedOf(whole));
      },
      takesLive: (slot, setting) => this.#host.takesLive(slot, setting),
      beforeRollback: (actor) => this.#snapshots.take("rollback", { actor }),
    });
    this.#snapshots = new Snapshots({
      control: this.#control,
      journal: this.#journal.snapshots,
      clock: this.#clock,
      look: () => this.#host.record(),
      bringBack: (slots) => this.#host.bringBack(slots),
    });
    this.#door = new FrontDoor((host) => this.#app(host));
    this.#sources = new SourceSet({
      store: this.config,
      clock: this.#clock,
      log: options.log,
      fill: (name, wanted) => this.#fillSource(name, wanted),
      remove: (name) => this.#host.remove(`sources.${name}`),
      listen: (name, signal) => this.#listen(`sources.${name}`, signal),
    });
  }

  /**
   * Starts an engine. It answers requests as soon as its config is read; the promise resolves when every voice speaks
   * or has failed to.
   *
   * @throws SyrinxError address-in-use, address-unavailable or tokens-required; nothing is left running then
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
    return this.#door.url;
  }

  /** Takes no more requests, finishes those in flight, and ends every plugin process. */
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
      paths: this.#catalogPaths(known?.plugins.paths ?? [], known?.models.paths ?? []),
      grants: known?.plugins.grants ?? {},
      timeouts: { startMs: 10_000, loadMs: 10_000, healthIntervalMs: 5_000, healthMs: 10_000 },
      rules: FIRST_RULES,
      devices: this.#devices,
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
    this.#door.open(this.#addressOf(config));
    this.config.keepVersions();
    await this.#fillSlots(planChange(null, config).slots);
    log.info(
      { ms: Math.round(this.#clock.monotonic() - this.#startedAt) },
      `ready; sandbox: ${support.summary}`,
    );
  }

  async #stop(): Promise<void> {
    this.#journal.events.dismiss();
    this.#control.close();
    await this.#door.stop();
    await this.#speech?.delivered();
    await this.#sources.stop();
    await this.#host?.close();
    this.#journal.close();
  }

  /** Once the engine has started, a change of the config has filled its sources together with all other slots. */
  async #fillSource(name: string, after: FullSource): Promise<void> {
    if (this.#door.isOpen) return;
    const change = { slot: `sources.${name}`, kind: "config-source", action: "add", after } as const;
    await this.#fillSlots([rooted(change, this.options.configPath)]);
  }

  /**
   * Listens to a config source: to its present instance, and to each that takes its place. What one says that came up for
   * a config that then failed is not told: it speaks for settings that nobody has.
   */
  async *#listen(slot: string, signal: AbortSignal): AsyncGenerator<SourceItem> {
    let isReplaced = true;
    while (isReplaced && !signal.aborted) {
      const lease = await this.#host.acquire(slot, SOURCE_LOAD_MS);
      try {
        const source = await lease.instance();
        for await (const item of source.watch(AbortSignal.any([signal, lease.replaced]))) {
          await this.#applied;
          if (lease.replaced.aborted) break;
          yield item;
        }
      } finally {
        lease.release();
      }
      isReplaced = lease.replaced.aborted;
    }
  }

  /**
   * Brings a config about as a whole. Whatever fails, the config before is in force again, slot by slot.
   *
   * @throws SyrinxError with a violation for each slot that did not come up, or for the address
   */
  async #apply(plan: ConfigPlan, config: FullConfig): Promise<void> {
    const before = this.config.config;
    const move = this.#move(config);
    try {
      await this.#configure(plan, config);
      // Before the start is over, there is nothing to change yet.
      if (this.#door.isOpen) await this.#changeSlots(plan);
    } catch (error) {
      if (!this.#stopped) move?.undo();
      if (before && !this.#stopped) await this.#configure(plan, before);
      throw error;
    }
    move?.keep();
    if (move) await this.#tellAddress();
    if (!this.options.forgetful) this.options.log.level = config.log.level;
    const { home, log } = this.options;
    const environment = { clock: this.#clock, log, spoolDirectory: join(home, "spool") };
    if (this.#speech) this.#speech.configure(speechSettings(config));
    else this.#speech = new Speech(this.#host, speechSettings(config), environment);
    this.#sources.follow(config.sources);
    if (!this.#door.isOpen) {
      // Of those that have begun, some may have waited for a grant.
      for (const { slot, action } of plan.sources) if (action !== "remove") void this.#host.refill(slot);
      return;
    }
    // What is in flight there may take long, and nothing waits for its end.
    for (const { slot, action } of plan.slots) if (action === "remove") void this.#host.remove(slot);
    await this.#refill(plan);
  }

  /**
   * Listens where the config says, beside the address before.
   *
   * @returns undefined if that is no other one
   * @throws SyrinxError with a violation, if the address cannot be had
   */
  #move(config: FullConfig): Move | undefined {
    try {
      return this.#door.move(this.#addressOf(config));
    } catch (error) {
      const { code, message } = asSyrinxError(error);
      const isOtherPort = config.server.port !== this.config.config?.server.port;
      const key = code === "tokens-required" ? "tokens" : isOtherPort ? "port" : "host";
      throw new SyrinxError(code, message, {
        cause: error,
        violations: [{ pointer: `/server/${key}`, message }],
      });
    }
  }

  #addressOf({ server }: FullConfig) {
    const { host = server.host, port = server.port } = this.options;
    return { host, port, hasTokens: server.tokens.length > 0 };
  }

  /** Who cannot be told finds it in the log. */
  async #tellAddress(): Promise<void> {
    const { log, moved } = this.options;
    log.info(`listening on ${this.url} from now on`);
    await moved?.(this.url).catch((error: unknown) => log.error({ err: error }, "no word was left of that"));
  }

  /** Takes over what slots are filled and kept with; those that are filled stay as they are. */
  async #configure(plan: ConfigPlan, config: FullConfig): Promise<void> {
    if (changesReleases(plan)) {
      await this.#host.rescan(this.#catalogPaths(config.plugins.paths, config.models.paths));
      // Those of plugins that were not known before.
      const violations = this.#clearSecrets(config);
      if (violations.length > 0)
        throw new SyrinxError("settings-invalid", "Secrets stand in clear", { violations });
    }
    const { swap } = config;
    this.#devices.configure(config.memory.budgets);
    this.#journal.configs.keep = config.journal.keepVersions;
    this.#journal.rejections.keep = config.journal.keepVersions;
    this.#journal.snapshots.keep = config.journal.keepSnapshots;
    this.#host.configure({
      grants: config.plugins.grants,
      requireSandbox: config.plugins.sandbox === "require",
      timeouts: {
        startMs: swap.startTimeoutMs,
        loadMs: swap.loadTimeoutMs,
        healthIntervalMs: swap.healthIntervalMs,
        healthMs: swap.healthTimeoutMs,
      },
      rules: swap,
    });
  }

  #clearSecrets({ sources, voices, sinks }: FullConfig): Violation[] {
    const of = (group: string, kind: PluginKind, entries: Record<string, WantedBinding>) =>
      Object.entries(entries).flatMap(([name, wanted]) =>
        this.#host
          .clearSecrets(kind, wanted)
          .map(({ pointer, message }) => ({ pointer: `/${group}/${name}/settings${pointer}`, message })),
      );
    return [
      ...of("sources", "config-source", sources),
      ...of("voices", "voice", voices),
      ...of("sinks", "sink", sinks),
    ];
  }

  /** Fills the slots of a start. Those that fail stand as failed, and the others serve. */
  async #fillSlots(changes: readonly AnyChange[]): Promise<void> {
    const wishes = changes.flatMap(wishOf);
    await Promise.all(
      wishes.map(({ slot, kind, wanted, upkeep }) => this.#host.fill(slot, kind, wanted, "start", upkeep)),
    );
  }

  /** @throws SyrinxError with a violation for each slot that did not come up; the slots are as they were then */
  async #changeSlots({ slots, sources }: ConfigPlan): Promise<void> {
    const changes = [...slots, ...sources.map((source) => rooted(source, this.options.configPath))];
    const leaving = slots.flatMap(({ slot, action }) => (action === "remove" ? [slot] : []));
    const faults = await this.#host.change(changes.flatMap(wishOf), leaving);
    if (faults.length === 0) return;
    const names = faults.map(({ slot }) => slot).join(", ");
    throw new SyrinxError("slot-failed", `Cannot bring up ${names}`, {
      violations: faults.flatMap(violationsOf),
    });
  }

  /** Slots that had to do without what they want may have it now. If they cannot, they stay as they are. */
  async #refill(plan: ConfigPlan): Promise<void> {
    if (!changesReleases(plan)) return;
    const unchanged = [...plan.slots, ...plan.sources].filter(({ action }) => action === "unchanged");
    await Promise.all(unchanged.map(({ slot }) => this.#host.refill(slot)));
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
    });
  }

  #routes(): Operation[] {
    return [
      ...speechRoutes(this.#speech),
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
      ...slotActionRoutes(this.#host, (id) => this.#journal.swaps.swap(id)),
      ...swapRoutes(this.#journal.swaps, this.#host),
      ...memoryRoutes({ devices: this.#devices, instances: () => this.#host.instances }),
      ...configRoutes(this.#control),
      ...configVersionRoutes(this.#history),
      ...snapshotRoutes(this.#snapshots),
      ...eventRoutes(this.#journal.events, this.#clock),
    ];
  }

  #catalogPaths(plugins: readonly string[], models: readonly string[]): CatalogPaths {
    const { home, developing = [] } = this.options;
    return catalogPaths({ home, developing, plugins, models });
  }
}

function changesReleases({ sections }: ConfigPlan): boolean {
  return sections.includes("plugins") || sections.includes("models");
}

/** Where plugins and models are looked for: those under development, those that ship, the home's, those of the config. */
export function catalogPaths({
  home,
  developing = [],
  plugins = [],
  models = [],
}: {
  home: string;
  developing?: readonly string[];
  plugins?: readonly string[];
  models?: readonly string[];
}): CatalogPaths {
  return {
    plugins: [
      ...[...developing, join(ROOT, "plugins")].map((path) => ({ path, trusted: true })),
      ...[join(home, "plugins"), ...plugins].map((path) => ({ path, trusted: false })),
    ],
    models: [join(ROOT, "models"), join(home, "models"), ...models],
  };
}

function speechSettings({ speech, sinks }: FullConfig): SpeechSettings {
  return {
    ...speech,
    sinkFormats: Object.fromEntries(Object.entries(sinks).map(([name, { format }]) => [name, format])),
  };
}
