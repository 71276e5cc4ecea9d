import { PluginError, type SunkUtterance } from "syrinx/sdk";
import { safeComponent, safeField, slug } from "./safe-name.ts";

/** The fields of a template. Dates and times are UTC, so that names sort by time even when the clocks change. */
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
  /** Whether the name contains the id. */
  readonly hasId: boolean;
  /** @returns the parts of a path, each safe as a file name: no separator, no `..`, at most 240 bytes */
  parts(utterance: SunkUtterance): string[];
}

/**
 * @param template e.g. `{date}/{voice}-{id}.{format}`, with `/` between the parts of the path
 * @throws PluginError `settings-invalid` for an unknown field, an unmatched brace, or a path that leaves the folder
 */
export function parseTemplate(template: string): NameTemplate {
  const parts = template.split("/");
  for (const part of parts) {
    if (part === "" || part === "." || part === "..") {
      throw invalid(template, `each part of the path must be a name: "${part}" is not`);
    }
    for (const [, field = ""] of part.matchAll(/\{([^{}]*)\}/g)) {
      if (!Object.hasOwn(FIELDS, field)) {
        throw invalid(
          template,
          `there is no field "${field}": the fields are ${Object.keys(FIELDS).join(", ")}`,
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
  return new PluginError("settings-invalid", `Cannot name files by "${template}" because ${reason}`);
}
