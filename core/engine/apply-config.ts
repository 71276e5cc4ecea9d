/**
 * Brings a config about, step by step: all of its plan, or none of it.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Listener, Move } from "../api/mod.ts";
import { searchPaths } from "./search-paths.ts";
import {
  type ConfigPlan,
  changesReleases,
  type FullConfig,
  type FullSource,
  type SourceSet,
} from "../config/mod.ts";
import type { Devices } from "../devices/mod.ts";
import { asSyrinxError, SyrinxError, type Violation } from "../errors.ts";
import type { Host } from "../slots/mod.ts";
import type { WantedBinding } from "../releases/mod.ts";
import type { Journal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { type AnyChange, rooted, violationsOf, wantedSlotOf } from "./wanted-slots.ts";

export interface ConfigApplierOptions {
  /** With what the engine was started, which goes before the config. */
  engine: {
    configPath: string;
    home: string;
    host?: string;
    port?: number;
    developing?: readonly string[];
    /** The log keeps its level. */
    forgetful?: boolean;
    /** Told of the address when the config has moved it. */
    moved?: (url: string) => Promise<void>;
    log: Logger;
  };
  host: Host;
  devices: Devices;
  journal: Journal;
  listener: Listener;
  sources: SourceSet;
  /** null: nothing was applied yet. */
  activeConfig(): FullConfig | null;
  /** Whether the engine ends: what that cuts short does not go back. */
  isStopping(): boolean;
  /** Called with every config that has come about, before its sources are followed. */
  applied(config: FullConfig): void;
}

export class ConfigApplier {
  #settled: Promise<void> = Promise.resolve();

  constructor(private readonly options: ConfigApplierOptions) {}

  /** Resolves when the config that is being applied is in force, or is not. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Where the engine is to listen. */
  addressOf({ server }: FullConfig) {
    const { host = server.host, port = server.port } = this.options.engine;
    return { host, port, hasTokens: server.tokens.length > 0 };
  }

  /**
   * Brings a config about as a whole. Whatever fails, the config before is in force again, slot by slot.
   *
   * @throws SyrinxError with a violation for each slot that did not come up, or for the address
   */
  apply(plan: ConfigPlan, config: FullConfig): Promise<void> {
    const applied = this.#apply(plan, config);
    this.#settled = applied.catch(() => {});
    return applied;
  }

  /** @returns a mistake for each secret that stands in clear */
  clearSecrets({ sources, voices, sinks }: FullConfig): Violation[] {
    const of = (group: string, kind: PluginKind, entries: Record<string, WantedBinding>) =>
      Object.entries(entries).flatMap(([name, wanted]) =>
        this.options.host
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
  async fillSlots(changes: readonly AnyChange[]): Promise<void> {
    const wanted = changes.flatMap(wantedSlotOf);
    await Promise.all(
      wanted.map(({ slot, kind, wanted, loadPolicy }) =>
        this.options.host.fill(slot, kind, wanted, "start", loadPolicy),
      ),
    );
  }

  /** Once the engine has started, a change of the config has filled its sources together with all other slots. */
  async fillSource(name: string, after: FullSource): Promise<void> {
    const { listener, engine } = this.options;
    if (listener.isOpen) return;
    const change = { slot: `sources.${name}`, kind: "config-source", action: "add", after } as const;
    await this.fillSlots([rooted(change, engine.configPath)]);
  }

  async #apply(plan: ConfigPlan, config: FullConfig): Promise<void> {
    const { engine, host, listener, sources, activeConfig, isStopping, applied } = this.options;
    const before = activeConfig();
    const move = this.#move(config);
    try {
      await this.#rescan(plan, config);
      if (changesReleases(plan)) this.#requireSecretsHidden(config);
      this.#configure(config);
      // Before the start is over, there is nothing to change yet.
      if (listener.isOpen) await this.#changeSlots(plan);
    } catch (error) {
      if (isStopping())
        throw new SyrinxError("cancelled", "The engine was stopped before the config was in force", {
          cause: error,
        });
      move?.undo();
      if (before) {
        await this.#rescan(plan, before);
        this.#configure(before);
      }
      throw error;
    }
    move?.keep();
    if (move) await this.#tellAddress();
    if (!engine.forgetful) engine.log.level = config.log.level;
    applied(config);
    sources.follow(config.sources);
    if (!listener.isOpen) {
      // Of those that have begun, some may have waited for a grant.
      for (const { slot, action } of plan.sources) if (action !== "remove") void host.refill(slot);
      return;
    }
    // What is in flight there may take long, and nothing waits for its end.
    const leaving = isStopping() ? [] : plan.slots.filter(({ action }) => action === "remove");
    for (const { slot } of leaving) void host.remove(slot);
    await this.#refill(plan);
  }

  /**
   * Listens where the config says, beside the address before.
   *
   * @returns undefined if that is no other one
   * @throws SyrinxError with a violation, if the address cannot be had
   */
  #move(config: FullConfig): Move | undefined {
    const { listener, activeConfig } = this.options;
    try {
      return listener.move(this.addressOf(config));
    } catch (error) {
      const { code, message } = asSyrinxError(error);
      const isOtherPort = config.server.port !== activeConfig()?.server.port;
      const key = code === "tokens-required" ? "tokens" : isOtherPort ? "port" : "host";
      throw new SyrinxError(code, message, {
        cause: error,
        violations: [{ pointer: `/server/${key}`, message }],
      });
    }
  }

  /** Who cannot be told finds it in the log. */
  async #tellAddress(): Promise<void> {
    const { engine, listener } = this.options;
    const { log, moved } = engine;
    log.info(`listening on ${listener.url} from now on`);
    await moved?.(listener.url).catch((error: unknown) =>
      log.error({ err: error }, "no word was left of that"),
    );
  }

  async #rescan(plan: ConfigPlan, { plugins, models }: FullConfig): Promise<void> {
    if (!changesReleases(plan)) return;
    const { home, developing = [] } = this.options.engine;
    const paths = searchPaths({ home, developing, plugins: plugins.paths, models: models.paths });
    await this.options.host.rescan(paths);
  }

  /** Finds those of plugins that were not known before. */
  #requireSecretsHidden(config: FullConfig): void {
    const violations = this.clearSecrets(config);
    if (violations.length === 0) return;
    const places = violations.map(({ pointer }) => pointer).join(", ");
    throw new SyrinxError(
      "settings-invalid",
      `Secrets stand in clear at ${places}: write \${env:NAME} or \${file:/path} there`,
      { violations },
    );
  }

  /** Takes over what slots are filled and kept with; those that are filled stay as they are. */
  #configure(config: FullConfig): void {
    const { host, devices, journal } = this.options;
    const { swap } = config;
    devices.configure(config.memory.budgets);
    journal.configs.keep = config.journal.keepVersions;
    journal.rejections.keep = config.journal.keepVersions;
    journal.snapshots.keep = config.journal.keepSnapshots;
    host.configure({
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

  /** @throws SyrinxError with a violation for each slot that did not come up; the slots are as they were then */
  async #changeSlots({ slots, sources }: ConfigPlan): Promise<void> {
    const { engine, host } = this.options;
    const changes = [...slots, ...sources.map((source) => rooted(source, engine.configPath))];
    const leaving = slots.flatMap(({ slot, action }) => (action === "remove" ? [slot] : []));
    const faults = await host.change(changes.flatMap(wantedSlotOf), leaving);
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
    await Promise.all(unchanged.map(({ slot }) => this.options.host.refill(slot)));
  }
}
