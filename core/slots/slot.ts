/**
 * A slot, as other rooms see it. Its state machine makes every decision (lifecycle/).
 *
 * @module
 */
import type { InstanceView, SlotRecord, SlotView } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import { type Binding, type LoadedVoice, type WantedBinding, wantedOf } from "../releases/mod.ts";
import type { AdmissionPreview } from "./admission.ts";
import type { Lease } from "./generation.ts";
import {
  isChanging,
  isLoading,
  type LoadReason,
  servesInPlace,
  type Unloaded,
  type UnloadReason,
} from "./lifecycle/mod.ts";
import { LoadPolicyWatch } from "./load-policy.ts";
import type { LoadPolicy, SlotEnvironment, SwapManner } from "./slot-environment.ts";
import { SlotMachine } from "./slot-machine.ts";
import { recordSlot } from "./slot-record.ts";
import { lacksBinding, stateOf, viewInstance, viewSlot } from "./slot-view.ts";
import { SlotWish } from "./slot-wish.ts";
import type { AcceptedSwap } from "./swap-log.ts";
import { requireCanary, requireTimeToPass } from "./trial.ts";

export class Slot {
  readonly wish: SlotWish;
  readonly #policy: LoadPolicyWatch;
  readonly #machine: SlotMachine;

  /** @param wanted by the config */
  constructor(
    readonly name: string,
    readonly kind: PluginKind,
    wanted: WantedBinding,
    loadPolicy: LoadPolicy,
    private readonly environment: SlotEnvironment,
  ) {
    this.wish = new SlotWish(wanted);
    this.#policy = new LoadPolicyWatch(name, loadPolicy, environment, () => this.#unloadIfIdle());
    this.#machine = new SlotMachine({
      slot: name,
      kind,
      environment,
      policy: this.#policy,
      rolledBack: (rollback) => {
        // Whoever rolls back does not want the newer binding any more.
        this.wish.request()(wantedOf(rollback.binding));
        environment.chosen({ slot: name, ...rollback });
      },
    });
  }

  get state(): SlotView["state"] {
    return stateOf(this.#machine.state);
  }

  get loadPolicy(): LoadPolicy {
    return this.#policy.loadPolicy;
  }

  /** Why nothing serves, or why the last swap failed. */
  get error(): SyrinxError | undefined {
    return this.#machine.state.error;
  }

  /** Whether a swap is under way or waits. */
  get swapping(): boolean {
    return this.#machine.state.swap !== undefined;
  }

  /** How many swaps wait for their turn. */
  get waiting(): number {
    return this.#machine.state.waiting.length;
  }

  /** Whether another binding than `running` is on its way, or none. */
  get changing(): boolean {
    return isChanging(this.#machine.state);
  }

  /** Whether a load is under way, or waits. */
  get loading(): boolean {
    return isLoading(this.#machine.state);
  }

  /** Whether it lacks its binding: it has failed, or another one serves because the wanted one could not be resolved. */
  get lacking(): boolean {
    return lacksBinding(this.#machine.state);
  }

  /** What serves; undefined if nothing does. */
  get running(): Binding | undefined {
    return this.#machine.state.live?.binding;
  }

  /** Id of the swap that is under way. */
  get swapUnderWay(): string | undefined {
    return this.#machine.state.swap?.transition.id;
  }

  /** Where a rollback leads; undefined if nothing else served before. */
  get previous(): Binding | undefined {
    return this.#machine.state.previous;
  }

  /** Why nothing is loaded though nothing is wrong; undefined if it is loaded, loading or has failed. */
  get unloaded(): Unloaded | undefined {
    return this.state === "unloaded" ? this.#machine.state.unloaded : undefined;
  }

  /** What the last voice that served said when it was loaded; undefined if there was none. */
  get lastVoice(): LoadedVoice | undefined {
    return this.#machine.generations.lastVoice;
  }

  /** As {@linkcode LoadPolicyWatch.evictable}. */
  get evictable(): { key: string; lastUsedAt: number }[] {
    return this.#policy.evictable(this.#machine.state, this.#machine.instances);
  }

  /**
   * @param newProcess whether another process has to serve in any case
   * @returns whether there is room for a swap now, and how that would be done. Reserves nothing.
   */
  async previewAdmission(
    binding: Binding,
    strategy: Strategy,
    newProcess: boolean,
  ): Promise<AdmissionPreview | "in-place"> {
    const { state, instances } = this.#machine;
    if (servesInPlace(state, { binding, reason: "request", strategy, newProcess })) return "in-place";
    return this.environment.admission.preview(instances.request(state.lastInstance + 1, binding, strategy));
  }

  /** @returns what fills it, with the state of its plugin */
  record(): Promise<SlotRecord> {
    const { state, instances, generations } = this.#machine;
    const giver = generations.stateGiver(instances.find(state.live?.instance));
    return recordSlot(this.name, this.running, giver);
  }

  /** Takes over a load policy. A slot that is loaded on demand, and was never loaded, waits for its first request. */
  setLoadPolicy(loadPolicy: LoadPolicy): void {
    this.#policy.configure(loadPolicy);
    this.#machine.report({ type: "load-policy-set", load: loadPolicy.load });
  }

  /**
   * Asks for a swap; it begins when those before it are over. A canary on trial ends at once. `turn` is for what waits.
   *
   * @throws SyrinxError journal-unwritable: a binding that serves is not replaced unless the journal has it. body-invalid: a
   *   canary would be over before its window is
   */
  swap(binding: Binding, reason: LoadReason, manner: SwapManner = {}): AcceptedSwap {
    const { strategy = "auto", state, keeping, actor, turn } = manner;
    requireTimeToPass({ ...this.environment.rules.canary, ...manner.canary });
    const rollback = reason === "rollback" && { rolledBackBy: manner.rolledBackBy ?? "hand" };
    const more = { ...rollback, ...(turn && { turn }) };
    const intent = { reason, strategy, from: this.running, to: binding, keeping, actor, ...rollback };
    const swap = this.environment.swaps.plan(this.name, intent);
    const { id } = swap;
    this.#machine.setManner(id, manner);
    this.#machine.report({
      type: "requested",
      transition: { kind: "load", id, binding, reason, strategy, newProcess: state !== undefined, ...more },
    });
    return swap;
  }

  /**
   * Asks for an unload; it begins when the swaps before it are over. A canary on trial ends at once.
   *
   * @throws SyrinxError journal-unwritable, as {@linkcode swap}
   */
  unload(reason: UnloadReason, { actor, turn }: Pick<SwapManner, "actor" | "turn"> = {}): AcceptedSwap {
    const intent = { reason, strategy: "auto", from: this.running, to: undefined, actor } as const;
    const swap = this.environment.swaps.plan(this.name, intent);
    const transition = { kind: "unload", id: swap.id, reason, ...(turn && { turn }) } as const;
    this.#machine.report({ type: "requested", transition });
    return swap;
  }

  /** As {@linkcode swap}. `wanted` is kept once it serves: a binding that did not load is never saved as the choice. */
  choose(wanted: WantedBinding, binding: Binding, reason: LoadReason, manner?: SwapManner): AcceptedSwap {
    const accepted = this.swap(binding, reason, manner);
    const serves = this.wish.request();
    void accepted.served.then(({ stage }) => {
      if (stage === "failed" || stage === "rolled-back") return;
      const { actor, keeping } = manner ?? {};
      serves(wanted);
      if (keeping) this.environment.chosen({ slot: this.name, swap: accepted.id, binding, actor, keeping });
    });
    return accepted;
  }

  /**
   * Routes all utterances to the canary.
   *
   * @param id of the swap
   * @param actor who asks for it
   * @throws SyrinxError swap-not-canary
   */
  promote(id: string, actor: string): void {
    requireCanary(this.#machine.state, id, "promote");
    this.#machine.report({ type: "promoted", id, detail: `promoted by hand, by ${actor}` });
  }

  /**
   * Takes the canary back.
   *
   * @param id of the swap
   * @param actor who asks for it
   * @throws SyrinxError swap-not-canary
   */
  abort(id: string, actor: string): void {
    requireCanary(this.#machine.state, id, "abort");
    const error = new SyrinxError("swap-aborted", `It was aborted by hand, by ${actor}`);
    this.#machine.report({ type: "aborted", id, error });
  }

  /**
   * Ends an instance to make room for others, if it may still be ended.
   *
   * @param key that {@linkcode evictable} has named
   * @returns when its process is gone
   */
  async evict(key: string): Promise<void> {
    if (!this.evictable.some((one) => one.key === key)) return;
    const { instances } = this.#machine;
    const { parked } = this.#machine.state;
    if (!parked || instances.keyOf(parked.instance) !== key) {
      await this.unload("evicted").done;
      return;
    }
    const gone = instances.find(parked.instance)?.instance.gone;
    this.#machine.report({ type: "unparked", instance: parked.instance });
    await gone;
  }

  /** The wanted binding could not be resolved, so that there is no swap. */
  reject(error: SyrinxError): void {
    this.#machine.report({ type: "rejected", error });
  }

  /** The wanted binding can be resolved again. A slot that is loaded on demand waits for a request again. */
  clearError(): void {
    this.#machine.report({ type: "error-cleared", load: this.loadPolicy.load });
  }

  /**
   * Takes a lease on the live generation, for one utterance. A slot that was unloaded, but not by hand, is loaded.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed or slot-unloaded at once
   */
  acquire(timeoutMs: number): Promise<Lease> {
    return this.#machine.waiters.acquire(timeoutMs);
  }

  /** Ends everything of the slot, what is in flight last. Resolves when no process is left. */
  async remove(): Promise<void> {
    this.#policy.end();
    const error = new SyrinxError("slot-removed", `Slot ${this.name} was removed`);
    this.#machine.report({ type: "removed", error });
    await this.#machine.instances.settled();
  }

  /** Kills its processes. */
  kill(): void {
    const error = new SyrinxError("slot-removed", `Slot ${this.name} was removed, and could not wait for it`);
    for (const { instance } of this.#machine.instances.all) instance.fail(error);
  }

  view(): SlotView {
    const { name: slot, kind, wish } = this;
    const { load } = this.loadPolicy;
    const { state: machine, instances, generations } = this.#machine;
    return viewSlot({ slot, kind, load, wish, machine, instances, restarts: generations.restarts });
  }

  /** Its instances as the API shows them, each with its name in the ledger of memory. */
  get instances(): (InstanceView & { key: string })[] {
    const { state, instances } = this.#machine;
    return instances.all.map((entry) => ({
      ...viewInstance(entry, state.lastGeneration + 1),
      key: instances.keyOf(entry.id),
    }));
  }

  #unloadIfIdle(): void {
    const { state, instances } = this.#machine;
    if (state.live?.instance === undefined || state.swap || instances.inflight > 0) return;
    void this.unload("idle");
  }
}
