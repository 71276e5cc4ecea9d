/**
 * How a plugin's process is launched: which program it runs, what it may do, and which variables it sees.
 *
 * @module
 */
import { join } from "node:path";
import type { LaunchSpec } from "../../schemas/generated/launch.ts";
import { SyrinxError } from "../errors.ts";
import {
  type Binding,
  expandEnv,
  expandPaths,
  listPermissions,
  mayUseGpu,
  releaseId,
} from "../releases/mod.ts";
import { libraryFolders, resolveCommand } from "./command.ts";
import type { Pass } from "./egress/mod.ts";
import { SANDBOX_ENV, type SandboxSupport, sandboxPolicy } from "./sandbox.ts";

export interface LaunchContext {
  /** Program that serves a TypeScript plugin; absolute. */
  serve: string;
  /** What the kernel offers, and whether a plugin is refused if that is not enough. */
  sandbox: { support: SandboxSupport; require: boolean };
  /** Of the slot; absolute. */
  dataDirectory: string;
  /** Its pass to the network; undefined: it has no network. */
  pass: Pick<Pass, "port" | "variables"> | undefined;
}

export interface LaunchPlan {
  spec: LaunchSpec;
  /** The whole environment. */
  env: Record<string, string>;
}

/** @throws SyrinxError sandbox-unavailable if the config requires a sandbox and there is none, or plugin-start-failed */
export async function planLaunch(
  binding: Binding,
  { serve, sandbox, dataDirectory, pass }: LaunchContext,
): Promise<LaunchPlan> {
  const { plugin, model, settings } = binding;
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
  const argv = entry
    ? [process.execPath, serve, join(plugin.directory, entry)]
    : await resolveCommand(command ?? [], plugin.directory);
  const [program = ""] = argv;
  const asked = listPermissions(permissions);
  const programs = asked.flatMap(({ kind, allow }) => (kind === "run" && Bun.which(allow)) || []);
  const variables = { model: model?.directory, plugin: plugin.directory, data: dataDirectory, settings };
  const policy = sandboxPolicy(
    {
      read: [
        plugin.directory,
        ...(command ? libraryFolders(program) : []),
        ...expandPaths(permissions, "read", variables),
      ],
      write: expandPaths(permissions, "write", variables),
      execute: [program, ...programs],
      spawn: programs.length > 0,
      watch: plugin.manifest.kind === "config-source",
      cuda: mayUseGpu(binding),
      proxyPort: pass?.port,
    },
    sandbox.support,
  );
  const granted = expandEnv(permissions, settings, process.env);
  const env = { ...SANDBOX_ENV, ...granted, ...pass?.variables };
  return { spec: { sandbox: policy, argv }, env };
}
