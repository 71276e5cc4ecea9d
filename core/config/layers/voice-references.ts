import { distance } from "fastest-levenshtein";
import type { Violation } from "../../errors.ts";
import { escapePointer } from "../../json-pointer.ts";

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
    if (slots.includes(slot)) return [];
    const message = `"${voice}" names no voice: it needs to be a slot of voices, or slot/speaker${hint(slot, slots)}`;
    return [{ pointer, message, missing: `/voices/${escapePointer(slot)}` }];
  });
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function hint(slot: string, slots: readonly string[]): string {
  if (slots.length === 0) return "; none is configured";
  const [best] = slots.map((name) => ({ name, d: distance(slot, name) })).sort((a, b) => a.d - b.d);
  if (best && best.d <= Math.max(2, slot.length / 3)) return ` (did you mean "${best.name}"?)`;
  return ` (configured: ${slots.join(", ")})`;
}
