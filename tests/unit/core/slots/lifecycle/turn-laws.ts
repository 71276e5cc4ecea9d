/**
 * What must hold of those that wait for their turn.
 *
 * @module
 */
import type { Played } from "./state-laws.ts";

/**
 * Checks what an event has done to those that wait.
 *
 * @param count called with each thing that has happened, for a test to see that all of it does
 */
export function checkTurns(played: Played, count: (what: string) => void): void {
  const { before, event, state, effects } = played;
  if (state.removed) return;
  const begun = effects.flatMap((effect) => (effect.type === "begin" ? [effect.id] : []));
  const ended = before.waiting.filter((one) => !state.waiting.includes(one) && !begun.includes(one.id));
  const asked = event.type === "requested" ? event.transition : undefined;
  if (asked?.turn !== "overtaking") {
    if (ended.length > 0) throw new Error("what waits ends before its turn, and nothing has overtaken it");
    if (asked?.turn === "first" && before.swap && !begun.includes(asked.id)) {
      if (state.waiting[0] !== asked) throw new Error("what goes first waits for others");
      count("goes first");
    }
    return;
  }
  if (ended.some(({ turn }) => turn !== undefined)) throw new Error("a change of the config is overtaken");
  if (state.waiting.some(({ turn }) => turn === undefined))
    throw new Error("what was asked before a change of the config goes on waiting");
  if (before.swap && before.swap.phase !== "canary" && state.swap !== before.swap)
    throw new Error("what is under way is not left alone by what overtakes those that wait");
  for (const { id } of ended) {
    const finished = effects.find((effect) => effect.type === "finish" && effect.id === id);
    const error = finished?.type === "finish" ? finished.error : undefined;
    if (error?.code !== "swap-overtaken" || !error.message.includes(asked.id))
      throw new Error(`${id} is not told what has overtaken it`);
    count("overtaken before its turn");
  }
}
