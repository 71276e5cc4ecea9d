import type { Player } from "../../../client/terminal/mod.ts";
import { type Key, type Line, typed } from "../../screen/mod.ts";
import type { Effect, Pane, Step, View } from "../pane.ts";
import { told } from "../swaps/begun-swaps.ts";
import { pickSwap } from "../swaps/swap-picker.ts";
import { fileEntry, sinkChoice, speedEntry, toChoice, voiceChoice } from "./field-dialogs.ts";
import { formLines } from "./form-lines.ts";
import { hints } from "./hints.ts";
import {
  emptyForm,
  FASTEST,
  fieldsIn,
  SLOWEST,
  type SpeakState,
  slotOfVoice,
  underWay,
  voiceIn,
} from "./speak-state.ts";
import { STOP, speak } from "./speaking.ts";
import { newestLines, pastLines } from "./utterance-lines.ts";

type SpeakStep = Step<SpeakState>;

/** From one speed to the next by arrow keys. */
const SPEED_STEP = 0.25;
/** Is below the plan of a swap. */
const GOES_ON: readonly Line[] = [["The old one finishes the current utterance."]];

/** @param player that is on this machine, if any */
export function speakPane(player: Player | undefined): Pane<SpeakState> {
  return {
    name: "speak",
    initial: emptyForm(player !== undefined),
    needs: ["voices", "slots", "swaps", "plugins", "models"],
    isTyping: ({ isTyping }) => isTyping,
    key: (state, key, view) =>
      state.isTyping ? typedKey(state, key, view, player) : formKey(state, key, view, player),
    heard: told,
    draw(state, view) {
      const form = formLines(state, view, player);
      const [newest] = state.utterances;
      const lines: Line[] = [...form, [], ...(newest ? [...newestLines(newest, view), []] : [])];
      return [...lines, ...pastLines(state.utterances, view.size.rows - lines.length, view)];
    },
    hints,
  };
}

/** A key while the text is typed. */
function typedKey(
  state: SpeakState,
  key: Key,
  view: View,
  player: Player | undefined,
): SpeakStep | undefined {
  const left = { ...state, isTyping: false };
  switch (key.name) {
    case "enter":
      return speak({ ...left, focus: "speak" }, player);
    case "escape":
      return { state: left };
    case "up":
    case "down":
      return { state: stepped(left, key.name === "up" ? -1 : 1, view) };
    case "ctrl-s":
      return swap(left, view);
    default: {
      const text = typed(state.text, key);
      return text && { state: { ...state, text } };
    }
  }
}

function formKey(state: SpeakState, key: Key, view: View, player: Player | undefined): SpeakStep | undefined {
  const fields = fieldsIn(view);
  switch (key.name) {
    case "up":
    case "k":
      return { state: stepped(state, -1, view) };
    case "down":
    case "j":
      return { state: stepped(state, 1, view) };
    case "home":
      return { state: { ...state, focus: fields[0] ?? "text" } };
    case "end":
    case "G":
      return { state: { ...state, focus: fields.at(-1) ?? "speak" } };
    case "left":
      return { state: turned(state, -1, view) };
    case "right":
      return { state: turned(state, 1, view) };
    case " ":
      return speak(state, player);
    case "enter":
      return entered(state, view, player);
    case "t":
      return { state: { ...state, focus: "text", isTyping: true } };
    case "v":
      return { state: { ...state, focus: "voice" }, effects: [voiceChoice(state, view)] };
    case "s":
    case "ctrl-s":
      return swap(state, view);
    case "x":
    case "escape":
      return underWay(state) && { state, effects: [STOP] };
    default:
      return undefined;
  }
}

function entered(state: SpeakState, view: View, player: Player | undefined): SpeakStep {
  switch (state.focus) {
    case "text":
      return { state: { ...state, isTyping: true } };
    case "voice":
      return { state, effects: [voiceChoice(state, view)] };
    case "speed":
      return { state, effects: [speedEntry(state)] };
    case "to":
      return {
        state,
        effects: [state.to.kind === "nowhere" && !player ? fileEntry(state) : toChoice(state, player)],
      };
    case "keep":
      return { state, effects: [sinkChoice(state, view)] };
    case "speak":
      return speak(state, player);
  }
}

function stepped(state: SpeakState, by: number, view: View): SpeakState {
  const fields = fieldsIn(view);
  const at = Math.max(0, Math.min(fields.indexOf(state.focus) + by, fields.length - 1));
  return { ...state, focus: fields[at] ?? "text" };
}

/** @returns the state with the next voice or speed, where the focus is on one */
function turned(state: SpeakState, by: number, view: View): SpeakState {
  if (state.focus === "speed") {
    const speed = Math.max(SLOWEST, Math.min(state.speed + by * SPEED_STEP, FASTEST));
    return { ...state, speed };
  }
  if (state.focus !== "voice") return state;
  const ids = view.engine.known.voices?.value.voices.map(({ id }) => id) ?? [];
  const at = ids.indexOf(voiceIn(state, view) ?? "");
  const voice = ids[(at + by + ids.length) % ids.length];
  return voice === undefined ? state : { ...state, voice };
}

/** An utterance is finished by the generation that began it, whatever is chosen here. */
function swap(state: SpeakState, view: View): SpeakStep {
  const voice = underWay(state)?.voice ?? voiceIn(state, view);
  if (voice === undefined) return { state, effects: [warning("Choose a voice first")] };
  const name = slotOfVoice(voice);
  const slot = view.engine.known.slots?.value.slots.find((one) => one.slot === name);
  return { state, effects: [slot ? pickSwap(slot, view, GOES_ON) : warning(`${name} is not known yet`)] };
}

function warning(text: string): Effect<never> {
  return { kind: "notice", tone: "warn", text };
}
