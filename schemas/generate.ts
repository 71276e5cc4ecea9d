/**
 * Writes schemas/generated/*.ts from schemas/*.schema.json, and the types of each plugin's settings from its manifest. From
 * the config's schema and these settings it also writes the reference (CONFIG.md) and the schema for editors. What the core
 * validates gets its validators as code.
 *
 *     bun schemas/generate.ts            write
 *     bun schemas/generate.ts --check    list the stale files and exit with 1
 *
 * @module
 */

import { basename, dirname, join, relative } from "node:path";
import { Glob } from "bun";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { configReference, type Manifest } from "./config-reference.ts";
import { editorSchema } from "./editor-schema.ts";
import { inlineRefs, type Schema } from "./inline-refs.ts";
import { validatorFiles } from "./validators.ts";

const root = join(import.meta.dir, "..");
const BANNER = "// Generated from JSON Schema by `bun run types`. Do not edit.\n";

const options = {
  bannerComment: "",
  additionalProperties: false,
  unreachableDefinitions: true,
  ignoreMinAndMaxItems: true,
  enableConstEnums: false,
  strictIndexSignatures: false,
  cwd: import.meta.dir,
  $refOptions: {
    resolve: {
      // "plugin#/$defs/Name" names schemas/plugin.schema.json, as its $id "syrinx:plugin" does for ajv.
      sibling: {
        order: 1,
        canRead: true,
        read: ({ url }: { url: string }) =>
          Bun.file(join(import.meta.dir, `${basename(url)}.schema.json`)).text(),
      },
    },
  },
};

/** @returns the schema of settings as a plugin gets them: a setting with a default is always present */
function asFilled(settings: JSONSchema): JSONSchema {
  const withDefault = Object.entries(settings.properties ?? {}).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [key],
  );
  const required = [
    ...new Set([...(Array.isArray(settings.required) ? settings.required : []), ...withDefault]),
  ];
  return { additionalProperties: false, ...settings, required };
}

/** @returns the text of every generated file, by its path relative to the project. */
async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const schemas: Record<string, Schema> = {};
  const named: Record<string, object> = {};
  for (const path of [...new Glob("*.schema.json").scanSync(import.meta.dir)].sort()) {
    const schema = (await Bun.file(join(import.meta.dir, path)).json()) as JSONSchema;
    const name = path.replace(".schema.json", "");
    named[name] = structuredClone(schema);
    delete schema.$id;
    // A copy, because compiling resolves refs in place.
    schemas[name] = structuredClone(schema) as Schema;
    files.set(
      `schemas/generated/${name}.ts`,
      BANNER + (await compile(schema, schema.title ?? name, options)),
    );
  }
  const plugins: Manifest[] = [];
  for (const path of [...new Glob("plugins/*/plugin.json").scanSync(root)].sort()) {
    const manifest = (await Bun.file(join(root, path)).json()) as Manifest;
    plugins.push(manifest);
    if (!manifest.settings) continue;
    const copy = structuredClone(manifest.settings) as JSONSchema;
    const settings = await compile(asFilled(copy), "Settings", options);
    files.set(join(dirname(path), "settings.generated.ts"), BANNER + settings);
  }
  const withSettings = plugins.flatMap(({ kind, name, settings }) =>
    settings ? [{ name: `${kind}-${name}`, schema: settings }] : [],
  );
  for (const [file, text] of validatorFiles(named, withSettings))
    files.set(`schemas/generated/validators/${file}`, text);
  const config = inlineRefs("config", schemas);
  files.set("schemas/CONFIG.md", configReference(config, plugins));
  files.set(
    "schemas/generated/config.editor.json",
    `${JSON.stringify(editorSchema(config, plugins), null, 2)}\n`,
  );
  return files;
}

const stale: string[] = [];
for (const [path, text] of await generate()) {
  const file = Bun.file(join(root, path));
  if ((await file.exists()) && (await file.text()) === text) continue;
  stale.push(path);
  if (!Bun.argv.includes("--check")) await Bun.write(file, text);
}
if (Bun.argv.includes("--check") && stale.length > 0) {
  console.error(`Generated files are stale: ${stale.join(", ")}. Run \`bun run types\`.`);
  process.exit(1);
}
console.log(
  stale.length === 0 ? "types: up to date" : `types: wrote ${stale.map((p) => relative(".", p)).join(", ")}`,
);
