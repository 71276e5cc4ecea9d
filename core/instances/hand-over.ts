/**
 * Gives the state of the instance that serves to the instance that follows it.
 *
 * A swap does so in its stage `restoring`, if both run a plugin of the same name, and the `detail` of that stage says
 * what was handed over. A plugin that refuses the state fails the swap. An old version that has none, throws, takes too
 * long or gives too much never keeps a new one out: that starts without it, and `detail` says why. The old instance keeps
 * serving meanwhile. What it learns after its snapshot is not handed over. A process that follows one that died gets
 * nothing, because the state died with it.
 *
 * @module
 */
import { asSyrinxError, type ErrorCode, SyrinxError } from "../errors.ts";
import { releaseId } from "../releases/mod.ts";
import type { Instance } from "./instance.ts";

/** State whose JSON is larger is not handed over, in bytes: 1 MiB. */
export const MAX_STATE_BYTES = 1024 * 1024;
/** These errors say that the process failed, not that it refuses the state. */
const NOT_AN_ANSWER: readonly ErrorCode[] = ["plugin-crashed", "plugin-timeout", "protocol-violation"];

/** Who gives or takes a state. */
interface Owner {
  readonly binding: { readonly plugin: { readonly name: string; readonly version: string } };
}

/** An instance that has a state. */
export interface StateGiver extends Owner {
  /** @throws SyrinxError plugin-timeout, or the error of the plugin */
  snapshot(): Promise<unknown>;
}
/** An instance that takes a state over. */
export type StateTaker = Owner & Pick<Instance, "restore">;

/**
 * Takes the state of an instance that will have ended before the next one can ask for it.
 *
 * @returns a giver of that state; it rejects if the instance did
 */
export async function keepState(instance: StateGiver): Promise<StateGiver> {
  const [state] = await Promise.allSettled([instance.snapshot()]);
  return {
    binding: instance.binding,
    snapshot: () =>
      state.status === "fulfilled" ? Promise.resolve(state.value) : Promise.reject(state.reason as Error),
  };
}

/** The outcome of asking an instance for its state. */
export type TakenState =
  | { readonly outcome: "none" }
  | { readonly outcome: "taken" | "too-large"; readonly state: unknown; readonly bytes: number }
  | { readonly outcome: "failed"; readonly message: string };

/** Asks for a state, and checks that it is small enough to hand over. Never rejects. */
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
 * Hands the state of `from` to `to`, if both run the same plugin. If the old version has no state, or fails to give it, the
 * new version starts without.
 *
 * @param from undefined if nothing serves
 * @param mustTake false: `to` may refuse the state, and then starts without
 * @returns what was handed over, or why nothing was, e.g. `1,204 bytes from piper@1.0.0`
 * @throws SyrinxError state-refused if `to` refuses the state and must take it; plugin-crashed or plugin-timeout
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
      `Cannot hand the state of ${old} to ${next} because that refuses it: ${message}`,
      { cause },
    );
  }
  return `${size} from ${old}`;
}
