/**
 * The plugin host: the catalog, and the slots that it fills.
 *
 * @module
 */
import type { InstanceView, PlannedEnd, SlotRecord, SnapshotRestore } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Devices } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";
import { EgressProxy, type InstanceEnvironment, type Timeouts } from "../instances/mod.ts";
import type { Report, SwapJournal } from "../journal/mod.ts";
import {
  type Catalog,
  type CatalogPaths,
  type Grants,
  type KnownVoice,
  knownVoice,
  Resolver,
  type WantedBinding,
} from "../releases/mod.ts";
import { Admission, type Evictable } from "./admission.ts";
import { bindSlot, refillSlot } from "./bind-slot.ts";
import { endedByMemory, type MemoryRules } from "./memory-ends.ts";
import { planRestores, restoreSlots, type SlotRestore } from "./restore-slots.ts";
import { Slot } from "./slot.ts";
import { changeTogether, type SlotChanger, type SlotFault, type WantedSlot } from "./slot-changes.ts";
import { SlotChoices } from "./slot-choices.ts";
import {
  EAGER,
  type LoadPolicy,
  type SlotChoice,
  type SlotEnvironment,
  type StartInstance,
  type SwapRules,
} from "./slot-environment.ts";
import { SlotRequests } from "./slot-requests.ts";
import { SwapLog } from "./swap-log.ts";
import { SwapPreview } from "./swap-preview.ts";

export interface HostOptions extends Omit<InstanceEnvironment, "egress" | "killed"> {
  journal: SwapJournal;
  /** Told of every stage of a swap, and of every change of a slot. */
  report: Report;
  grants: Grants;
  rules: SwapRules;
  devices: Devices;
  startInstance: StartInstance;
}

export class Host {
  readonly #slots = new Map<string, Slot>();
  /** Slots that were removed and finish what they began. */
  readonly #leaving = new Map<Slot, Promise<void>>();
  readonly #environment: SlotEnvironment;
  readonly #egress: EgressProxy;
  readonly #killed = new AbortController();
  readonly #resolver: Resolver;

  /** What people ask of its slots. */
  readonly requests: SlotRequests;
  /** What a swap would do. */
  readonly preview: SwapPreview;
  /** What becomes of bindings that people have chosen. */
  readonly choices: SlotChoices;

