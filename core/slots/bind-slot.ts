/**
 * Swaps a slot to the binding that the config wants.
 *
 * @module
 */
import { asSyrinxError, isErrorCode, SyrinxError } from "../errors.ts";
import type { Resolver } from "../releases/mod.ts";
import type { Slot } from "./slot.ts";

/** How a slot is bound. */
export interface BindingManner {
  /** false: it is only checked whether the binding can be resolved. Default: true. */
  load?: boolean;
  /** Whether what waits in the slot ends. Default: false. */
  overtaking?: boolean;
}

/**
 * Finds the wanted binding of a slot, and swaps the slot to it. If there is none, the slot says why in its `error`.
 *
 * @returns undefined once the binding serves, or why it does not
 */
export async function bindSlot(
  slot: Slot,
  resolver: Resolver,
  reason: "start" | "config" | "demand",
  { load = true, overtaking = false }: BindingManner = {},
): Promise<SyrinxError | undefined> {
  try {
    const binding = resolver.resolve(slot.kind, slot.wish.wanted);
    if (!load) return undefined;
    const { stage, error } = await slot.swap(binding, reason, overtaking ? { turn: "overtaking" } : {})
      .served;
    if (stage !== "failed" || !error) return undefined;
    return new SyrinxError(isErrorCode(error.code) ? error.code : "internal", error.message);
  } catch (cause) {
    const error = asSyrinxError(cause);
    slot.reject(error);
    return error;
  }
}

/**
 * Tries again to fill a slot whose binding was missing or not granted. To be called when plugins, models or grants have
 * changed. A slot that has its binding keeps it. A slot that is loaded on demand waits for its first request.
 */
export async function refillSlot(slot: Slot, resolver: Resolver): Promise<void> {
  if (!slot.lacking) return;
  const waits = slot.loadPolicy.load === "on-demand" && !slot.running;
  const fault = await bindSlot(slot, resolver, "config", { load: !waits });
  if (waits && !fault) slot.clearError();
}
