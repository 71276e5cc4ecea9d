// Generated from JSON Schema by `bun run types`. Do not edit.
import type { ValidateFunction } from "ajv";

/** Makes a validator. Its errors refer to parts of the schemas that it is given, by the names of their files. */
type Make = (schemas: object) => ValidateFunction;

/** By the reference to the schema. */
export const VALIDATORS: Readonly<Record<string, Make>> = {
  "syrinx:config": (schemas) => require("./config.ts").default(schemas),
  "syrinx:plugin": (schemas) => require("./plugin.ts").default(schemas),
  "syrinx:model": (schemas) => require("./model.ts").default(schemas),
  "syrinx:protocol#/$defs/PluginMessage": (schemas) => require("./protocol-plugin-message.ts").default(schemas),
  "syrinx:hooks#/$defs/LoadResult": (schemas) => require("./hooks-load-result.ts").default(schemas),
  "syrinx:hooks#/$defs/WriteResult": (schemas) => require("./hooks-write-result.ts").default(schemas),
  "syrinx:hooks#/$defs/SourceItem": (schemas) => require("./hooks-source-item.ts").default(schemas),
  "syrinx:api#/$defs/ConfigPatch": (schemas) => require("./api-config-patch.ts").default(schemas),
  "syrinx:api#/$defs/ConfigPlanRequest": (schemas) => require("./api-config-plan-request.ts").default(schemas),
  "syrinx:api#/$defs/ConfigRollbackRequest": (schemas) => require("./api-config-rollback-request.ts").default(schemas),
  "syrinx:api#/$defs/GrantRequest": (schemas) => require("./api-grant-request.ts").default(schemas),
  "syrinx:api#/$defs/SnapshotRequest": (schemas) => require("./api-snapshot-request.ts").default(schemas),
  "syrinx:api#/$defs/SpeechRequest": (schemas) => require("./api-speech-request.ts").default(schemas),
  "syrinx:api#/$defs/SwapRequest": (schemas) => require("./api-swap-request.ts").default(schemas),
};

/** Checks the settings of a plugin that ships, and fills in their defaults; by the SHA-256 of the schema's JSON. */
export const SETTINGS: Readonly<Record<string, Make>> = {
  "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a": (schemas) => require("./settings-none.ts").default(schemas),
  "f171a21e0b1dc12f77969a0729256b843a4be7381a744181f8352ef375d44ef1": (schemas) => require("./settings-config-source-env.ts").default(schemas),
  "768929f451c588f149d36c4d1db9ea02a9fe7794cf15be653428950fa730f664": (schemas) => require("./settings-sink-file.ts").default(schemas),
  "f737fbb25c050d1759a0deede7bf1e767b6cdfcf4f58ce89c71b0c120f6641c4": (schemas) => require("./settings-config-source-file.ts").default(schemas),
  "19c9fe79cbe38e892b4a31d1a1685e76b29a7f0e4a181825a412bdef71f6c75a": (schemas) => require("./settings-config-source-http.ts").default(schemas),
  "615d2f30f3bdea2db55bba133b39772b752a1ea20938376f12799d9f1162f28e": (schemas) => require("./settings-voice-piper.ts").default(schemas),
  "68a46493861c3debf4dbc6534477eae751f6940f8dbd3cd932da398a65d63155": (schemas) => require("./settings-voice-tone.ts").default(schemas),
};

/** Fills the defaults into a valid config. */
export const configDefaults: Make = (schemas) => require("./config-defaults.ts").default(schemas);
/** Checks a JSON Schema. */
export const jsonSchema: Make = (schemas) => require("./json-schema.ts").default(schemas);
