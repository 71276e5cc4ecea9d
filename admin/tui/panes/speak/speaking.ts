/**
 * Begins an utterance, follows it, and says how it ended.
 *
 * @module
 */

import type { Player } from "../../../client/terminal/mod.ts";
import { errorDialog } from "../engine-error.ts";
import type { Change, Effect, Step } from "../pane.ts";
import { speakAloud } from "./speak-aloud.ts";
import {
  known,
  type Order,
  type SpeakState,
  type Utterance,
  underWay,
  withUtterance,
} from "./speak-state.ts";
import { realTimeText } from "./utterance-lines.ts";

type SpeakStep = Step<SpeakState>;
type SpeakEffect = Effect<Change<SpeakState>>;

/** Name of the task that speaks. */
const TASK = "speak";
/** Ends the utterance that is under way. */
export const STOP = { kind: "stop", task: TASK } as const;

/** @returns the form with a new utterance, and the task that speaks it */
export function speak(state: SpeakState, player: Player | undefined): SpeakStep {
  const text = state.text.text.trim();
  if (text === "") return { state, effects: [{ kind: "notice", tone: "warn", text: "Type a text first" }] };
  // An utterance that has arrived and is only being played makes room.
  const present = underWay(state);
  if (present && present.state !== "playing")
    return {
      state,
      effects: [{ kind: "notice", tone: "warn", text: "One utterance at a time: Esc stops the current one" }],
    };
  const { voice, speed, to, sinks } = state;
  const order: Order = { text, speed, to, sinks, ...(voice !== undefined && { voice }) };
  const id = (state.utterances[0]?.id ?? 0) + 1;
  const task: SpeakEffect = {
    kind: "task",
    name: TASK,
    run: (client, tell, signal) =>
      speakAloud(client, order, player, signal, (change) => tell((later) => told(later, id, change))),
  };
  return { state: withUtterance(state, { id, order, state: "waiting", seconds: 0 }), effects: [task] };
}

function told(state: SpeakState, id: number, change: Partial<Utterance>): SpeakStep {
  const next = known(state, id, change);
  const utterance = next.utterances.find((one) => one.id === id);
  return { state: next, effects: utterance && change.state ? newsOf(utterance) : [] };
}

function newsOf(utterance: Utterance): SpeakEffect[] {
  const { state, problem, seconds, kept } = utterance;
  if (problem)
    return [
      errorDialog(state === "spoken" ? "It was spoken, but its sound is lost" : "It was not spoken", problem),
    ];
  if (state === "stopped")
    return [{ kind: "notice", tone: "warn", text: `Stopped after ${seconds.toFixed(2)} s of sound` }];
  if (state !== "spoken") return [];
  const text = `Spoken: ${seconds.toFixed(2)} s of sound, ${realTimeText(utterance)} × real time; ${kept}`;
  return [{ kind: "notice", tone: "good", text }];
}
