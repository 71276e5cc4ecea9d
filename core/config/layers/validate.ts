import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { Config } from "../../../schemas/generated/config.ts";
import type { Violation } from "../../errors.ts";
import { validator } from "../../schema.ts";
import { DEFAULT_DOCUMENT, followDefaultVoice } from "./defaults.ts";
import { fillDefaults } from "./fill-defaults.ts";
import type { FullConfig } from "./full-config.ts";
import { mergeLayers } from "../json/mod.ts";
import { type Layer, located, says } from "./layer.ts";
import { danglingReferences } from "./voice-references.ts";

const isConfig = validator<Config>("syrinx:config");

export type Validation =
  | { readonly config: FullConfig; readonly problems?: undefined }
  | { readonly config?: undefined; readonly problems: ConfigProblem[] };

/**
 * Merges the layers over the built-in defaults and checks the whole: against the schema, and for what that cannot say,
 * that the voices which are named are there.
 *
 * @param layers lowest first
 * @returns the config with all defaults filled in, or every problem at once, each with its origin and place
 */
export function validate(layers: readonly Layer[]): Validation {
  const document = mergeLayers([DEFAULT_DOCUMENT, ...layers.map((layer) => layer.document)]);
  return check(document, layers, (config) =>
    followDefaultVoice(config, (alias) =>
      layers.some((layer) => says(layer.document, `/speech/aliases/${alias}`)),
    ),
  );
}

/**
 * Checks a document that is the whole config, with nothing beneath it: one that was in force.
 *
 * @returns the very config, if no default was added since
 */
export function validateWhole(whole: Layer): Validation {
  return check(whole.document, [whole]);
}

/** @returns mistakes that no schema can know of */
export type Inspect = (config: FullConfig) => Violation[];

/** @returns the same, unless `inspect` finds mistakes: those, with their places in the layers */
export function inspected(
  validation: Validation,
  layers: readonly Layer[],
  inspect: Inspect = () => [],
): Validation {
  const violations = validation.config ? inspect(validation.config) : [];
  if (violations.length === 0) return validation;
  return { problems: violations.map((violation) => located(violation, layers)) };
}

function check(
  document: unknown,
  layers: readonly Layer[],
  adjust: (config: FullConfig) => void = () => {},
): Validation {
  if (!isConfig(document)) {
    const broken = isConfig.violations().map((violation) => located(violation, layers));
    return { problems: [...broken, ...referenceProblems(document, layers)] };
  }
  const config = fillDefaults(document);
  adjust(config);
  const problems = referenceProblems(config, layers);
  return problems.length > 0 ? { problems } : { config };
}

function referenceProblems(document: unknown, layers: readonly Layer[]): ConfigProblem[] {
  return danglingReferences(document).flatMap(({ pointer, message, missing }) => {
    if (layers.some((layer) => says(layer.document, pointer))) return [located({ pointer, message }, layers)];
    // A built-in alias goes where the default voice goes, and has no mistake of its own.
    if (pointer !== "/speech/defaultVoice") return [];
    // The built-in default voice was taken away by a layer: that is the line to look at.
    return [{ ...located({ pointer: missing, message }, layers), pointer }];
  });
}
