import { join } from "node:path";
import type { CatalogPaths } from "../releases/mod.ts";

/** Holds the plugins and models that ship. */
const ROOT = join(import.meta.dir, "../..");

/** @returns where plugins and models are looked for: those under development, those that ship, the home's, those of the config */
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
