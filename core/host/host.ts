/**
 * The plugin host: the catalog, and the slots that it fills.
 *
 * @module
 */
import type { SwapPlan } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Report, SwapJournal } from "../journal/mod.ts";
import { resolveBinding, resolveUngranted, type WantedBinding } from "./binding.ts";
import { Catalog, type CatalogPaths } from "./catalog.ts";
import type { Lease } from "./generation.ts";
import type { InstanceEnvironment, Timeouts } from "./instance.ts";
import type { Grants } from "./permissions.ts";
import { Slot, type SlotEnvironment } from "./slot.ts";
import { type AcceptedSwap, SwapLog } from "./swap.ts";
import { planSwap } from "./swap-plan.ts";

export interface HostOptions extends InstanceEnvironment {
  journal: SwapJournal;
  /** Told of every stage of a swap, and of every change of a slot. */
  report: Report;
  paths: CatalogPaths;
  grants: Grants;
  drainTimeoutMs: number;
}

export class Host {
  readonly #slots = new Map<string, Slot>();
  /** Slots that were removed and finish what they began. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #environment: SlotEnvironment;
  #catalog: Catalog;
  #grants: Grants;

  private constructor(
    private readonly options: HostOptions,
    catalog: Catalog,
  ) {
    this.#catalog = catalog;
    this.#grants = options.grants;
    const { journal, clock, log, report } = options;
    this.#environment = { ...options, swaps: new SwapLog(journal, clock, log, report) };
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
  configure(change: {
    grants: Grants;
    requireSandbox: boolean;
    timeouts: Timeouts;
    drainTimeoutMs: number;
  }): void {
    this.#grants = change.grants;
    this.#environment.sandbox = { ...this.#environment.sandbox, require: change.requireSandbox };
    this.#environment.timeouts = change.timeouts;
    this.#environment.drainTimeoutMs = change.drainTimeoutMs;
  }

  /** @returns every slot, by name */
  slots(): Slot[] {
    return [...this.#slots.values()].sort((a, b) => a.name.localeCompare(b.name));
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

  /**
   * Brings a slot to what the config wants of it: a new one is filled, a present one is swapped. What goes wrong
   * stands in the slot's `error` and never stops the others.
   *
   * @returns when the binding serves or has failed to
   */
  async fill(
    name: string,
    kind: PluginKind,
    wanted: WantedBinding,
    reason: "start" | "config",
  ): Promise<void> {
    const slot = this.#slots.get(name) ?? new Slot(name, kind, wanted, this.#environment);
    this.#slots.set(name, slot);
    slot.wanted = wanted;
    try {
      await slot.swap(resolveBinding(this.#catalog, this.#grants, kind, wanted), reason).served;
    } catch (error) {
      slot.reject(asSyrinxError(error));
    }
  }

  /**
   * Fills a slot again that had to do without what it wants, as that was not there or not granted. For when plugins,
   * models or grants have changed; other slots keep what they run.
   */
  async refill(name: string): Promise<void> {
    const slot = this.slot(name);
    if (slot.lacking) await this.fill(name, slot.kind, slot.wanted, "config");
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
    onConflict: "queue" | "reject" = "queue",
  ): AcceptedSwap {
    const slot = this.slot(name);
    if (onConflict === "reject" && slot.swapping) {
      throw new SyrinxError(
        "swap-busy",
        `Cannot swap ${name} as a swap of it is under way. Ask with onConflict=queue to wait for it`,
      );
    }
    const wanted = { ...slot.wanted, ...change };
    const accepted = slot.swap(resolveBinding(this.#catalog, this.#grants, slot.kind, wanted), reason);
    void accepted.served.then((record) => {
      if (record.generation !== undefined) slot.wanted = wanted;
    });
    return accepted;
  }

  /**
   * Works out what {@linkcode swap} would do. A plugin that asks for more than it was granted is in the plan.
   *
   * @throws SyrinxError slot-not-found, or what keeps the binding from being resolved
   */
  plan(name: string, change: Partial<WantedBinding>): SwapPlan {
    const slot = this.slot(name);
    const to = resolveUngranted(this.#catalog, this.#grants, slot.kind, { ...slot.wanted, ...change });
    return planSwap(name, slot.running, to, this.#grants);
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
  }
}
