import { basename } from "node:path";
import type { ModelList, PluginList, PluginView } from "../../../schemas/generated/api.ts";
import { blockedReason, listPermissions, missingPermissions } from "../../releases/mod.ts";
import type { Host } from "../../slots/mod.ts";
import type { Operation } from "../operation.ts";

/** GET /control/plugins, /control/models and POST /control/plugins/rescan. */
export function releaseRoutes(host: Host): Operation[] {
  return [
    {
      method: "get",
      path: "/control/plugins",
      tag: "control",
      scope: "read",
      summary:
        "List the plugin releases on disk, their requested and granted permissions, and the invalid manifests.",
      responses: { 200: { description: "Plugins and problems.", schema: "syrinx:api#/$defs/PluginList" } },
      handle: (context) => context.json(pluginList(host)),
    },
    {
      method: "post",
      path: "/control/plugins/rescan",
      tag: "control",
      scope: "admin",
      summary: "Search for plugins and models again. Running instances do not change.",
      responses: { 200: { description: "Plugins and problems.", schema: "syrinx:api#/$defs/PluginList" } },
      async handle(context) {
        await host.rescan();
        return context.json(pluginList(host));
      },
    },
    {
      method: "get",
      path: "/control/models",
      tag: "control",
      scope: "read",
      summary: "List the model releases on disk, and the invalid manifests.",
      responses: { 200: { description: "Models and problems.", schema: "syrinx:api#/$defs/ModelList" } },
      handle: (context) => context.json(modelList(host)),
    },
  ];
}

function pluginList({ catalog, grants }: Host): PluginList {
  const plugins = catalog.plugins.map((release): PluginView => {
    const { name, version, kind, manifest, directory, trusted } = release;
    const reason = blockedReason(release, grants);
    return {
      name,
      version,
      kind,
      description: manifest.description,
      license: manifest.license,
      directory,
      trusted,
      ...(manifest.voice && { formats: manifest.voice.formats }),
      state: reason ? "blocked" : "available",
      ...(reason && { reason }),
      permissions: {
        asked: listPermissions(manifest.permissions),
        missing: missingPermissions(release, grants),
      },
      ...(manifest.settings && { settings: manifest.settings }),
    };
  });
  return { plugins, problems: catalog.problems.filter(({ path }) => basename(path) === "plugin.json") };
}

function modelList({ catalog }: Host): ModelList {
  const models = catalog.models.map(({ name, version, manifest, directory, bytes }) => {
    const { format, languages, license, speakers, description } = manifest;
    return {
      name,
      version,
      format,
      languages,
      license,
      directory,
      bytes,
      ...(speakers && { speakers }),
      ...(description && { description }),
    };
  });
  return { models, problems: catalog.problems.filter(({ path }) => basename(path) === "model.json") };
}
