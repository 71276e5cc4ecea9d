/**
 * The plugin host: the catalog, and the slots that it fills.
 *
 * @module
 */
import type {
  InstanceView,
  MemoryVerdict,
  SlotRecord,
  SnapshotRestore,
  SwapPlan,
} from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy, SwapRecord } from "../../schemas/generated/swap.ts";
import { asSyrinxError, isErrorCode, SyrinxError, type Violation } from "../errors.ts";
import type { Devices } from "../devices/mod.ts";
import type { Report, SwapJournal } from "../journal/mod.ts";
import { Admission, type Evictable } from "./admission.ts";
import {
  type Binding,
  bindingId,
  describeBinding,
  liveSettings,
  resolveBinding,
  resolveUngranted,
  type WantedBinding,
} from "./binding.ts";
import { Catalog, type CatalogPaths } from "./catalog.ts";
import { EgressProxy } from "./egress/mod.ts";
import type { Lease } from "./generation.ts";
import type { InstanceEnvironment, Timeouts } from "./instance.ts";
import { type KnownVoice, knownVoice } from "./known-voice.ts";
import type { Grants } from "./permissions.ts";
import { Slot } from "./slot.ts";
import { clearSecrets } from "./secrets.ts";
import { changeTogether, type SlotFault, type SlotKeeper, type SlotWish } from "./slot-changes.ts";
import { recordedState } from "./slot-record.ts";
import {
  EAGER,
  type SlotEnvironment,
  type SwapManner,
  type SwapRules,
  type Upkeep,
} from "./slot-environment.ts";
import { type AcceptedSwap, SwapLog } from "./swap.ts";
import { planSwap } from "./swap-plan.ts";

export interface HostOptions extends Omit<InstanceEnvironment, "egress"> {
  journal: SwapJournal;
  /** Told of every stage of a swap, and of every change of a slot. */
  report: Report;
  paths: CatalogPaths;
  grants: Grants;
  rules: SwapRules;
  devices: Devices;
}

/** How many swaps of a slot are looked through for what served before. */
const HISTORY = 100;

/** How a request wants to wait for its turn: `queue` behind the swap that is under way, or `reject`. */
export type OnConflict = "queue" | "reject";

export class Host {
  readonly #slots = new Map<string, Slot>();
  /** Slots that were removed and finish what they began. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #environment: SlotEnvironment;
  readonly #egress: EgressProxy;
  #catalog: Catalog;
  #grants: Grants;

  private constructor(
    private readonly options: HostOptions,
    catalog: Catalog,
  ) {
    this.#catalog = catalog;
    this.#grants = options.grants;
    const { journal, clock, log, report } = options;
    const demand = (name: string) => this.#demand(name);
    const admission = new Admission(options.devices, () => this.#evictable());
    const swaps = new SwapLog(journal, clock, log, report);
    this.#egress = new EgressProxy({ clock, log, report });
    this.#environment = { ...options, swaps, admission, demand, egress: this.#egress };
  }

  static async open(options: HostOptions): Promise<Host> {
    return new Host(options, await Catalog.scan(options.paths));
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  get grants(): Grants {
    return this.#grants;
  }

  /** Looks at the disk anew. Slots keep what they run. */
  async rescan(paths: CatalogPaths = this.options.paths): Promise<void> {
    this.options.paths = paths;
    this.#catalog = await Catalog.scan(paths);
  }

  /** Takes over what the config says of plugins and swaps: for swaps, and questions for health, that begin from now on. */
  configure(change: { grants: Grants; requireSandbox: boolean; timeouts: Timeouts; rules: SwapRules }): void {
    this.#grants = change.grants;
    this.#environment.sandbox = { ...this.#environment.sandbox, require: change.requireSandbox };
    this.#environment.timeouts = change.timeouts;
    this.#environment.rules = change.rules;
  }

