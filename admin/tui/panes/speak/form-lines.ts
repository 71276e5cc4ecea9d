import type { SlotView } from "../../../../schemas/generated/api.ts";
import { bindingText } from "../../../client/mod.ts";
import { PLAYER_NAMES, type Player } from "../../../client/terminal/mod.ts";
import { clip, type Line, lineIn, type Part, pad, tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { type FieldName, fieldsIn, type SpeakState, slotOfVoice, underWay, voiceIn } from "./speak-state.ts";
import { fieldRows } from "./text-rows.ts";

/** Cells before the content of a field: a margin, its name, a gap. */
const NAME = 8;
/** Rows of text, at most this share of the pane. */
const TEXT_SHARE = 4;
const TEXT_LEAST = 2;

/** @returns the fields of the form, the one with the focus marked */
export function formLines(state: SpeakState, view: View, player: Player | undefined): Line[] {
  const { columns, rows } = view.size;
  const width = columns - NAME - 2;
  const textRows = Math.max(TEXT_LEAST, Math.floor(rows / TEXT_SHARE));
  const contents: Record<FieldName, () => readonly Line[]> = {
    text: () => fieldRows(state.text, width, textRows, state.isTyping),
    voice: () => [voiceLine(state, view)],
    speed: () => [[state.speed === 1 ? "1, the voice's own" : `${state.speed} x the voice's own`]],
    to: () => [[toText(state, player)]],
    keep: () => [[state.sinks.length === 0 ? "in no sink" : `in ${state.sinks.join(", ")}`]],
    speak: () => [speakLine(state)],
  };
  return fieldsIn(view).flatMap((name) =>
    contents[name]().map((line, index): Line => {
      const hasFocus = state.focus === name;
      const mark =
        index > 0 ? pad("", NAME) : `${hasFocus ? view.glyphs.cursor : " "}${pad(titleOf(name), NAME - 1)}`;
      const content = state.isTyping && name === "text" ? line : lineIn(hasFocus ? "strong" : "plain", line);
      return [tone(hasFocus ? "accent" : "dim", mark), ...content];
    }),
  );
}

function titleOf(name: FieldName): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

function voiceLine(state: SpeakState, view: View): Line {
  const { engine } = view;
  const problem = engine.problems.voices;
  const voices = engine.known.voices?.value.voices;
  if (!voices) return problem ? [tone("bad", problem.message)] : ["loading ..."];
  if (voices.length === 0)
    return [tone("warn", "the engine has no voice: add one to voices on the Config pane")];
  const id = voiceIn(state, view);
  if (id === undefined) return [tone("warn", "the engine has no default voice: choose one")];
  const voice = voices.find((one) => one.id === id);
  if (!voice) return [tone("warn", `${id} does not exist any more: choose another one`)];
  const slot = engine.known.slots?.value.slots.find((one) => one.slot === slotOfVoice(id));
  const isDefault = state.voice === undefined ? ", the default" : "";
  return [
    id,
    tone("dim", isDefault),
    ...(voice.language === "und" ? [] : [`  ${voice.language}`]),
    ...speakerParts(slot, voice.release),
  ];
}

/** @returns who would speak now, and its state unless that is ready */
function speakerParts(slot: SlotView | undefined, release: string | undefined): Part[] {
  const name = slot?.running ? bindingText(slot.running) : release;
  return [
    tone("dim", name === undefined ? "" : `  ${name}`),
    tone("dim", slot && slot.generation > 0 ? `  generation ${slot.generation}` : ""),
    ...(slot && slot.state !== "ready" ? [tone("warn", `  ${slot.state}`)] : []),
  ];
}

function toText({ to }: SpeakState, player: Player | undefined): string {
  switch (to.kind) {
    case "play":
      return player ? `played on this machine, through ${player[0]}` : "played nowhere";
    case "file":
      return `saved as ${clip(to.name, 60)}`;
    case "nowhere":
      return player ? "only measured" : `only measured: no player is here (${PLAYER_NAMES})`;
  }
}

function speakLine(state: SpeakState): Line {
  if (underWay(state)) return [tone("dim", "[ Speak ]  Esc stops the current one")];
  return state.focus === "speak" ? [tone("selected", "[ Speak ]")] : ["[ Speak ]"];
}
