/**
 * How a slot is kept, apart from what fills it: whether it is loaded at its first request, unloaded when nobody needs it or
 * others need the room, and how much its processes may take.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import type { Instances } from "./slot-instances.ts";
import { IdleWatch } from "./idle-watch.ts";
import type { SlotState } from "./lifecycle/mod.ts";
import type { MemoryLimit } from "../instances/mod.ts";
import type { SlotEnvironment, LoadPolicy } from "./slot-environment.ts";

export interface LoadPolicyWatchOptions {
  slot: string;
  loadPolicy: LoadPolicy;
  environment: SlotEnvironment;
  instances: Instances;
  state(): SlotState;
  /** Called when nobody has used the slot for as long as it is kept. */
  unload(): void;
}

export class LoadPolicyWatch {
  readonly #idle: IdleWatch;
  #policy: LoadPolicy;

  constructor(private readonly options: LoadPolicyWatchOptions) {
    this.#policy = options.loadPolicy;
    this.#idle = new IdleWatch(options.environment.clock, () => this.#unloadIfIdle());
  }

  get loadPolicy(): LoadPolicy {
    return this.#policy;
  }

  /** Takes over how the slot is kept from now on. */
  configure(loadPolicy: LoadPolicy): void {
    this.#policy = loadPolicy;
    this.#idle.configure(loadPolicy.idleUnloadMs);
  }

  /** An utterance has begun, or is over. */
  used(): void {
    this.#idle.used();
  }

  /** Nothing is unloaded as it is idle any more. */
  end(): void {
    this.#idle.end();
  }

  /**
   * What may be ended to make room for others: what is parked, and a voice that comes on demand and is not in use. Names
   * of instances in the ledger of memory, each with when it was used last, on the monotonic clock in ms.
   */
  get evictable(): { key: string; lastUsedAt: number }[] {
    const { instances, state } = this.options;
    const { live, parked, swap } = state();
    const mayUnload = this.#policy.load === "on-demand" && this.#inflight === 0;
    const ids = [
      // What is parked goes before everything that may be used again.
      { id: parked?.instance, lastUsedAt: 0 },
      { id: mayUnload && !swap ? live?.instance : undefined, lastUsedAt: this.#idle.lastUsedAt },
    ];
    return ids.flatMap(({ id, lastUsedAt }) =>
      id === undefined ? [] : [{ key: instances.keyOf(id), lastUsedAt }],
    );
  }

  /** The most that one of its processes may take. */
  get memoryLimit(): MemoryLimit {
    const { slot, environment } = this.options;
    const { memoryLimitBytes } = this.#policy;
    return memoryLimitBytes === undefined
      ? { of: "host", bytes: environment.admission.hostBudgetBytes, from: "memory.budgets.host" }
      : { of: "host", bytes: memoryLimitBytes, from: `${slot}.memoryLimitBytes` };
  }

  /**
   * Has the slot loaded for somebody who wants it, unless that is under way.
   *
   * @throws SyrinxError slot-unloaded: it was unloaded by hand, and is not loaded by itself
   */
  demand(): void {
    const { slot, environment, state } = this.options;
    const { unloaded, swap, waiting } = state();
    if (unloaded === "request" && this.#policy.load === "eager") {
      throw new SyrinxError(
        "slot-unloaded",
        `Slot ${slot} was unloaded by hand. Load it with syrinx load, or POST /control/slots/${slot}/load`,
        { retryAfter: 30 },
      );
    }
    const isComing = swap?.binding || waiting.some(({ binding }) => binding);
    if (!isComing) environment.demand(slot);
  }

  get #inflight(): number {
    return this.options.instances.all
      .flatMap(({ generations }) => generations)
      .reduce((sum, { inflight }) => sum + inflight, 0);
  }

  #unloadIfIdle(): void {
    const { live, swap } = this.options.state();
    if (live?.instance !== undefined && !swap && this.#inflight === 0) this.options.unload();
  }
}
