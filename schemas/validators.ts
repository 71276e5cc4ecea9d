/**
 * Writes the validators that the engine uses as code, with ajv's standalone mode. To compile them at each start of the
 * engine, and of each command that starts one, took more time than all the rest of the start.
 *
 * @module
 */

import { Ajv2020, type Options } from "ajv/dist/2020.js";
import { _Code } from "ajv/dist/compile/codegen/code.js";
import standalone from "ajv/dist/standalone/index.js";
import { AJV_CODE, CHECKING, FILLING, META_SCHEMA, OUTSIDE } from "../core/ajv-options.ts";

/** What the core validates while it runs. Other parts of the schemas are compiled when a test asks for them. */
const CHECKED = [
  "syrinx:config",
  "syrinx:plugin",
  "syrinx:model",
  "syrinx:protocol#/$defs/PluginMessage",
  "syrinx:hooks#/$defs/LoadResult",
  "syrinx:hooks#/$defs/WriteResult",
  "syrinx:hooks#/$defs/SourceItem",
  "syrinx:api#/$defs/ConfigPatch",
  "syrinx:api#/$defs/ConfigPlanRequest",
  "syrinx:api#/$defs/ConfigRollbackRequest",
  "syrinx:api#/$defs/GrantRequest",
  "syrinx:api#/$defs/SnapshotRequest",
  "syrinx:api#/$defs/SpeechRequest",
  "syrinx:api#/$defs/SwapRequest",
];

/** The schema that a plugin's manifest has for its settings. */
export interface PluginSettings {
  /** e.g. `voice-piper`. */
  readonly name: string;
  readonly schema: object;
}

type Schemas = Readonly<Record<string, object>>;

/** A value that the code of a validator uses. */
interface Named {
  value: { ref: unknown; code?: unknown };
}

/** How the code of a validator begins that ajv writes: it exports the function by its name, twice. */
const EXPORT = /^"use strict";\nexport const validate = (\w+);\nexport default \w+;\n([^]*)$/;

const BANNER = "// Generated from JSON Schema by `bun run types`. Do not edit.\n";

/**
 * @param schemas by name, each with its `$id`
 * @param plugins those that ship
 * @returns the text of each file, by its name in schemas/generated/validators
 */
export function validatorFiles(schemas: Schemas, plugins: readonly PluginSettings[]): Map<string, string> {
  const files = new Map<string, string>();
  const places = placesIn(schemas);
  for (const ref of CHECKED) files.set(fileOf(ref), codeOf(ref, CHECKING, schemas, places));
  files.set("config-defaults.ts", codeOf("syrinx:config", FILLING, schemas, places));
  files.set("json-schema.ts", codeOf(META_SCHEMA, { ...OUTSIDE, useDefaults: false }, schemas, places));
  const settings = new Map<string, string>();
  for (const { name, schema } of [{ name: "none", schema: {} }, ...plugins]) {
    const file = `settings-${name}.ts`;
    settings.set(hashOf(schema), file);
    files.set(file, settingsCodeOf(schema));
  }
  files.set("mod.ts", indexOf(settings));
  return files;
}

/** By this the engine finds the validator of a plugin's settings: another schema, even of the same plugin, is compiled. */
function hashOf(schema: object): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(schema)).digest("hex");
}

/** As core/releases/settings-validator.ts compiles the schemas of other plugins; the patterns are those of the runtime. */
function settingsCodeOf(schema: object): string {
  const settings = { type: "object", additionalProperties: false, ...schema, $id: "settings" };
  return codeOf("settings", OUTSIDE, { settings }, placesIn({ settings }));
}

/** @returns e.g. `api-speech-request.ts` */
function fileOf(ref: string): string {
  const name = ref.replace("syrinx:", "").replace("#/$defs/", "");
  return `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
}

function codeOf(
  ref: string,
  options: Options,
  schemas: Schemas,
  places: ReadonlyMap<unknown, string>,
): string {
  const code = { ...AJV_CODE, source: true, esm: true, lines: true };
  const ajv = new Ajv2020({ ...options, validateSchema: false, code });
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema(ref);
  if (!validate) throw new Error(`No schema ${ref}`);
  referToSchemas(ajv, places);
  const [, name = "", text = ""] = EXPORT.exec(standalone(ajv, validate)) ?? [];
  const used = Object.keys(schemas).filter((one) =>
    new RegExp(`^const schema\\d+ = ${one}\\b`, "m").test(text),
  );
  return `// @ts-nocheck\n${BANNER}export default function ({ ${used.join(", ")} }) {\n${text.trim()}\nreturn ${name};\n}\n`;
}

/**
 * The code would have a copy of each part of a schema that its errors show. core/schema.ts looks for these parts in the
 * schemas, so they must be the same objects.
 */
function referToSchemas(ajv: Ajv2020, places: ReadonlyMap<unknown, string>): void {
  // Not in ajv's types: the values that the code uses, by the prefix of their names.
  const { schema = new Map() } = (ajv.scope as unknown as { _values: Record<string, Map<unknown, Named>> })
    ._values;
  for (const { value } of schema.values()) {
    const place = places.get(value.ref);
    if (place !== undefined) value.code = new _Code(place);
  }
}

/** @returns where each part of the schemas is, as an expression, e.g. `config["$defs"]["Voice"]` */
function placesIn(schemas: Schemas): Map<unknown, string> {
  const places = new Map<unknown, string>();
  const walk = (part: unknown, place: string) => {
    if (typeof part !== "object" || part === null) return;
    places.set(part, place);
    for (const [key, inner] of Object.entries(part)) walk(inner, `${place}[${JSON.stringify(key)}]`);
  };
  for (const [name, schema] of Object.entries(schemas)) walk(schema, name);
  return places;
}

/** Each file is loaded when its validator is first used. */
function indexOf(settings: ReadonlyMap<string, string>): string {
  const make = (file: string) => `(schemas) => require(${JSON.stringify(`./${file}`)}).default(schemas)`;
  const lines = CHECKED.map((ref) => `  ${JSON.stringify(ref)}: ${make(fileOf(ref))},`);
  const ofPlugins = [...settings].map(([hash, file]) => `  "${hash}": ${make(file)},`);
  return `${BANNER}import type { ValidateFunction } from "ajv";

/** Makes a validator. Its errors refer to parts of the schemas that it is given, by the names of their files. */
type Make = (schemas: object) => ValidateFunction;

/** By the reference to the schema. */
export const VALIDATORS: Readonly<Record<string, Make>> = {
${lines.join("\n")}
};

/** Checks the settings of a plugin that ships, and fills in their defaults; by the SHA-256 of the schema's JSON. */
export const SETTINGS: Readonly<Record<string, Make>> = {
${ofPlugins.join("\n")}
};

/** Fills the defaults into a valid config. */
export const configDefaults: Make = ${make("config-defaults.ts")};
/** Checks a JSON Schema. */
export const jsonSchema: Make = ${make("json-schema.ts")};
`;
}
