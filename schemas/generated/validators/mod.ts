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

/** Fills the defaults into a valid config. */
export const configDefaults: Make = (schemas) => require("./config-defaults.ts").default(schemas);
/** Checks a JSON Schema. */
export const jsonSchema: Make = (schemas) => require("./json-schema.ts").default(schemas);
