import type { LenientBody } from "../../api/mod.ts";
import { isObject } from "../../json-pointer.ts";
import { SCHEMAS } from "../../schema.ts";

const { properties: FIELDS } = SCHEMAS.api.$defs.SpeechRequest;

/**
 * Reads the body of POST /v1/audio/speech as OpenAI's clients mean it: some libraries write null for a field that is not
 * set, and newer ones send fields that this engine does not know.
 *
 * @returns the body without these, and the names of the unknown fields, such as `voice.style`
 */
export function lenientBody(body: unknown): LenientBody {
  if (!isObject(body)) return { body, ignored: [] };
  const kept: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [field, value] of Object.entries(body)) {
    if (!Object.hasOwn(FIELDS, field)) ignored.push(field);
    else if (value !== null) kept[field] = value;
  }
  const { voice } = kept;
  if (isObject(voice) && Object.hasOwn(voice, "id")) {
    const { id, ...unknown } = voice;
    kept.voice = { id };
    ignored.push(...Object.keys(unknown).map((field) => `voice.${field}`));
  }
  return { body: kept, ignored };
}
