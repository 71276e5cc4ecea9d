import { distance } from "fastest-levenshtein";
import type { Violation } from "../../errors.ts";
import { escapePointer } from "../../json-pointer.ts";
import { MAX_TOLD, shortened } from "../../schema.ts";

/** Among how many slots the nearest name is looked for, and how many are listed. */
const MAX_COMPARED = 1_000;
const MAX_LISTED = 20;

/** A voice id that names no slot. */
export interface DanglingReference extends Violation {
  /** Pointer of the slot that is not there: a layer may have removed it. */
  readonly missing: string;
}

/**
 * Checks that the default voice and every alias name a configured slot, or slot/speaker. The speakers are not checked: they
 * are known once the voice is loaded.
 *
 * @param document may break the schema elsewhere, so that all mistakes are reported at once
 */
export function danglingReferences(document: unknown): DanglingReference[] {
  const { speech, voices } = members(document);
  const { defaultVoice, aliases } = members(speech);
  const slots = Object.keys(members(voices));
  const isSlot = new Set(slots);
  let dangling = 0;
  const references: [pointer: string, voice: unknown][] = [
    ["/speech/defaultVoice", defaultVoice],
    ...Object.entries(members(aliases)).map(([alias, voice]): [string, unknown] => [
      `/speech/aliases/${escapePointer(alias)}`,
      voice,
    ]),
  ];
  return references.flatMap(([pointer, voice]) => {
    if (typeof voice !== "string") return [];
    const [slot = ""] = voice.split("/", 1);
    if (isSlot.has(slot)) return [];
    // No more than that many are told, beside the built-in aliases.
    const help = dangling++ < 2 * MAX_TOLD ? hint(slot, slots) : "";
    const message = `"${shortened(voice)}" names no voice: it needs to be a slot of voices, or slot/speaker${help}`;
    return [{ pointer, message, missing: `/voices/${escapePointer(slot)}` }];
  });
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function hint(slot: string, slots: readonly string[]): string {
  if (slots.length === 0) return "; none is configured";
  const wanted = shortened(slot);
  const [best] = slots
    .slice(0, MAX_COMPARED)
    .map((name) => ({ name, d: distance(wanted, shortened(name)) }))
    .sort((a, b) => a.d - b.d);
  if (best && best.d <= Math.max(2, wanted.length / 3)) return ` (did you mean "${shortened(best.name)}"?)`;
  const more = slots.length > MAX_LISTED ? ` and ${slots.length - MAX_LISTED} more` : "";
  return ` (configured: ${slots.slice(0, MAX_LISTED).map(shortened).join(", ")}${more})`;
}
