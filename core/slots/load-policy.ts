/**
 * The load policy of a slot: whether it is loaded at once or at its first request, when it is unloaded, and how much
 * memory its processes may take.
 *
 * An unloaded slot has no process. It was unloaded by hand, because nobody used it for `idleUnloadMs`, because others needed the
 * memory, or it is loaded on demand. The next request loads it again, unless it was unloaded by hand and is eager: then
 * it waits for `load`.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import type { MemoryLimit } from "../instances/mod.ts";
import { IdleWatch } from "./idle-watch.ts";
import { isLoading, type SlotState } from "./lifecycle/mod.ts";
import type { LoadPolicy, SlotEnvironment } from "./slot-environment.ts";
import type { Instances } from "./slot-instances.ts";

export class LoadPolicyWatch {
  readonly #idle: IdleWatch;

  /**
   * @param policy it counts idle time from {@linkcode configure} on
   * @param idle called when nobody has used the slot for `idleUnloadMs`
   */
  constructor(
    private readonly slot: string,
    private policy: LoadPolicy,
    private readonly environment: SlotEnvironment,
    idle: () => void,
  ) {
    this.#idle = new IdleWatch(environment.clock, idle);
  }

  get loadPolicy(): LoadPolicy {
    return this.policy;
  }

  /** Takes over a changed policy. */
  configure(policy: LoadPolicy): void {
    this.policy = policy;
    this.#idle.configure(policy.idleUnloadMs);
  }

  /** An utterance is over. While one holds the slot, it is not idle anyway. */
  used(): void {
    this.#idle.used();
  }

  /** From now on nothing is unloaded because it is idle. */
  end(): void {
    this.#idle.end();
  }

  /**
   * Instances that may be ended to make room for others: a parked one, and one that is loaded on demand and not in use.
   *
   * @returns names of instances in the ledger of memory, each with when it was last used, on the monotonic clock in ms
   */
  evictable({ live, parked, swap }: SlotState, instances: Instances): { key: string; lastUsedAt: number }[] {
    const mayUnload = this.policy.load === "on-demand" && instances.inflight === 0 && !swap;
    const ids = [
      // A parked instance is freed before everything that may be used again.
      { id: parked?.instance, lastUsedAt: 0 },
      { id: mayUnload ? live?.instance : undefined, lastUsedAt: this.#idle.lastUsedAt },
    ];
    return ids.flatMap(({ id, lastUsedAt }) =>
      id === undefined ? [] : [{ key: instances.keyOf(id), lastUsedAt }],
    );
  }

  /** The most memory that one of its processes may take. */
  get memoryLimit(): MemoryLimit {
    const { memoryLimitBytes } = this.policy;
    return memoryLimitBytes === undefined
      ? { of: "host", bytes: this.environment.devices.hostBudgetBytes, from: "memory.budgets.host" }
      : { of: "host", bytes: memoryLimitBytes, from: `${this.slot}.memoryLimitBytes` };
  }

  /**
   * Has the slot loaded for somebody who wants it, unless that is under way.
   *
   * @throws SyrinxError slot-unloaded: it was unloaded by hand, and is not loaded by itself
   */
  demand(state: SlotState): void {
    const { unloaded } = state;
    const { slot, policy, environment } = this;
    if (unloaded === "request" && policy.load === "eager") {
      throw new SyrinxError(
        "slot-unloaded",
        `Slot ${slot} was unloaded by hand. Load it with syrinx load, or POST /control/slots/${slot}/load`,
        { retryAfter: 30 },
      );
    }
    if (!isLoading(state)) environment.demand(slot);
  }
}
