/**
 * What is in the form, and what was spoken.
 *
 * @module
 */
import type { EngineError } from "../../../client/mod.ts";
import { type Field, fieldOf } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import type { BegunSwaps } from "../swaps/begun-swaps.ts";

/** Where the sound goes. */
export type Destination =
  | { readonly kind: "play" }
  /** A wav of that name, or one like it if it is taken. */
  | { readonly kind: "file"; readonly name: string }
  /** It is only measured. */
  | { readonly kind: "nowhere" };

/** What is to be spoken, and how. */
export interface Order {
  readonly text: string;
  /** Absent: the engine's default. */
  readonly voice?: string;
  readonly speed: number;
  readonly to: Destination;
  /** Slots of sinks that keep it, without the `sinks.` before. */
  readonly sinks: readonly string[];
}

export interface Utterance {
  readonly id: number;
  readonly order: Order;
  /** playing: all of it has come, and the player is not at its end. */
  readonly state: "waiting" | "speaking" | "playing" | "spoken" | "stopped" | "failed";
  /** The voice that speaks, as the engine says. */
  readonly voice?: string;
  readonly release?: string;
  readonly generation?: number;
  /** From the request to the first sound, in ms. */
  readonly firstMs?: number;
  /** Of sound, so far. */
  readonly seconds: number;
  /** From the request to the last of it, in ms. */
  readonly tookMs?: number;
  /** Where the sound went, in words. */
  readonly kept?: string;
  readonly problem?: EngineError;
}

export const FIELDS = ["text", "voice", "speed", "to", "keep", "speak"] as const;
export type FieldName = (typeof FIELDS)[number];

export interface SpeakState extends BegunSwaps {
  readonly focus: FieldName;
  readonly text: Field;
  /** Whether keys that print go into the text. */
  readonly isTyping: boolean;
  /** Absent: the engine's default. */
  readonly voice?: string;
  readonly speed: number;
  readonly to: Destination;
  readonly sinks: readonly string[];
  /** The newest first; that one may be under way. */
  readonly utterances: readonly Utterance[];
}

/** How many utterances are remembered. */
const KEPT = 50;
const GREETING = "Hello. This is Syrinx speaking.";
export const SLOWEST = 0.25;
export const FASTEST = 4;

/** @param canPlay whether there is a player on this machine */
export function emptyForm(canPlay: boolean): SpeakState {
  return {
    focus: "text",
    text: fieldOf(GREETING),
    isTyping: false,
    speed: 1,
    to: { kind: canPlay ? "play" : "nowhere" },
    sinks: [],
    utterances: [],
    begun: [],
  };
}

export function isUnderWay({ state }: Utterance): boolean {
  return state === "waiting" || state === "speaking" || state === "playing";
}

/** @returns the utterance that is under way */
export function underWay({ utterances }: SpeakState): Utterance | undefined {
  const [newest] = utterances;
  return newest && isUnderWay(newest) ? newest : undefined;
}

/** @returns the state with another utterance that has just begun */
export function withUtterance(state: SpeakState, utterance: Utterance): SpeakState {
  return { ...state, utterances: [utterance, ...state.utterances].slice(0, KEPT) };
}

/** @returns the state with what is known now of an utterance */
export function known(state: SpeakState, id: number, change: Partial<Utterance>): SpeakState {
  const utterances = state.utterances.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...state, utterances };
}

/** @returns the names of the sinks of the config */
export function sinksOf({ engine }: View): string[] {
  const slots = engine.known.slots?.value.slots ?? [];
  return slots.filter(({ kind }) => kind === "sink").map(({ slot }) => slot.replace(/^sinks\./, ""));
}

/** @returns the fields; without sinks there is none to choose them */
export function fieldsIn(view: View): FieldName[] {
  return FIELDS.filter((name) => name !== "keep" || sinksOf(view).length > 0);
}

/** @returns the id of the voice that is to speak: the one that was chosen, or the default; undefined: not known yet */
export function voiceIn({ voice }: SpeakState, { engine }: View): string | undefined {
  return voice ?? engine.known.voices?.value.voices.find((one) => one.default)?.id;
}

/** @returns the slot that a voice belongs to, e.g. voices.duo for duo/rms */
export function slotOfVoice(voice: string): string {
  return `voices.${voice.split("/")[0]}`;
}
