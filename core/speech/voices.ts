/**
 * Finds the slot and the speaker for the voice that a client asks for.
 *
 * @module
 */
import type { VoiceView } from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import { type Host, voiceIds } from "../slots/mod.ts";

/** OpenAI's own model names, also with a date. All of them mean that the voice decides. */
const OPENAI_MODEL = /^(tts-1|gpt-4o-mini-tts|gpt-audio)/;

export interface VoiceNames {
  defaultVoice: string;
  /** Voice ids by their other names. */
  aliases: Readonly<Record<string, string>>;
}

export interface ChosenVoice {
  /** e.g. `voices.slt`. */
  slot: string;
  speaker: string | undefined;
  /** The voice id: `slt`, or `duo/rms`. */
  id: string;
}

/**
 * @param voice a voice id, an alias, or a speaker of the slot that `model` names. Absent: that slot, else the default voice
 * @param model a voice slot, a voice plugin, or one of OpenAI's names
 * @throws SyrinxError voice-not-found, which names the voices that exist
 */
export function chooseVoice(
  host: Host,
  names: VoiceNames,
  voice: string | undefined,
  model: string | undefined,
): ChosenVoice {
  const slots = new Set(
    host.slots().flatMap(({ kind, name }) => (kind === "voice" ? [name.slice("voices.".length)] : [])),
  );
  const slotOfModel = model !== undefined && slots.has(model) ? model : undefined;
  if (
    model !== undefined &&
    slotOfModel === undefined &&
    !OPENAI_MODEL.test(model) &&
    !isVoicePlugin(host, model)
  ) {
    const message = `There is no model "${model}": ask for a voice slot (${list(slots)}), a voice plugin, or tts-1`;
    throw new SyrinxError("voice-not-found", message, { violations: [{ pointer: "/model", message }] });
  }
  const wanted = voice ?? slotOfModel ?? names.defaultVoice;
  for (const id of [wanted, names.aliases[wanted], slotOfModel && `${slotOfModel}/${wanted}`]) {
    if (id === undefined) continue;
    const [slot = "", speaker] = id.split("/", 2);
    if (slots.has(slot) && (id !== wanted || !id.includes("/") || knows(host, slot, speaker)))
      return { slot: `voices.${slot}`, speaker, id };
  }
  throw new SyrinxError(
    "voice-not-found",
    `There is no voice "${wanted}": there are ${list(listVoices(host, names).map(({ id }) => id))}, and the aliases ${list(Object.keys(names.aliases))}`,
  );
}

/** @returns every voice of every slot, as the API lists them */
export function listVoices(host: Host, { defaultVoice, aliases }: VoiceNames): VoiceView[] {
  return host.slots().flatMap((slot) => {
    if (slot.kind !== "voice") return [];
    const name = slot.name.slice("voices.".length);
    const known = host.voice(slot.name);
    const { release, sampleRate, language = "und" } = known ?? {};
    const speakers = known?.speakers ?? [{ id: name, language }];
    return voiceIds(name, speakers).map((id): VoiceView => {
      const speaker = speakers.find((one) => id === `${name}/${one.id}`) ?? speakers[0];
      const others = Object.keys(aliases).filter((alias) => aliases[alias] === id);
      return {
        id,
        name: id === name ? name : (speaker?.name ?? id),
        language: speaker?.language ?? language,
        ...(release !== undefined && { release }),
        ...(sampleRate !== undefined && { sample_rate: sampleRate }),
        ...(others.length > 0 && { aliases: others }),
        ...(id === defaultVoice && { default: true }),
      };
    });
  });
}

/** A voice that was never loaded may have any speaker. This is checked again when it serves. */
function knows(host: Host, slot: string, speaker: string | undefined): boolean {
  const speakers = host.voice(`voices.${slot}`)?.speakers;
  return speaker === undefined || !speakers || speakers.some(({ id }) => id === speaker);
}

function isVoicePlugin(host: Host, name: string): boolean {
  return host.catalog.plugins.some((plugin) => plugin.kind === "voice" && plugin.name === name);
}

function list(names: Iterable<string>): string {
  return [...names].join(", ") || "none";
}
