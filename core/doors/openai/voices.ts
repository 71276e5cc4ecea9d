import type { OpenAiModelList, VoiceList } from "../../../schemas/generated/api.ts";
import type { Operation } from "../../api/mod.ts";
import type { Host } from "../../slots/mod.ts";
import { listVoices, type Speech } from "../../speech/mod.ts";

/** GET /v1/audio/voices and /v1/models, in a shape that every known client can read. */
export function voiceRoutes(host: Host, speech: Speech, startedAt: number): Operation[] {
  return [
    {
      method: "get",
      path: "/v1/audio/voices",
      tag: "speech",
      scope: "voices",
      summary: "List the voices, with their voice ids for speech requests.",
      query: [{ name: "model", description: "Only the voices of this slot.", schema: { type: "string" } }],
      responses: {
        200: {
          description: "The voices, under two keys, because clients read different ones.",
          schema: "syrinx:api#/$defs/VoiceList",
        },
      },
      handle(context) {
        const slot = context.req.query("model");
        const voices = listVoices(host, speech.names).filter(
          ({ id }) => slot === undefined || id === slot || id.startsWith(`${slot}/`),
        );
        return context.json({ object: "list", voices, data: voices } satisfies VoiceList);
      },
    },
    {
      method: "get",
      path: "/v1/models",
      tag: "speech",
      scope: "voices",
      summary: "List the models that a speech request may name: voice slots, voice plugins and tts-1.",
      responses: { 200: { description: "The models.", schema: "syrinx:api#/$defs/OpenAiModelList" } },
      handle(context) {
        const slots = host
          .slots()
          .flatMap(({ kind, name }) => (kind === "voice" ? [name.slice("voices.".length)] : []));
        const plugins = host.catalog.plugins.flatMap(({ kind, name }) => (kind === "voice" ? [name] : []));
        const created = Math.floor(startedAt / 1000);
        const data = [...new Set(["tts-1", ...slots, ...plugins])].map((id) => ({
          id,
          object: "model" as const,
          created,
          owned_by: "syrinx",
        }));
        return context.json({ object: "list", data } satisfies OpenAiModelList);
      },
    },
  ];
}
