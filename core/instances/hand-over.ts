/**
 * State from the instance that serves to the one that is to follow it.
 *
 * @module
 */
import { asSyrinxError, type ErrorCode, SyrinxError } from "../errors.ts";
import type { Instance } from "./instance.ts";
import { releaseId } from "../releases/mod.ts";

/** State of more JSON than this is not handed over, in bytes: 1 MiB. */
export const MAX_STATE_BYTES = 1024 * 1024;
/** Errors of a process, not of what it thinks of the state. */
const NOT_AN_ANSWER: readonly ErrorCode[] = ["plugin-crashed", "plugin-timeout", "protocol-violation"];

/** Whose state it is. */
interface Owner {
  readonly binding: { readonly plugin: { readonly name: string; readonly version: string } };
}

/** What is asked of the instance that has the state. */
export interface StateGiver extends Owner {
  /** @throws SyrinxError plugin-timeout, or what the plugin says against it */
  snapshot(): Promise<unknown>;
}
/** What is asked of the instance that is to have it. */
export type StateTaker = Owner & Pick<Instance, "restore">;

/**
 * Takes the state of an instance that ends before another one could ask for it.
 *
 * @returns what gives that state later, or fails as the instance did
 */
export async function keepState(instance: StateGiver): Promise<StateGiver> {
  const [state] = await Promise.allSettled([instance.snapshot()]);
  return {
    binding: instance.binding,
    snapshot: () =>
      state.status === "fulfilled" ? Promise.resolve(state.value) : Promise.reject(state.reason as Error),
  };
}

/** What came of asking an instance for its state. */
export type TakenState =
  | { readonly outcome: "none" }
  | { readonly outcome: "taken" | "too-large"; readonly state: unknown; readonly bytes: number }
  | { readonly outcome: "failed"; readonly message: string };

/** Asks for a state, and looks whether it is small enough to be handed on. Never rejects. */
export async function takeState(giver: StateGiver): Promise<TakenState> {
  try {
    const state = await giver.snapshot();
    if (state === null) return { outcome: "none" };
    const bytes = Buffer.byteLength(JSON.stringify(state));
    return { outcome: bytes > MAX_STATE_BYTES ? "too-large" : "taken", state, bytes };
  } catch (error) {
    return { outcome: "failed", message: asSyrinxError(error).message };
  }
}

/**
 * Hands the state of `from` to `to`, if both run the same plugin. An old version that has no state, or fails to give it,
 * never stops a new one: that does without.
 *
 * @param from undefined if nothing serves
 * @param mustTake false: if `to` refuses it, it does without
 * @returns what was handed over, or why nothing was, e.g. `1,204 bytes from piper@1.0.0`
 * @throws SyrinxError state-refused if `to` does not take it and must; plugin-crashed or plugin-timeout
 */
export async function handOver(
  from: StateGiver | undefined,
  to: StateTaker,
  mustTake: boolean,
): Promise<string> {
  if (!from) return "nothing to hand over";
  const old = releaseId(from.binding.plugin);
  if (from.binding.plugin.name !== to.binding.plugin.name)
    return `nothing to hand over: ${old} is another plugin`;
  const taken = await takeState(from);
  if (taken.outcome === "none") return "nothing to hand over";
  if (taken.outcome === "failed") return `nothing handed over: ${old} gave no state: ${taken.message}`;
  const { state, bytes } = taken;
  const size = `${bytes.toLocaleString("en")} bytes`;
  if (taken.outcome === "too-large")
    return `nothing handed over: the state of ${old} has ${size}, and the most are ${MAX_STATE_BYTES.toLocaleString("en")}`;
  try {
    await to.restore(state, old);
  } catch (cause) {
    const { code, message } = asSyrinxError(cause);
    if (NOT_AN_ANSWER.includes(code)) throw cause;
    const next = releaseId(to.binding.plugin);
    if (!mustTake) return `nothing handed over: ${next} refuses the state of ${old}: ${message}`;
    throw new SyrinxError(
      "state-refused",
      `Cannot hand the state of ${old} to ${next} as that refuses it: ${message}`,
      { cause },
    );
  }
  return `${size} from ${old}`;
}
