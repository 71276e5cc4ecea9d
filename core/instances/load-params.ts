import { join } from "node:path";
import type { LoadParams } from "../../schemas/generated/hooks.ts";
import type { Binding } from "../releases/mod.ts";

/** @returns the model of a binding, as `load` gets it: with the absolute path of each file */
export function loadedModel({ model }: Binding): LoadParams["model"] {
  if (!model) return null;
  const { name, version, format, languages, speakers } = model.manifest;
  const files: Record<string, string> = {};
  for (const [role, file] of Object.entries(model.manifest.files))
    if (file !== undefined) files[role] = join(model.directory, file);
  return {
    name,
    version,
    format,
    directory: model.directory,
    files,
    languages,
    ...(speakers && { speakers }),
  };
}
