/**
 * A slot: does what its state machine (lifecycle/) decides, and tells it what came of it.
 *
 * @module
 */
import type { InstanceView, SlotRecord, SlotView } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy, SwapRecord } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { EventBody } from "../journal/mod.ts";
import type { AdmissionPreview } from "./admission.ts";
import { type Binding, bindingId, type LoadedVoice, type WantedBinding, wantedOf } from "../releases/mod.ts";
import { Instances } from "./slot-instances.ts";
import { performer } from "./effects.ts";
import type { Lease } from "./generation.ts";
import {
  type EffectOf,
  EMPTY_SLOT,
  servesInPlace,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
  type Transition,
  type Unloaded,
} from "./lifecycle/mod.ts";
import { Generations } from "./generations.ts";
import type { SlotEnvironment, SwapManner, LoadPolicy } from "./slot-environment.ts";
import { LoadPolicyWatch } from "./load-policy.ts";
import { recordSlot } from "./slot-record.ts";
import { slotEvent, stateOf, viewInstance, viewSlot } from "./slot-view.ts";
import type { AcceptedSwap } from "./swap-log.ts";
import { SlotWaiters } from "./slot-waiters.ts";

/** Codes of a binding that was wanted and could not be resolved. */
const UNOBTAINABLE: readonly string[] = ["release-not-found", "plugin-blocked"];

export class Slot {
  /** What the config wants, before versions are chosen. */
  wanted: WantedBinding;
  #state: SlotState = EMPTY_SLOT;
  #reported: EventBody | undefined;
  #lastVoice: LoadedVoice | undefined;
  /** By the ids of swaps that are not over. */
  readonly #manners = new Map<string, SwapManner>();
  readonly #loadPolicy: LoadPolicyWatch;
  readonly #instances: Instances;
  readonly #generations: Generations;
  readonly #waiters: SlotWaiters;
  readonly #perform: (effect: SlotEffect) => void;