  /** @returns every slot, by name */
  slots(): Slot[] {
    return [...this.#slots.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Every instance that runs, with its name in the ledger of memory. */
  get instances(): (InstanceView & { key: string; slot: string })[] {
    return this.slots().flatMap((slot) => slot.instances.map((one) => ({ slot: slot.name, ...one })));
  }

  /** @throws SyrinxError slot-not-found, which names those that are there */
  slot(name: string): Slot {
    const slot = this.#slots.get(name);
    if (slot) return slot;
    const there = this.slots().map(({ name: known }) => known);
    throw new SyrinxError(
      "slot-not-found",
      `There is no slot "${name}": there ${there.length === 1 ? "is" : "are"} ${there.join(", ") || "none"}`,
    );
  }

  /** Whether what serves a slot takes a setting as it runs. */
  takesLive(name: string, setting: string): boolean {
    const running = this.#slots.get(name)?.running;
    return running !== undefined && liveSettings(running).includes(setting);
  }

  /**
   * @returns what is known of a slot's voice, loaded or not; undefined if what it wants is not there
   * @throws SyrinxError slot-not-found
   */
  voice(name: string): KnownVoice | undefined {
    const { running, kind, wanted, lastVoice } = this.slot(name);
    try {
      const binding = running ?? resolveBinding(this.#catalog, this.#grants, kind, wanted);
      return knownVoice(binding, lastVoice);
    } catch {
      return undefined;
    }
  }

  /**
   * Looks whether a binding could be had, and does nothing for it.
   *
   * @throws SyrinxError release-not-found, plugin-blocked, model-unsupported or settings-invalid
   */
  check(kind: PluginKind, wanted: WantedBinding): void {
    resolveBinding(this.#catalog, this.#grants, kind, wanted);
  }

  /**
   * Brings a slot to what the config wants of it: a new one is filled, a present one is swapped. What is loaded on demand,
   * or was unloaded, stays so. What goes wrong stands in the slot's `error` and never stops the others.
   *
   * @returns when the binding serves, with undefined, or has failed to, with why
   */
  async fill(
    name: string,
    kind: PluginKind,
    wanted: WantedBinding,
    reason: "start" | "config",
    upkeep: Upkeep = EAGER,
  ): Promise<SyrinxError | undefined> {
    const slot = this.#slots.get(name) ?? new Slot(name, kind, wanted, upkeep, this.#environment);
    this.#slots.set(name, slot);
    slot.wanted = wanted;
    slot.keep(upkeep);
    return this.#bind(slot, reason, slot.unloaded === undefined);
  }

  /**
   * Brings slots to what the config wants of them, all or none: if one does not come up, the others go back to what they
   * were, and so do those of `leaving` that had to make room.
   *
   * @param leaving slots that are no longer wanted. They serve on until they are removed
   * @returns what the slots did not come up for; empty: all of them are as wanted
   */
  change(wishes: readonly SlotWish[], leaving: readonly string[]): Promise<SlotFault[]> {
    const keeper: SlotKeeper = {
      find: (name) => this.#slots.get(name),
      check: (wish) => (wish.rebinds ? this.#obstacle(wish) : undefined),
      grant: ({ slot, kind, wanted, upkeep, rebinds }) =>
        rebinds ? this.fill(slot, kind, wanted, "config", upkeep) : this.#reconfigure(slot, upkeep),
      remove: (name) => this.remove(name),
    };
    return changeTogether(keeper, wishes, leaving);
  }

  /** Takes over how a slot is kept. What fills it serves on. */
  async #reconfigure(name: string, upkeep: Upkeep): Promise<SyrinxError | undefined> {
    const slot = this.slot(name);
    slot.keep(upkeep);
    // What was only waiting for a request has to be there from now on.
    const isDue = upkeep.load === "eager" && slot.unloaded === "on-demand";
    return isDue ? this.#bind(slot, "config", true) : undefined;
  }

  #obstacle({ kind, wanted }: SlotWish): SyrinxError | undefined {
    try {
      this.check(kind, wanted);
      return undefined;
    } catch (error) {
      return asSyrinxError(error);
    }
  }

  /**
   * Fills a slot again that had to do without what it wants, as that was not there or not granted. For when plugins,
   * models or grants have changed; other slots keep what they run. What comes on demand waits for its first request.
   */
  async refill(name: string): Promise<void> {
    const slot = this.slot(name);
    if (!slot.lacking) return;
    const waits = slot.upkeep.load === "on-demand" && !slot.running;
    const fault = await this.#bind(slot, "config", !waits);
    if (waits && !fault) slot.relent();
  }

  /**
   * Swaps a slot to its wanted binding with `change` laid over it. The choice is kept once it serves.
   *
   * @throws SyrinxError slot-not-found, swap-busy, or what keeps the binding from being resolved
   */
  swap(
    name: string,
    change: Partial<WantedBinding>,
    reason: "request" | "reload",
    { onConflict = "queue", ...manner }: SwapManner & { onConflict?: OnConflict } = {},
  ): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    const wanted = { ...slot.wanted, ...change };
    const binding = resolveBinding(this.#catalog, this.#grants, slot.kind, wanted);
    return choose(slot, slot.swap(binding, reason, manner), wanted);
  }

  /**
   * Swaps a slot back to what served before, at once if that still runs.
   *
   * @throws SyrinxError slot-not-found, swap-busy, nothing-to-roll-back, or what keeps the binding from being resolved
   */
  rollback(name: string, onConflict: OnConflict = "queue"): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    const binding = slot.previous ?? this.#previousOf(slot);
    if (!binding) {
      throw new SyrinxError(
        "nothing-to-roll-back",
        `Cannot roll ${name} back as nothing but ${slot.running ? bindingId(slot.running) : "what it wants"} has served it`,
      );
    }
    return slot.swap(binding, "rollback");
  }

  /**
   * Unloads what fills a slot; what is in flight is finished first.
   *
   * @throws SyrinxError slot-not-found or swap-busy
   */
  unload(name: string, onConflict: OnConflict = "queue"): AcceptedSwap {
    return this.#free(name, onConflict).swap(undefined, "unload");
  }

  /**
   * Loads what was unloaded.
   *
   * @throws SyrinxError slot-not-found, slot-loaded, swap-busy, or what keeps the binding from being resolved
   */
  load(name: string, onConflict: OnConflict = "queue"): AcceptedSwap {
    const slot = this.#free(name, onConflict);
    if (slot.running && !slot.swapping) {
      throw new SyrinxError(
        "slot-loaded",
        `Slot ${name} is loaded already: ${bindingId(slot.running)}. To start it anew, reload it`,
      );
    }
    return slot.swap(resolveBinding(this.#catalog, this.#grants, slot.kind, slot.wanted), "load");
  }

  /**
   * @param swap id of a swap that is under way
   * @returns its slot
   * @throws SyrinxError swap-not-canary
   */
  slotOfSwap(swap: string): Slot {
    const slot = this.slots().find(({ swapUnderWay }) => swapUnderWay === swap);
    if (slot) return slot;
    throw new SyrinxError("swap-not-canary", `Swap ${swap} is not under way`);
  }

  /**
   * Works out what {@linkcode swap} would do. A plugin that asks for more than it was granted is in the plan, and so is a
   * lack of memory.
   *
   * @throws SyrinxError slot-not-found, device-unavailable, or what keeps the binding from being resolved
   */
  async plan(name: string, change: Partial<WantedBinding>, strategy: Strategy = "auto"): Promise<SwapPlan> {
    const slot = this.slot(name);
    const to = resolveUngranted(this.#catalog, this.#grants, slot.kind, { ...slot.wanted, ...change });
    const assessment = await slot.assess(to, strategy);
    return planSwap(name, slot.running, to, this.#grants, assessment);
  }

  /**
   * Says how a slot would fare with another binding, or a new slot with its first: whether that is there and granted what
   * it asks for, and has room. Reserves nothing.
   */
  async forecast(
    name: string,
    kind: PluginKind,
    wanted: WantedBinding,
  ): Promise<{ memory?: MemoryVerdict; problem?: string }> {
    try {
      const binding = resolveBinding(this.#catalog, this.#grants, kind, wanted);
      const applicant = { slot: name, key: name, binding, strategy: "auto", givesBack: [] } as const;
      const assessment =
        this.#slots.get(name)?.assess(binding, "auto") ?? this.#environment.admission.assess(applicant);
      const found = await assessment;
      return found === "in-place" ? {} : { memory: found.memory };
    } catch (error) {
      return { problem: asSyrinxError(error).message };
    }
  }

  /** @returns a mistake for each secret that stands in clear in settings; of a plugin that is not there nothing is known */
  clearSecrets(kind: PluginKind, { plugin, settings }: WantedBinding): Violation[] {
    try {
      return clearSecrets(this.#catalog.plugin(kind, plugin), settings);
    } catch {
      return [];
    }
  }

  /** @returns what fills each voice and sink, and what their plugins know */
  record(): Promise<SlotRecord[]> {
    const slots = this.slots().filter(({ kind }) => kind !== "config-source");
    return Promise.all(slots.map((slot) => slot.record()));
  }

  /**
   * Swaps slots back to what was recorded of them, each with the state of then. One that runs the same, and has no state,
   * is left alone.
   *
   * @returns when each serves or has failed to: its swap, or why there was none
   */
  async bringBack(records: readonly SlotRecord[]): Promise<Pick<SnapshotRestore, "swaps" | "problems">> {
    const swaps: Promise<SwapRecord>[] = [];
    const problems: SnapshotRestore["problems"] = [];
    for (const record of records) {
      try {
        const served = this.#bringBack(record)?.served;
        if (served) swaps.push(served);
      } catch (error) {
        problems.push({ slot: record.slot, message: asSyrinxError(error).message });
      }
    }
    return { swaps: await Promise.all(swaps), problems };
  }

  /** Empties a slot; what is in flight is finished first. */
  async remove(name: string): Promise<void> {
    const slot = this.slot(name);
    this.#slots.delete(name);
    const left = slot.remove().finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
    await left;
  }

  /** Takes hold of a slot's present generation for one utterance. Throws as {@linkcode Slot.acquire} does. */
  acquire(name: string, timeoutMs: number): Promise<Lease> {
    return this.slot(name).acquire(timeoutMs);
  }

  /** Empties every slot. Resolves when no plugin process is left. */
  async close(): Promise<void> {
    for (const name of [...this.#slots.keys()]) void this.remove(name);
    await Promise.all(this.#leaving);
    await this.#egress.close();
  }

  #bringBack({ slot: name, binding: wanted, state }: SlotRecord): AcceptedSwap | undefined {
    const slot = this.slot(name);
    if (!wanted) return slot.running && slot.swap(undefined, "unload");
    const isSame = slot.running && Bun.deepEquals(describeBinding(slot.running), wanted);
    const given = recordedState(wanted, state);
    if (isSame && !given) return undefined;
    const binding = resolveBinding(this.#catalog, this.#grants, slot.kind, wanted);
    return choose(slot, slot.swap(binding, "request", given && { state: given }), wanted);
  }

  #evictable(): Evictable[] {
    return this.slots().flatMap((slot) =>
      slot.evictable.map(({ key, lastUsedAt }) => ({
        key,
        lastUsedAt,
        slot: slot.name,
        evict: () => slot.evict(key),
      })),
    );
  }

  /** @throws SyrinxError slot-not-found or swap-busy */
  #free(name: string, onConflict: OnConflict): Slot {
    const slot = this.slot(name);
    if (onConflict === "queue" || !slot.swapping) return slot;
    throw new SyrinxError(
      "swap-busy",
      `Cannot swap ${name} as a swap of it is under way. Ask with onConflict=queue to wait for it`,
    );
  }

  /** @param load false: only looks whether the wanted binding could be had */
  async #bind(
    slot: Slot,
    reason: "start" | "config" | "demand",
    load: boolean,
  ): Promise<SyrinxError | undefined> {
    try {
      const binding = resolveBinding(this.#catalog, this.#grants, slot.kind, slot.wanted);
      if (!load) return undefined;
      const { stage, error } = await slot.swap(binding, reason).served;
      if (stage !== "failed" || !error) return undefined;
      return new SyrinxError(isErrorCode(error.code) ? error.code : "internal", error.message);
    } catch (cause) {
      const error = asSyrinxError(cause);
      slot.reject(error);
      return error;
    }
  }

  #demand(name: string): void {
    void this.#bind(this.slot(name), "demand", true);
  }

  /** What served before, as the journal of an earlier run of the engine knows it. */
  #previousOf({ name, kind, running }: Slot): Binding | undefined {
    const present = running && describeBinding(running);
    for (const { stage, from } of this.options.journal.swaps({ slot: name, limit: HISTORY })) {
      if (stage !== "done" || !from || Bun.deepEquals(from, present)) continue;
      return resolveBinding(this.#catalog, this.#grants, kind, from);
    }
    return undefined;
  }
}

/** Keeps the choice once it serves: what did not load is never saved as the choice. */
function choose(slot: Slot, accepted: AcceptedSwap, wanted: WantedBinding): AcceptedSwap {
  void accepted.served.then((record) => {
    if (record.stage !== "failed" && record.stage !== "rolled-back") slot.wanted = wanted;
  });
  return accepted;
}
