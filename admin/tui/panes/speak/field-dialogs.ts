/**
 * The dialogs of the form's fields.
 *
 * @module
 */
import { hostname } from "node:os";
import { PLAYER_NAMES, type Player } from "../../../client/terminal/mod.ts";
import type { ChoiceItem } from "../../dialogs/mod.ts";
import type { Change, Effect, View } from "../pane.ts";
import { type Destination, FASTEST, SLOWEST, type SpeakState, sinksOf, voiceIn } from "./speak-state.ts";

type SpeakEffect = Effect<Change<SpeakState>>;

const FILE_NAME = "speech.wav";

export function voiceChoice(state: SpeakState, view: View): SpeakEffect {
  const voices = view.engine.known.voices?.value.voices ?? [];
  const items = voices.map(({ id, language, release, default: isDefault }): ChoiceItem => {
    const parts = [language === "und" ? "" : language, release ?? "", isDefault ? "the default" : ""];
    return { label: id, note: parts.filter((part) => part !== "").join("  ") };
  });
  const first = Math.max(
    0,
    voices.findIndex(({ id }) => id === voiceIn(state, view)),
  );
  const choose =
    (index: number): Change<SpeakState> =>
    (later) => {
      const voice = voices[index]?.id;
      return { state: { ...later, ...(voice !== undefined && { voice }) } };
    };
  return { kind: "dialog", dialog: { kind: "choice", title: "Voice", items, first, choose } };
}

export function speedEntry({ speed }: SpeakState): SpeakEffect {
  const asNumber = (text: string) => Number(text.replace(",", "."));
  return {
    kind: "dialog",
    dialog: {
      kind: "entry",
      title: "Speed",
      body: [[`${SLOWEST} to ${FASTEST}; 1 is the voice's own`]],
      text: String(speed),
      check(text) {
        const value = asNumber(text);
        const isOne = text.trim() !== "" && value >= SLOWEST && value <= FASTEST;
        return isOne ? undefined : `A speed is a number from ${SLOWEST} to ${FASTEST}`;
      },
      enter: (text) => (state) => ({ state: { ...state, speed: asNumber(text) } }),
    },
  };
}

export function toChoice({ to }: SpeakState, player: Player | undefined): SpeakEffect {
  const where = player
    ? `through ${player[0]} on ${hostname()}, where this screen runs`
    : `not here: none of ${PLAYER_NAMES} is installed on ${hostname()}`;
  const items: [Destination["kind"], ChoiceItem][] = [
    ["play", { label: "play it", note: where }],
    ["file", { label: "save it", note: "to a wav file, never over one that is there" }],
    ["nowhere", { label: "only measure", note: "the sound is discarded" }],
  ];
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: "Where the sound goes",
      items: items.map(([, item]) => item),
      first: items.findIndex(([kind]) => kind === to.kind),
      choose: (index) => (state) => {
        const kind = items[index]?.[0] ?? "nowhere";
        // Without a player the sound can only be saved.
        if (kind === "file" || (kind === "play" && !player)) return { state, effects: [fileEntry(state)] };
        return { state: { ...state, to: { kind } } };
      },
    },
  };
}

export function fileEntry({ to }: SpeakState): SpeakEffect {
  return {
    kind: "dialog",
    dialog: {
      kind: "entry",
      title: "Save as",
      body: [[`A wav file on ${hostname()}; from ${process.cwd()} unless it begins with /`]],
      text: to.kind === "file" ? to.name : FILE_NAME,
      check: (text) => (text.trim() === "" ? "A file needs a name" : undefined),
      enter: (text) => (state) => {
        const name = text.trim();
        return {
          state: { ...state, to: { kind: "file", name: name.endsWith(".wav") ? name : `${name}.wav` } },
        };
      },
    },
  };
}

/** Choosing a sink adds it, or removes it. */
export function sinkChoice({ sinks }: SpeakState, view: View): SpeakEffect {
  const names = sinksOf(view);
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: "Sinks that store it",
      items: names.map((name) => ({
        label: name,
        note: sinks.includes(name) ? "stores it: Enter removes the sink" : "does not: Enter adds the sink",
      })),
      choose: (index) => (state) => {
        const name = names[index] ?? "";
        const rest = state.sinks.filter((one) => one !== name);
        return { state: { ...state, sinks: rest.length < state.sinks.length ? rest : [...rest, name] } };
      },
    },
  };
}
