/**
 * From layers to one valid config, or to every problem at once.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { Config } from "../../../schemas/generated/config.ts";
import type { Violation } from "../../errors.ts";
import { firstViolations, MAX_TOLD, validator } from "../../schema.ts";
import { mergeLayers } from "../json/mod.ts";
import { DEFAULT_DOCUMENT, followDefaultVoice } from "./defaults.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { fittingPart } from "./fitting-part.ts";
import type { FullConfig } from "./full-config.ts";
import { hasValueAt, type Layer, located } from "./layer.ts";
import { danglingReferences } from "./voice-references.ts";

const isConfig = validator<Config>("syrinx:config");

export type Validation =
  | { readonly config: FullConfig; readonly problems?: undefined; readonly rest?: undefined }
  | {
      readonly config?: undefined;
      readonly problems: ConfigProblem[];
      /** The config without the parts that have a mistake, so that its slots can still be checked; absent: nothing is left. */
      readonly rest?: FullConfig;
    };

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

/** Knows the releases on disk: the schema of the config does not. */
export interface SlotChecker {
  /** @returns a violation for each secret that the config has in clear */
  secretsInClear(config: FullConfig): Violation[];
  /** @returns a violation for each slot that cannot be filled, and for each mistake in its settings */
  unfillable(config: FullConfig): Violation[];
}

/**
 * Adds what only the releases on disk tell. A good config is checked for secrets in clear text; whether its slots can be filled
 * is found when it is applied. Of a config with mistakes, the other parts are checked for both, so that every mistake is
 * told at once.
 *
 * @param before the active config; null: there is none, and so its releases are not known
 */
export function checkSlots(
  validation: Validation,
  layers: readonly Layer[],
  slots: SlotChecker,
  before: FullConfig | null,
): Validation {
  const { config, problems = [], rest } = validation;
  const looked = config ?? rest;
  if (!looked) return validation;
  const violations = slots.secretsInClear(looked);
  // With other folders or grants, the releases of now say nothing about it.
  if (!config && before && Bun.deepEquals(releasesOf(before), releasesOf(looked)))
    violations.push(...slots.unfillable(looked));
  if (violations.length === 0) return validation;
  return { problems: [...problems, ...violations.map((violation) => located(violation, layers))] };
}

function releasesOf({ plugins, models }: FullConfig): object {
  return { plugins, models };
}

function check(
  document: unknown,
  layers: readonly Layer[],
  adjust: (config: FullConfig) => void = () => {},
): Validation {
  if (!isConfig(document)) {
    const broken = isConfig.violations();
    const mistakes = broken.map((violation) => located(violation, layers));
    // With so many mistakes, the list is not whole: nothing tells which part would fit.
    if (broken.length > MAX_TOLD) return { problems: mistakes };
    const part = fittingPart(
      document,
      broken.map(({ pointer }) => pointer),
    );
    return {
      problems: firstViolations([...mistakes, ...referenceProblems(document, layers)]),
      ...(isConfig(part) && { rest: fillDefaults(part) }),
    };
  }
  const config = fillDefaults(document);
  adjust(config);
  const problems = referenceProblems(config, layers);
  return problems.length > 0 ? { problems: firstViolations(problems), rest: config } : { config };
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
