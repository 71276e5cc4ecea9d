import type { Config } from "../../../schemas/generated/config.ts";
import { configDefaults } from "../../../schemas/generated/validators/mod.ts";
import { SCHEMAS } from "../../schema.ts";
import type { FullConfig } from "./full-config.ts";

let fill: ReturnType<typeof configDefaults> | undefined;

/** The source that every engine starts with. It is written first, so that it is the lowest. */
const FIRST_SOURCE: Config["sources"] = { file: { plugin: "file" } };

/**
 * @param config must be valid
 * @returns a new document, with every section and every default of the schema
 */
export function fillDefaults(config: Config): FullConfig {
  // $schema is for editors, and no part of the config.
  const { $schema: _, ...rest } = config;
  const full = structuredClone({
    ...rest,
    server: { ...config.server },
    plugins: { ...config.plugins },
    models: { ...config.models },
    speech: {
      ...config.speech,
      aliases: { ...config.speech?.aliases },
      loudness: { ...config.speech?.loudness },
    },
    sources: { ...FIRST_SOURCE, ...config.sources },
    voices: { ...config.voices },
    sinks: { ...config.sinks },
    swap: { ...config.swap, watch: { ...config.swap?.watch }, canary: { ...config.swap?.canary } },
    memory: { ...config.memory },
    journal: { ...config.journal },
    log: { ...config.log },
  });
  fill ??= configDefaults(SCHEMAS);
  fill(full);
  return full as FullConfig;
}
