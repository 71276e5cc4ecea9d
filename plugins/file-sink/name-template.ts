import { PluginError, type SunkUtterance } from "syrinx/sdk";
import { safeComponent, safeField, slug } from "./safe-name.ts";

/** What a template may name. Dates and times are UTC: names sort by time, also over a change of the clocks. */
const FIELDS: Readonly<Record<string, (utterance: SunkUtterance) => string>> = {
  /** YYYY-MM-DD */
  date: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10),
  /** HHMMSS */
  time: ({ createdAt }) => new Date(createdAt).toISOString().slice(11, 19).replaceAll(":", ""),
  id: ({ id }) => safeField(id),
  voice: ({ voice }) => safeField(voice),
  format: ({ format }) => safeField(format),
  /** The beginning of the text, as letters, digits and dashes. */
  text: ({ text }) => slug(text),
};

export interface NameTemplate {
  /** Whether the name tells utterances apart by their id. */
  readonly hasId: boolean;
  /** @returns the parts of a path, each safe as the name of a file: no separator, no `..`, at most 240 bytes */
  parts(utterance: SunkUtterance): string[];
}

/**
 * @param template e.g. `{date}/{voice}-{id}.{format}`, the parts of the path being separated by `/`
 * @throws PluginError `settings-invalid` for an unknown field, a brace too many, or a path that leaves the folder
 */
export function parseTemplate(template: string): NameTemplate {
  const parts = template.split("/");
  for (const part of parts) {
    if (part === "" || part === "." || part === "..") {
      throw invalid(template, `each part of the path needs a name, and "${part}" is none`);
    }
    for (const [, field = ""] of part.matchAll(/\{([^{}]*)\}/g)) {
      if (!Object.hasOwn(FIELDS, field)) {
        throw invalid(
          template,
          `it knows no field "${field}": the fields are ${Object.keys(FIELDS).join(", ")}`,
        );
      }
    }
    if (/[{}]/.test(part.replaceAll(/\{[^{}]*\}/g, ""))) throw invalid(template, "each { needs a }");
  }
  return {
    hasId: template.includes("{id}"),
    parts: (utterance) =>
      parts.map((part) =>
        safeComponent(
          part.replaceAll(/\{([^{}]*)\}/g, (_, field: string) => FIELDS[field]?.(utterance) ?? ""),
        ),
      ),
  };
}

function invalid(template: string, reason: string): PluginError {
  return new PluginError("settings-invalid", `Cannot name files by "${template}" as ${reason}`);
}
