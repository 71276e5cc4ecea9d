/**
 * How a plugin's process is launched: which program it runs, what it may do, and which variables it sees.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { LaunchSpec } from "../../schemas/generated/launch.ts";
import { SyrinxError } from "../errors.ts";
import {
  type Binding,
  type CatalogPaths,
  expandEnv,
  listPermissions,
  mayUseGpu,
  releaseId,
} from "../releases/mod.ts";
import { resolveCommand, resolveGrantedProgram } from "./command.ts";
import type { Pass } from "./egress/mod.ts";
import { type ProgramSearch, realPath } from "./find-program.ts";
import { resolveGrantedPaths } from "./granted-paths.ts";
import { runtimeFiles } from "./runtime-files.ts";
import { SANDBOX_ENV, type SandboxSupport, sandboxPolicy } from "./sandbox.ts";

export interface LaunchContext {
  /** Program that serves a TypeScript plugin; absolute. */
  serve: string;
  /** What the kernel offers, and whether a plugin is refused if that is not enough. */
  sandbox: { support: SandboxSupport; require: boolean };
  /** The engine's own folder; absolute. */
  home: string;
  /** Where plugins and models are found. No program that runs outside the sandbox may come from there. */
  paths: CatalogPaths;
  /** Of the slot; absolute. The folders of the other slots are beside it. */
  dataDirectory: string;
  /** Its pass to the network; undefined: it has no network. */
  pass: Pick<Pass, "port" | "variables"> | undefined;
}

export interface LaunchPlan {
  spec: LaunchSpec;
  /** What it may read because its `command` needs that to run: files beside a program on the PATH. */
  reads: readonly string[];
  /** The whole environment. */
  env: Record<string, string>;
}

/** @throws SyrinxError sandbox-unavailable if the config requires a sandbox and there is none, or plugin-start-failed */
export async function planLaunch(binding: Binding, context: LaunchContext): Promise<LaunchPlan> {
  const { plugin, model, settings } = binding;
  const { serve, sandbox, home, dataDirectory, pass } = context;
  if (sandbox.require && !sandbox.support.enforced) {
    throw new SyrinxError(
      "sandbox-unavailable",
      `Cannot start plugin ${releaseId(plugin)} because plugins.sandbox is "require" and the sandbox is ${sandbox.support.summary}`,
    );
  }
  if (sandbox.require && pass && !sandbox.support.egress) {
    throw new SyrinxError(
      "sandbox-unavailable",
      `Cannot start plugin ${releaseId(plugin)}, which asks for net, because plugins.sandbox is "require" and the sandbox is ${sandbox.support.summary}`,
    );
  }
  const { permissions, entry, command } = plugin.manifest;
  const variables = { model: model?.directory, plugin: plugin.directory, data: dataDirectory, settings };
  const granted = resolveGrantedPaths(plugin, variables);
  const search = programSearch(binding, context, granted.write);
  const argv = entry
    ? [process.execPath, serve, join(plugin.directory, entry)]
    : await resolveCommand(command ?? [], plugin.directory, search);
  const [program = ""] = argv;
  // A program in the plugin's folder gets nothing beside that folder: it could be in a `bin` next to a link.
  const onPath = command !== undefined && !command[0]?.includes("/");
  const reads = onPath ? runtimeFiles(program, home) : [];
  const asked = listPermissions(permissions);
  const programs: string[] = [];
  for (const { kind, allow } of asked) {
    if (kind !== "run") continue;
    const found = await resolveGrantedProgram(allow, plugin.directory, search);
    if (found !== undefined) programs.push(found);
  }
  const policy = sandboxPolicy(
    {
      read: [plugin.directory],
      write: [],
      execute: [],
      checked: {
        read: [...reads, ...granted.read],
        write: granted.write,
        execute: [program, ...programs],
      },
      spawn: programs.length > 0,
      watch: plugin.manifest.kind === "config-source",
      cuda: mayUseGpu(binding),
      proxyPort: pass?.port,
    },
    sandbox.support,
  );
  const seen = expandEnv(permissions, settings, process.env);
  const env = { ...SANDBOX_ENV, ...seen, ...pass?.variables };
  return { spec: { sandbox: policy, argv }, reads, env };
}

/** @returns where programs are looked for: the engine's PATH, without the folders that plugins bring or may write */
function programSearch(
  { plugin, model }: Binding,
  { paths, dataDirectory }: LaunchContext,
  write: readonly string[],
): ProgramSearch {
  const untrusted = [
    ...paths.plugins.map(({ path }) => path),
    ...paths.models,
    plugin.directory,
    ...(model ? [model.directory] : []),
    dirname(dataDirectory),
    ...write,
  ];
  return {
    path: process.env.PATH ?? "",
    untrusted: untrusted.flatMap((folder) => realPath(folder) ?? []),
  };
}
