/**
 * What must hold whenever utterances are sent elsewhere, and of what is kept for a rollback.
 *
 * @module
 */
import { type Binding, sameBinding } from "../../../../../core/releases/binding.ts";
import type { EffectOf, SlotState } from "../../../../../core/slots/lifecycle/mod.ts";
import type { Canary } from "../../../../../core/slots/lifecycle/state.ts";

interface Routed {
  instance: number;
  generation: number;
  binding: Binding;
}

export class RoutingLaws {
  /** What each process was started with. */
  readonly #started = new Map<number, Binding>();
  /** What each process served last. */
  readonly #serves = new Map<number, Binding>();
  /** Where utterances were sent last. */
  #routed: Routed | undefined;

  /** @param count called with each thing that has happened, for a test to see that all of it does */
  constructor(private readonly count: (what: string) => void) {}

  started({ instance, binding }: EffectOf<"start">): void {
    this.#started.set(instance, binding);
  }

  /** Utterances go to a process only if it ran, and was started with what it cannot change as it runs. */
  route({ instance, generation, binding }: Routed): void {
    const started = this.#started.get(instance);
    if (!started) throw new Error("utterances go to a process that never ran");
    if (started.settings.mark !== binding.settings.mark) throw new Error("a process serves what it cannot");
    this.#routed = { instance, generation, binding };
    this.#serves.set(instance, binding);
  }

  promote({ instance, generation }: EffectOf<"promote">, before: SlotState): void {
    const canary = canaryOf(before);
    if (canary?.instance !== instance || canary.generation !== generation)
      throw new Error("what is no canary is promoted");
    this.count("promoted");
    this.route({ instance, generation, binding: canary.transition.binding });
  }

  /** @param stages that the swap went through so far */
  reconfigure(effect: EffectOf<"reconfigure">, stages: readonly string[], isAlive: boolean): void {
    if (effect.instance !== this.#routed?.instance) throw new Error("another process is changed in place");
    if (!isAlive) throw new Error("a process that is gone is changed in place");
    if (stages.join() !== "planned,routed") throw new Error(`${effect.swap} is in place and has stages`);
    this.count("in place");
    this.route(effect);
  }

  recover(effect: EffectOf<"recover">, { live, recovery }: SlotState): void {
    if (recovery?.transition.id !== effect.swap) throw new Error("a process is replaced without a recovery");
    if (live?.instance !== undefined) throw new Error("a process that serves is replaced");
    if (effect.generation !== this.#routed?.generation || effect.binding !== this.#routed.binding)
      throw new Error("a replacement serves another generation");
    this.count("recovered");
    this.route(effect);
  }

  watch({ generation }: EffectOf<"watch">): void {
    if (generation !== this.#routed?.generation) throw new Error("what does not serve is watched");
  }

  restore({ from }: EffectOf<"restore">): void {
    if (from !== undefined && from !== this.#routed?.instance)
      throw new Error("a state comes from what does not serve");
  }

  park({ instance, ms }: EffectOf<"park">): void {
    if (ms <= 0) throw new Error("what is not to be kept is parked");
    const [parked, serving] = [this.#serves.get(instance), this.#routed?.binding];
    if (!parked || !serving || sameBinding(parked, serving))
      throw new Error("an instance is parked to which no rollback leads");
    this.count("parked");
  }
}

export function canaryOf({ swap }: SlotState): Canary | undefined {
  return swap?.phase === "canary" ? swap : undefined;
}
