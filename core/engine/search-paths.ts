import { join } from "node:path";
import type { CatalogPaths } from "../releases/mod.ts";

/** The folder with the plugins and models that ship. */
const ROOT = join(import.meta.dir, "../..");

/** @returns the folders in which plugins and models are looked for: under development, shipped, of the home, of the config */
export function searchPaths({
  home,
  developing = [],
  plugins = [],
  models = [],
}: {
  home: string;
  developing?: readonly string[];
  plugins?: readonly string[];
  models?: readonly string[];
}): CatalogPaths {
  return {
    plugins: [
      ...[...developing, join(ROOT, "plugins")].map((path) => ({ path, trusted: true })),
      ...[join(home, "plugins"), ...plugins].map((path) => ({ path, trusted: false })),
    ],
    models: [join(ROOT, "models"), join(home, "models"), ...models],
  };
}