  constructor(
    readonly name: string,
    readonly kind: PluginKind,
    wanted: WantedBinding,
    loadPolicy: LoadPolicy,
    private readonly environment: SlotEnvironment,
  ) {
    this.wanted = wanted;
    const report = (event: SlotEvent) => this.#dispatch(event);
    this.#instances = new Instances({
      slot: name,
      kind,
      environment,
      report,
      isAwaited: (id) => this.#state.swap?.instance === id || this.#state.recovery?.instance === id,
      isLive: (id) => this.#state.live?.instance === id,
      gone: (entry, error) => this.#generations.gone(entry, this.#state, error),
    });
    this.#loadPolicy = new LoadPolicyWatch({
      slot: name,
      loadPolicy,
      environment,
      instances: this.#instances,
      state: () => this.#state,
      unload: () => void this.swap(undefined, "idle"),
    });
    this.#generations = new Generations({
      slot: name,
      environment,
      instances: this.#instances,
      report,
      used: () => this.#loadPolicy.used(),
      memoryLimit: () => this.#loadPolicy.memoryLimit,
    });
    this.#waiters = new SlotWaiters({
      slot: name,
      clock: environment.clock,
      state: () => this.state,
      error: () => this.error,
      lease: () => this.#lease(),
      demand: () => this.#loadPolicy.demand(),
    });
    this.#perform = performer({
      slot: name,
      environment,
      instances: this.#instances,
      generations: this.#generations,
      state: () => this.#state,
      manner: (swap) => this.#manners.get(swap),
      unavailable: () => this.#waiters.unavailable(),
      report,
    });
  }

  get state(): SlotView["state"] {
    return stateOf(this.#state);
  }

  /** How it is kept. */
  get loadPolicy(): LoadPolicy {
    return this.#loadPolicy.loadPolicy;
  }

  /** Why nothing serves, or why the last swap failed. */
  get error(): SyrinxError | undefined {
    return this.#state.error;
  }

  /** Whether a swap is under way or waits. */
  get swapping(): boolean {
    return this.#state.swap !== undefined;
  }

  /** Whether nothing serves that could, or something other than what is wanted, as that could not be had. */
  get lacking(): boolean {
    return this.state === "failed" || UNOBTAINABLE.includes(this.#state.error?.code ?? "");
  }

  /** What serves; undefined if nothing does. */
  get running(): Binding | undefined {
    return this.#state.live?.binding;
  }

  /** The swap that is under way. */
  get swapUnderWay(): string | undefined {
    return this.#state.swap?.id;
  }

  /** Where a rollback leads; undefined if nothing else served before. */
  get previous(): Binding | undefined {
    return this.#state.previous;
  }

  /** Why nothing is loaded, though nothing is wrong; undefined if something is, or will be, or nothing can be. */
  get unloaded(): Unloaded | undefined {
    return this.state === "unloaded" ? this.#state.unloaded : undefined;
  }

  /** What the voice that served last said of itself when it was loaded; undefined if none has. */
  get lastVoice(): LoadedVoice | undefined {
    return this.#lastVoice;
  }

  /** As in {@linkcode LoadPolicyWatch}. */
  get evictable(): { key: string; lastUsedAt: number }[] {
    return this.#loadPolicy.evictable;
  }

  /**
   * @param anew whether another process has to serve in any case
   * @returns whether there is room for a swap now, and how that would be done. Reserves nothing.
   */
  async previewAdmission(
    binding: Binding,
    strategy: Strategy,
    anew: boolean,
  ): Promise<AdmissionPreview | "in-place"> {
    if (servesInPlace(this.#state, { binding, reason: "request", strategy, anew })) return "in-place";
    const request = this.#instances.request(this.#state.lastInstance + 1, binding, strategy);
    return this.environment.admission.preview(request);
  }

  /** @returns what fills it, and what that knows */
  record(): Promise<SlotRecord> {
    const live = this.#instances.find(this.#state.live?.instance);
    return recordSlot(this.name, this.running, this.#generations.stateGiver(live));
  }

  /** Takes over how it is kept. A slot that is loaded on demand, and was never loaded, waits for its first request. */
  keep(loadPolicy: LoadPolicy): void {
    this.#loadPolicy.configure(loadPolicy);
    const { live, swap, error, removed } = this.#state;
    if (loadPolicy.load !== "on-demand" || live || swap || error || removed) return;
    this.#state = { ...this.#state, unloaded: "on-demand" };
    this.#tell();
  }

  /** Asks for a swap; it begins when those before it are over. */
  swap(binding: Binding | undefined, reason: SwapRecord["reason"], manner: SwapManner = {}): AcceptedSwap {
    const { strategy = "auto" } = manner;
    const swap = this.environment.swaps.plan(this.name, {
      reason,
      strategy,
      from: this.running,
      to: binding,
    });
    this.#manners.set(swap.id, manner);
    const anew = manner.state !== undefined;
    this.#dispatch({ type: "requested", id: swap.id, binding, reason, strategy, anew });
    return swap;
  }

  /** As {@linkcode swap}; what is wanted is kept once it serves: what did not load is never saved as the choice. */
  choose(
    wanted: WantedBinding,
    binding: Binding,
    reason: SwapRecord["reason"],
    manner?: SwapManner,
  ): AcceptedSwap {
    const accepted = this.swap(binding, reason, manner);
    void accepted.served.then(({ stage }) => {
      if (stage !== "failed" && stage !== "rolled-back") this.wanted = wanted;
    });
    return accepted;
  }

  /**
   * Routes all utterances to the canary.
   *
   * @param id of the swap
   * @throws SyrinxError swap-not-canary
   */
  promote(id: string): void {
    this.#requireCanary(id, "promote");
    this.#dispatch({ type: "promoted", id, detail: "promoted by hand" });
  }

  /**
   * Takes the canary back.
   *
   * @param id of the swap
   * @throws SyrinxError swap-not-canary
   */
  abort(id: string): void {
    this.#requireCanary(id, "abort");
    this.#dispatch({ type: "aborted", id, error: new SyrinxError("swap-aborted", "It was aborted by hand") });
  }

  /**
   * Ends an instance to make room for others, if it may still be ended.
   *
   * @param key that {@linkcode evictable} has named
   * @returns when its process is gone
   */
  async evict(key: string): Promise<void> {
    if (!this.evictable.some((one) => one.key === key)) return;
    const { parked } = this.#state;
    if (parked?.instance === undefined || this.#instances.keyOf(parked.instance) !== key) {
      await this.swap(undefined, "evicted").done;
      return;
    }
    const gone = this.#instances.find(parked.instance)?.instance.gone;
    this.#dispatch({ type: "unparked", instance: parked.instance });
    await gone;
  }

  /** Puts a fault on record that kept the wanted binding from becoming a swap. */
  reject(error: SyrinxError): void {
    this.#state = { ...this.#state, error, unloaded: undefined };
    if (!this.#state.live && !this.#state.swap) this.#perform({ type: "give-up", error });
    this.#tell();
  }

  /** What kept the wanted binding from being had is over: a slot that is loaded on demand waits for a request again. */
  clearError(): void {
    if (this.swapping) return;
    this.#state = { ...this.#state, error: undefined };
    this.keep(this.loadPolicy);
  }

  /**
   * Takes hold of the present generation for one utterance. A slot that was unloaded, but not by hand, is loaded.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed or slot-unloaded at once
   */
  acquire(timeoutMs: number): Promise<Lease> {
    return this.#waiters.acquire(timeoutMs);
  }

  /** Ends everything of the slot, what is in flight last. Resolves when no process is left. */
  async remove(): Promise<void> {
    this.#loadPolicy.end();
    this.#dispatch({
      type: "removed",
      error: new SyrinxError("slot-removed", `Slot ${this.name} was removed`),
    });
    await this.#instances.settled();
  }

  view(): SlotView {
    const { name, kind, wanted } = this;
    return viewSlot({
      slot: name,
      kind,
      load: this.loadPolicy.load,
      wanted,
      machine: this.#state,
      instances: this.#instances,
      restarts: this.#generations.restarts,
    });
  }

  /** Its instances as the API shows them, each with its name in the ledger of memory. */
  get instances(): (InstanceView & { key: string })[] {
    return this.#instances.all.map((entry) => ({
      ...viewInstance(entry, this.#state.lastGeneration + 1),
      key: this.#instances.keyOf(entry.id),
    }));
  }

  #lease(): Lease | undefined {
    const lease = this.#generations.lease();
    if (lease) this.#loadPolicy.used();
    return lease;
  }

  #requireCanary(id: string, what: string): void {
    const { swap } = this.#state;
    if (swap?.id === id && swap.stage === "canary") return;
    throw new SyrinxError("swap-not-canary", `Cannot ${what} swap ${id} as it is no canary that is on trial`);
  }

  #dispatch(event: SlotEvent): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      if (effect.type === "finish") this.#manners.delete(effect.transition.id);
      if (effect.type === "record") this.#noteRollback(effect.transition);
      if (effect.type === "route") this.#noteVoice(effect);
      this.#perform(effect);
    }
    this.#tell();
  }

  /** Who was heard is known by its speakers, also when it is not loaded. */
  #noteVoice({ instance, binding }: EffectOf<"route">): void {
    const loaded = this.#instances.find(instance)?.instance.loaded;
    if (loaded) this.#lastVoice = { loaded, release: bindingId(binding) };
  }

  /** What was rolled back is not wanted any more, whoever said so. */
  #noteRollback({ reason, stage, binding }: Transition): void {
    if (reason === "rollback" && stage === "routed" && binding) this.wanted = wantedOf(binding);
  }

  /** Wakes those who wait for another state, and tells of the slot if it is not as it was told of last. */
  #tell(): void {
    this.#waiters.wake();
    const event = slotEvent(this.name, this.#state);
    if (Bun.deepEquals(event, this.#reported)) return;
    this.#reported = event;
    this.environment.report(event);
  }
}
