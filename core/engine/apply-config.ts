/**
 * Applies a config, step by step: all of its plan, or none of it.
 *
 * Releases are rescanned first, and every binding is resolved before a slot is touched. Then the slots are changed together.
 * If one fails to load, those that were changed are rolled back, and the earlier config stays active with its grants, limits
 * and names. Slots that are no longer wanted are removed last; if a new slot finds no memory, they are unloaded first.
 *
 * So a voice whose plugin is not installed is a rejected config and not a failed slot: its author gets the position, and what
 * speaks is not lost. Slots that the config leaves as they are may have failed; that does not make the config fail. At a
 * start nothing serves yet, so slots that fail are marked failed and the others serve.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import type { AppFactory, Listener, Move } from "../api/mod.ts";
import {
  type Applier,
  type ConfigPlan,
  changesReleases,
  type FullConfig,
  type SourceSet,
} from "../config/mod.ts";
import type { Devices } from "../devices/mod.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Journal } from "../journal/mod.ts";
import type { Host } from "../slots/mod.ts";
import type { Speech, SpeechSettings } from "../speech/mod.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { HostSlots } from "./host-slots.ts";
import { searchPaths } from "./search-paths.ts";
import type { SourceSlots } from "./source-slots.ts";

export interface ConfigApplierOptions {
  engine: EngineOptions;
  host: Pick<Host, "configure" | "refill" | "remove" | "rescan">;
  slots: Pick<HostSlots, "change" | "secretsInClear">;
  devices: Pick<Devices, "configure">;
  journal: Pick<Journal, "configs" | "rejections" | "snapshots" | "ready">;
  listener: Pick<Listener, "move" | "open" | "url">;
  speech: Pick<Speech, "configure">;
  sources: Pick<SourceSet, "follow">;
  sourceSlots: Pick<SourceSlots, "holdBack">;
}

export class ConfigApplier implements Applier {
  /**
   * starting: only the sources run, so a config changes no other slot and no address. serving: a config changes all of that.
   * stopping: as serving, until the host ends the slots; a config that this cuts short does not go back.
   */
  #phase: "starting" | "serving" | "stopping" = "starting";

  constructor(private readonly options: ConfigApplierOptions) {}

  /**
   * Opens the listener: the start is over, and from now on a config changes slots and address.
   *
   * @throws SyrinxError address-in-use, address-unavailable or tokens-required
   */
  serve(config: FullConfig, apps: AppFactory): void {
    this.options.listener.open(this.#addressOf(config), apps);
    this.#phase = "serving";
  }

  /** Called when the engine begins to stop. A start that failed stays a start: there are no slots to change. */
  stop(): void {
    if (this.#phase === "serving") this.#phase = "stopping";
  }

  /**
   * @throws SyrinxError with a violation for each slot that failed to load, for each secret in clear, or for the address;
   *   cancelled, if the engine stopped meanwhile
   */
  apply(plan: ConfigPlan, config: FullConfig, before: FullConfig | null): Promise<void> {
    const applied = this.#apply(plan, config, before);
    this.options.sourceSlots.holdBack(applied);
    return applied;
  }

  async #apply(plan: ConfigPlan, config: FullConfig, before: FullConfig | null): Promise<void> {
    const { engine, speech, sources } = this.options;
    const move = this.#move(config, before);
    try {
      await this.options.journal.ready();
      await this.#rescan(plan, config);
      if (changesReleases(plan)) this.#requireSecretsHidden(config);
      this.#configure(config);
      if (this.#phase !== "starting") await this.options.slots.change(plan);
    } catch (error) {
      if (this.#phase === "stopping")
        throw new SyrinxError("cancelled", "The engine was stopped before the config was applied", {
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
    speech.configure(speechSettings(config));
    sources.follow(config.sources, { fill: this.#phase === "starting" });
    await this.#finishSlots(plan);
  }

  /** `--host` and `--port` go before the config. */
  #addressOf({ server }: FullConfig) {
    const { host = server.host, port = server.port } = this.options.engine;
    return { host, port, hasTokens: server.tokens.length > 0 };
  }

  /**
   * Listens where the config says, beside the address before.
   *
   * @returns undefined if that is the same address
   * @throws SyrinxError with a violation, if the address cannot be used
   */
  #move(config: FullConfig, before: FullConfig | null): Move | undefined {
    try {
      return this.options.listener.move(this.#addressOf(config));
    } catch (error) {
      const { code, message } = asSyrinxError(error);
      const isOtherPort = config.server.port !== before?.server.port;
      const key = code === "tokens-required" ? "tokens" : isOtherPort ? "port" : "host";
      throw new SyrinxError(code, message, {
        cause: error,
        violations: [{ pointer: `/server/${key}`, message }],
      });
    }
  }

  /** If the address cannot be announced, it is in the log. */
  async #tellAddress(): Promise<void> {
    const { engine, listener } = this.options;
    const { log, moved } = engine;
    log.info(`listening on ${listener.url} from now on`);
    await moved?.(listener.url).catch((error: unknown) =>
      log.error({ err: error }, "the new address could not be announced"),
    );
  }

  async #rescan(plan: ConfigPlan, { plugins, models }: FullConfig): Promise<void> {
    if (!changesReleases(plan)) return;
    const { home, developing = [] } = this.options.engine;
    const paths = searchPaths({ home, developing, plugins: plugins.paths, models: models.paths });
    await this.options.host.rescan(paths);
  }

  /** Finds secrets of plugins that were not there when the config was validated. */
  #requireSecretsHidden(config: FullConfig): void {
    const violations = this.options.slots.secretsInClear(config);
    if (violations.length === 0) return;
    const places = violations.map(({ pointer }) => pointer).join(", ");
    throw new SyrinxError(
      "settings-invalid",
      `Secrets are in clear text at ${places}: write \${env:NAME} or \${file:/path} there`,
      { violations },
    );
  }

  /** Sets what holds from the next swap, load or write on. Slots that are filled stay as they are. */
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
      maxProcesses: config.plugins.maxProcesses,
      timeouts: {
        startMs: swap.startTimeoutMs,
        loadMs: swap.loadTimeoutMs,
        healthIntervalMs: swap.healthIntervalMs,
        healthMs: swap.healthTimeoutMs,
        audioMs: swap.audioTimeoutMs,
        cancelMs: swap.cancelTimeoutMs,
      },
      rules: swap,
      cores: config.speech.cores === "auto" ? availableParallelism() : config.speech.cores,
    });
  }

  /** Slots that lacked a release or a grant may have it now. If they fail again, they stay as they are. */
  async #finishSlots(plan: ConfigPlan): Promise<void> {
    const { host } = this.options;
    if (this.#phase === "starting") {
      // The sources run already, and some may have waited for a grant.
      for (const { slot, action } of plan.sources) if (action !== "remove") void host.refill(slot);
      return;
    }
    // Utterances in flight may take long, and nothing waits for their end. At a stop, the host removes all slots itself.
    const leaving = this.#phase === "stopping" ? [] : plan.slots.filter(({ action }) => action === "remove");
    for (const { slot } of leaving) void host.remove(slot);
    if (!changesReleases(plan)) return;
    const unchanged = [...plan.slots, ...plan.sources].filter(({ action }) => action === "unchanged");
    await Promise.all(unchanged.map(({ slot }) => host.refill(slot)));
  }
}

/** @returns the part of a config that speech is set up with */
export function speechSettings({ speech, sinks }: FullConfig): SpeechSettings {
  return {
    ...speech,
    sinkFormats: Object.fromEntries(Object.entries(sinks).map(([name, { format }]) => [name, format])),
  };
}
