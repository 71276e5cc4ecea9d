import type { Hint } from "../pane.ts";
import { type FieldName, type SpeakState, underWay } from "./speak-state.ts";

const ENTER: Record<FieldName, string> = {
  text: "type",
  voice: "choose",
  speed: "change",
  to: "choose",
  keep: "choose",
  speak: "speak",
};

/** @returns the keys that work in the form as it is */
export function hints(state: SpeakState): readonly Hint[] {
  const swapKey = {
    what: "swap voice",
    help: "swap the slot of the voice to another release, also while it speaks",
  };
  if (state.isTyping)
    return [
      { key: "Enter", what: "speak", help: "speak the text" },
      { key: "Esc", what: "done typing", help: "leave the text" },
      { key: "Up Down", what: "other field", help: "leave the text for another field" },
      { ...swapKey, key: "Ctrl-S" },
    ];
  return [
    ...(underWay(state) ? [{ key: "Esc", what: "stop", help: "stop the utterance; x does that too" }] : []),
    { ...swapKey, key: "s" },
    { key: "Enter", what: ENTER[state.focus], help: "type, choose or speak: what the field is for" },
    { key: "Space", what: "speak", help: "speak the text from anywhere in the form" },
    { key: "t", what: "text", help: "type the text" },
    { key: "v", what: "voice", help: "choose the voice; Left and Right step through them" },
    { key: "Left Right", what: "step", help: "another voice or speed, with the cursor there" },
  ];
}
