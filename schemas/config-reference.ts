/**
 * The reference of all settings, as a page for people.
 *
 * @module
 */
import type { Schema } from "./inline-refs.ts";

/** What the page needs to know of a plugin's manifest. */
export interface Manifest {
  name: string;
  version: string;
  kind: string;
  description: string;
  settings?: Schema;
}

/** What of a slot's entry makes up its binding; another binding means another process. */
const BINDING = /^(voices|sinks)\.NAME\.(plugin|model|device|settings)$/;
const HEADINGS = ["setting", "what it takes", "default", "a change", "what it is"];
/** Ends of names, and what they say of the unit. */
const UNITS_BY_NAME: readonly [end: RegExp, unit: string][] = [
  [/Ms$/, "ms"],
  [/Bytes$/, "bytes"],
  [/^percent$/, "%"],
];
const UNIT_IN_TEXT = /\bin (ms|seconds|bytes|Hz|LUFS|dBTP|UTF-16 code units)\b/;

/**
 * @param config without $refs
 * @returns Markdown: every setting with what it takes, its unit, its default, and what a change of it costs
 */
export function configReference(config: Schema, plugins: readonly Manifest[]): string {
  const sections = Object.entries(config.properties ?? {}).filter(([name]) => name !== "$schema");
  return `${[
    INTRODUCTION,
    ...sections.map(([name, schema]) => section(`\`${name}\``, schema, name, costInConfig)),
    "# Settings of the plugins that ship\n\nIn `settings` of a slot that runs the plugin. Others: `syrinx plugins`, and their manifests.",
    ...plugins.flatMap(pluginSection),
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `<!-- Generated from the JSON Schemas by \`bun run types\`. Do not edit. -->

# All settings

Everything that \`syrinx.jsonc\` can say (or .json, .yaml, .toml). It lies over the built-in defaults and says only what is to be
different: \`null\` takes away what is below. With no file at all there are the voices \`slt\` and \`rms\`, the sink \`archive\`, and
OpenAI's voice names as aliases. \`syrinx config init\` writes a file to begin with, whose \`$schema\` lets editors complete and check;
\`syrinx config validate\` says what is wrong with it.

A change is taken over while the engine runs: **at once**, or **by a swap** of the slots that it touches: a new process is loaded
beside the old one, which serves until then. What is in hand keeps the settings that it began with.`;

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

/** The rows of what is in a schema, at whatever depth; its own comes from whoever it is in. */
function rowsOf(schema: Schema, path: string, cost: Cost): string[][] {
  const { properties = {}, additionalProperties, items, required = [] } = schema;
  const within = (at: string, one: Schema, isRequired: boolean) => [
    // What only holds others is told by them.
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
  const fallback = schema.default === undefined ? (isRequired ? "needed" : "") : code(schema.default);
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

/** A bar would end the cell of the table, in code as well. */
function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
