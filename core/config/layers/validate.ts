/**
 * From layers to one valid config, or to every problem at once.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { Config } from "../../../schemas/generated/config.ts";
import type { Violation } from "../../errors.ts";
import { validator } from "../../schema.ts";
import { mergeLayers } from "../json/mod.ts";
import { DEFAULT_DOCUMENT, followDefaultVoice } from "./defaults.ts";
import { fillDefaults } from "./fill-defaults.ts";
import type { FullConfig } from "./full-config.ts";
import { hasValueAt, type Layer, located } from "./layer.ts";
import { danglingReferences } from "./voice-references.ts";

const isConfig = validator<Config>("syrinx:config");

export type Validation =
  | { readonly config: FullConfig; readonly problems?: undefined }
  | { readonly config?: undefined; readonly problems: ConfigProblem[] };

/**
 * Merges the layers over the built-in defaults and checks the result: against the schema, and that every voice that is
 * named is there, which a schema cannot say.
 *
 * @param layers lowest first
 * @returns the config with all defaults filled in, or every problem at once, each with its origin and position
 */
export function validate(layers: readonly Layer[]): Validation {
  const document = mergeLayers([DEFAULT_DOCUMENT, ...layers.map((layer) => layer.document)]);
  return check(document, layers, (config) =>
    followDefaultVoice(config, (alias) =>
      layers.some((layer) => hasValueAt(layer.document, `/speech/aliases/${alias}`)),
    ),
  );
}

/**
 * Checks a document that is a whole config, with no layer below it: it was the active config before.
 *
 * @returns an equal config, if no default was added since
 */
export function validateWhole(whole: Layer): Validation {
  return check(whole.document, [whole]);
}

/** @returns the built-in defaults as a config */
export function defaultConfig(): FullConfig {
  return validate([]).config as FullConfig;
}

/** Knows which settings of which plugin are secrets: the schema of the config does not. */
export interface SecretFinder {
  /** @returns a violation for each secret that the config has in clear */
  secretsInClear(config: FullConfig): Violation[];
}

/** @returns the same, or a problem for each secret in clear text, with its position in the layers */
export function checkSecrets(
  validation: Validation,
  layers: readonly Layer[],
  secrets: SecretFinder,
): Validation {
  const violations = validation.config ? secrets.secretsInClear(validation.config) : [];
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
    if (layers.some((layer) => hasValueAt(layer.document, pointer)))
      return [located({ pointer, message }, layers)];
    // A built-in alias follows the default voice, and is no problem of its own.
    if (pointer !== "/speech/defaultVoice") return [];
    // A layer has removed the built-in default voice: that is the line to look at.
    return [{ ...located({ pointer: missing, message }, layers), pointer }];
  });
}
