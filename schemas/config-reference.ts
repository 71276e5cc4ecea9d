/**
 * The reference of all settings, as a Markdown page.
 *
 * @module
 */
import type { Schema } from "./inline-refs.ts";

/** The fields of a plugin's manifest that the page uses. */
export interface Manifest {
  name: string;
  version: string;
  kind: string;
  description: string;
  settings?: Schema;
}

/** The settings that make up a slot's binding. A new binding means a new process. */
const BINDING = /^(voices|sinks)\.NAME\.(plugin|model|device|settings)$/;
const HEADINGS = ["setting", "type", "default", "a change", "meaning"];
/** Suffixes of setting names, and the unit that each implies. */
const UNITS_BY_NAME: readonly [end: RegExp, unit: string][] = [
  [/Ms$/, "ms"],
  [/Bytes$/, "bytes"],
  [/^percent$/, "%"],
];
const UNIT_IN_TEXT = /\bin (ms|seconds|bytes|Hz|LUFS|dBTP|UTF-16 code units)\b/;

/**
 * @param config without $refs
 * @returns Markdown: every setting with its type, unit and default, and how a change of it is applied
 */
export function configReference(config: Schema, plugins: readonly Manifest[]): string {
  const sections = Object.entries(config.properties ?? {}).filter(([name]) => name !== "$schema");
  return `${[
    INTRODUCTION,
    ...sections.map(([name, schema]) => section(`\`${name}\``, schema, name, costInConfig)),
    "# Settings of the shipped plugins\n\nThey go into `settings` of a slot that runs the plugin. For other plugins see `syrinx plugins` and their manifests.",
    ...plugins.flatMap(pluginSection),
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `<!-- Generated from the JSON Schemas by \`bun run types\`. Do not edit. -->

# All settings

All settings of \`syrinx.jsonc\` (or .json, .yaml, .toml). The file lies above the built-in defaults and contains only the
differences; \`null\` removes a default. Without a file there are the voices \`slt\` and \`rms\`, the sink \`archive\`, and OpenAI's
voice names as aliases. \`syrinx config init\` writes a first file; its \`$schema\` lets editors complete and check it.
\`syrinx config validate\` lists its mistakes.

The engine applies a change while it runs: **at once**, or **by a swap** of the slots that it affects. In a swap, a new process is
loaded while the old one still serves. Utterances in progress keep their settings.`;

type Cost = (path: string, schema: Schema) => string;

const costInConfig: Cost = (path) => (BINDING.test(path) ? "by a swap" : "at once");
const costInPlugin: Cost = (_, schema) => (schema["x-live"] === true ? "at once" : "by a swap");

function pluginSection({ name, version, kind, description, settings }: Manifest): string[] {
  if (!settings || kind === "config-source") return [];
  const title = `\`${name}\` ${version} (${kind})`;
  return [section(title, { ...settings, description }, "", costInPlugin)];
}

function section(title: string, schema: Schema, path: string, cost: Cost): string {
  const { description, ...rest } = schema;
  const rows = rowsOf(rest, path, cost).map((cells) => `| ${cells.join(" | ")} |`);
  const table = [`| ${HEADINGS.join(" | ")} |`, `| ${HEADINGS.map(() => "---").join(" | ")} |`, ...rows];
  return [`## ${title}`, ...(description === undefined ? [] : [description]), table.join("\n")].join("\n\n");
}

/** @returns a row for every setting inside the schema, at any depth, but none for the schema itself */
function rowsOf(schema: Schema, path: string, cost: Cost): string[][] {
  const { properties = {}, additionalProperties, items, required = [] } = schema;
  const within = (at: string, one: Schema, isRequired: boolean) => [
    // A group without a description needs no row: its settings have theirs.
    ...(one.properties && one.description === undefined ? [] : [row(at, one, isRequired, cost)]),
    ...rowsOf(one, at, cost),
  ];
  return [
    ...Object.entries(properties).flatMap(([key, one]) =>
      within(path === "" ? key : `${path}.${key}`, one, required.includes(key)),
    ),
    ...(typeof additionalProperties === "object" ? within(`${path}.NAME`, additionalProperties, false) : []),
    ...(items?.properties ? rowsOf(items, `${path}[]`, cost) : []),
  ];
}

function row(path: string, schema: Schema, isRequired: boolean, cost: Cost): string[] {
  const fallback = schema.default === undefined ? (isRequired ? "required" : "") : code(schema.default);
  const secret = schema["x-secret"] === true ? " Secret: never shown." : "";
  return [
    `\`${path}\``,
    takes(schema, path.slice(path.lastIndexOf(".") + 1)),
    fallback,
    cost(path, schema),
    escaped((schema.description ?? "") + secret),
  ];
}

/** @returns e.g. `integer, 0 to 65535` or `number, from 0, in Hz` */
export function takes(schema: Schema, name: string): string {
  const { anyOf, enum: values, items } = schema;
  if (schema.const !== undefined) return code(schema.const);
  if (anyOf) return [anyOf.map((one) => takes(one, "")).join(", or "), ...unitOf(schema, name)].join(", ");
  if (values) return values.map((value) => code(value)).join(", ");
  const members = Object.keys(schema.properties ?? {}).map((key) => `\`${key}\``);
  const single = [String(schema.type ?? "anything"), ...(members.length > 0 ? [members.join(", ")] : [])];
  const kind = items ? `list of ${takes(items, "")}` : single.join(" of ");
  const pattern = typeof schema.pattern === "string" ? [`matching ${code(schema.pattern, false)}`] : [];
  const isNumber = schema.type === "integer" || schema.type === "number";
  return [kind, ...rangeOf(schema), ...pattern, ...(isNumber ? unitOf(schema, name) : [])].join(", ");
}

function rangeOf({ minimum, maximum, minLength, maxLength, minItems }: Schema): string[] {
  if (minimum !== undefined && maximum !== undefined) return [`${String(minimum)} to ${String(maximum)}`];
  if (minimum !== undefined) return [`from ${String(minimum)}`];
  if (maximum !== undefined) return [`up to ${String(maximum)}`];
  return [
    ...(minLength === undefined
      ? []
      : minLength === 1
        ? ["not empty"]
        : [`${String(minLength)} characters or more`]),
    ...(maxLength === undefined ? [] : [`${String(maxLength)} characters at most`]),
    ...(minItems === undefined ? [] : [`${String(minItems)} or more`]),
  ];
}

function unitOf({ description = "" }: Schema, name: string): string[] {
  const unit = UNITS_BY_NAME.find(([end]) => end.test(name))?.[1] ?? UNIT_IN_TEXT.exec(description)?.[1];
  return unit === undefined ? [] : [`in ${unit}`];
}

function code(value: unknown, asJson = true): string {
  return `\`${escaped(asJson ? JSON.stringify(value) : String(value))}\``;
}

/** Escapes the bars: a bar ends a table cell, even inside code. */
function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