  private constructor(options: HostOptions, resolver: Resolver) {
    this.#resolver = resolver;
    const { journal, clock, log, report } = options;
    const demand = (name: string) => void bindSlot(this.slot(name), resolver, "demand");
    const admission = new Admission(options.devices, () => this.#evictable());
    const swaps = new SwapLog(journal, clock, log, report);
    this.#egress = new EgressProxy({ clock, log, report });
    this.preview = new SwapPreview({ resolver, admission, find: (name) => this.#slots.get(name) });
    this.requests = new SlotRequests({
      resolver,
      preview: this.preview,
      journal,
      slots: () => this.slots(),
      slotOf: (name) => this.slot(name),
    });
    this.choices = new SlotChoices({ resolver, swaps, find: (name) => this.#slots.get(name) });
    const chosen = (choice: SlotChoice) => this.choices.take(choice);
    const { signal: killed } = this.#killed;
    this.#environment = { ...options, swaps, admission, demand, chosen, egress: this.#egress, killed };
  }

  static async open(options: HostOptions): Promise<Host> {
    return new Host(options, await Resolver.open(options.paths, options.grants));
  }

  get catalog(): Catalog {
    return this.#resolver.catalog;
  }

  get grants(): Grants {
    return this.#resolver.grants;
  }

  /** Reads the disk again. Slots keep what they run. */
  rescan(paths?: CatalogPaths): Promise<void> {
    if (paths) this.#environment.paths = paths;
    return this.#resolver.rescan(paths);
  }

  /**
   * Takes over what the config says about plugins and swaps. It holds for swaps and health checks that begin later.
   */
  configure(change: {
    grants: Grants;
    requireSandbox: boolean;
    maxProcesses: number;
    timeouts: Timeouts;
    rules: SwapRules;
    /** How many CPU cores a voice may use at once. */
    cores: number;
  }): void {
    this.#resolver.grants = change.grants;
    this.#environment.sandbox = { ...this.#environment.sandbox, require: change.requireSandbox };
    this.#environment.maxProcesses = change.maxProcesses;
    this.#environment.timeouts = change.timeouts;
    this.#environment.cores = change.cores;
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
    const sameName = there.find((known) => known.split(".")[1] === name.split(".")[1]);
    const hint = sameName === undefined ? "" : `. Did you mean ${sameName}?`;
    throw new SyrinxError(
      "slot-not-found",
      `There is no slot "${name}": there ${there.length === 1 ? "is" : "are"} ${there.join(", ") || "none"}${hint}`,
    );
  }

  /** @returns the processes that would be ended if these rules about memory applied */
  endedBy(rules: MemoryRules): Promise<PlannedEnd[]> {
    return endedByMemory(this.instances, rules, this.#environment.devices);
  }

  /**
   * @returns what is known of a slot's voice, loaded or not; undefined if its binding cannot be resolved
   * @throws SyrinxError slot-not-found
   */
  voice(name: string): KnownVoice | undefined {
    const { running, kind, wish, lastVoice } = this.slot(name);
    try {
      const binding = running ?? this.#resolver.resolve(kind, wish.wanted);
      return knownVoice(binding, lastVoice);
    } catch {
      return undefined;
    }
  }

  /**
   * Checks whether a binding can be resolved. Changes nothing.
   *
   * @throws SyrinxError release-not-found, plugin-blocked, model-unsupported or settings-invalid
   */
  check(kind: PluginKind, wanted: WantedBinding): void {
    this.#resolver.resolve(kind, wanted);
  }

  /**
   * Brings a slot to what the config wants: a new slot is filled, an existing one is swapped. A slot that is loaded on
   * demand, or was unloaded, stays so, unless a load of it waits. What waits in a slot that is swapped ends: the config wants
   * something else. A failure is kept in the `error` of the slot and does not stop the others.
   *
   * @returns undefined once the binding serves, or why it does not
   */
  async fill(
    name: string,
    kind: PluginKind,
    wanted: WantedBinding,
    reason: "start" | "config",
    loadPolicy: LoadPolicy = EAGER,
  ): Promise<SyrinxError | undefined> {
    const slot = this.#slots.get(name) ?? new Slot(name, kind, wanted, loadPolicy, this.#environment);
    this.#slots.set(name, slot);
    slot.wish.configure(wanted);
    slot.setLoadPolicy(loadPolicy);
    const load = slot.unloaded === undefined || slot.loading;
    return bindSlot(slot, this.#resolver, reason, { load, overtaking: reason === "config" });
  }

  /**
   * Brings slots to what the config wants, all or none. If one fails, the others go back to what they were, and so do
   * those of `leaving` that had to make room.
   *
   * @param leaving slots that are no longer wanted. They keep serving until they are removed
   * @returns which slots failed and why; empty: all are as wanted
   */
  change(wanted: readonly WantedSlot[], leaving: readonly string[]): Promise<SlotFault[]> {
    const changer: SlotChanger = {
      find: (name) => this.#slots.get(name),
      check: ({ kind, wanted, binding }) =>
        binding === "fill" ? this.#resolver.obstacle(kind, wanted) : undefined,
      apply: (one) => this.#change(one),
      remove: (name) => this.remove(name),
    };
    return changeTogether(changer, wanted, leaving);
  }

  async #change({ slot: name, kind, wanted, loadPolicy, binding }: WantedSlot) {
    if (binding === "fill") return this.fill(name, kind, wanted, "config", loadPolicy);
    const slot = this.slot(name);
    if (binding === "adopt") slot.wish.adopt(wanted);
    slot.setLoadPolicy(loadPolicy);
    // It was waiting for a first request, and has to be loaded from now on.
    const isDue = loadPolicy.load === "eager" && slot.unloaded === "on-demand";
    return isDue ? bindSlot(slot, this.#resolver, "config") : undefined;
  }

  /**
   * Tries again to fill a slot, as plugins, models or grants have changed: see {@linkcode refillSlot}.
   *
   * @throws SyrinxError slot-not-found
   */
  async refill(name: string): Promise<void> {
    await refillSlot(this.slot(name), this.#resolver);
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
  restoreSlots(records: readonly SlotRecord[]): Promise<Pick<SnapshotRestore, "swaps" | "problems">> {
    return restoreSlots(records, (name) => this.slot(name), this.#resolver);
  }

  /**
   * Says what {@linkcode restoreSlots} would do now. Changes nothing.
   *
   * @param leaving slots that are removed before that
   * @param knows false: other releases and grants than now decide then
   */
  planRestore(
    records: readonly SlotRecord[],
    { leaving, knows }: { leaving: readonly string[]; knows: boolean },
  ): Promise<SlotRestore[]> {
    return planRestores(records, leaving, this.#slots, knows ? this.preview : undefined);
  }

  /** Empties a slot; what is in flight is finished first. */
  async remove(name: string): Promise<void> {
    const slot = this.slot(name);
    this.#slots.delete(name);
    const left = slot.remove().finally(() => this.#leaving.delete(slot));
    this.#leaving.set(slot, left);
    await left;
  }

  /** Empties every slot. Resolves when no plugin process is left. */
  async close(): Promise<void> {
    for (const name of [...this.#slots.keys()]) void this.remove(name);
    await Promise.all(this.#leaving.values());
    await this.#egress.close();
  }

  /** As {@linkcode close}, and kills every plugin process at once, whatever is in flight. */
  async kill(): Promise<void> {
    const closed = this.close();
    this.#killed.abort();
    for (const slot of this.#leaving.keys()) slot.kill();
    await closed;
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
}
