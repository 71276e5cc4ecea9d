/**
 * Starts a plugin process for a binding: registers it with the egress proxy, launches it in its sandbox, and shakes hands.
 * Meanwhile it checks the files of the model.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { LaunchSpec } from "../../schemas/generated/launch.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { type Binding, type CatalogPaths, checkModelFiles, expandNet, releaseId } from "../releases/mod.ts";
import { type EgressProxy, type Pass, parseAllowance } from "./egress/mod.ts";
import { Instance, type Timeouts } from "./instance.ts";
import { type LaunchContext, planLaunch } from "./launch-plan.ts";
import { describeExit, PluginProcess } from "./process.ts";
import { newMark } from "./process-tree.ts";
import { type ProcessLimits, watchProcesses } from "./process-watch.ts";

/** What every instance of an engine shares. */
export interface InstanceEnvironment extends ProcessLimits {
  log: Logger;
  /** Paths of the runner's two programs. */
  runner: { launch: string; serve: string };
  sandbox: LaunchContext["sandbox"];
  /** The engine's own folder. */
  home: string;
  /** Where plugins and models are found. */
  paths: CatalogPaths;
  /** Folder below which every slot has a data folder. */
  dataDirectory: string;
  timeouts: Timeouts;
  /** How many CPU cores a voice may use at once. */
  cores: number;
  /** The way to the network, for plugins that were granted some. */
  egress: Pick<EgressProxy, "admit">;
  /** Aborts when every process is to be killed, also one that has not said hello. */
  killed: AbortSignal;
}

/**
 * Starts a process for a binding and shakes hands with it.
 *
 * @param slot e.g. `voices.slt`
 * @param variables for its environment, in addition to those that its manifest asks for
 * @throws SyrinxError plugin-start-failed, plugin-timeout, plugin-incompatible, sandbox-unavailable, processes-exceeded or
 *   model-corrupt. No process is left then
 */
export async function startInstance(
  slot: string,
  binding: Binding,
  environment: InstanceEnvironment,
  variables: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  requireFolder(binding);
  const dataDirectory = join(environment.dataDirectory, slot);
  await mkdir(dataDirectory, { recursive: true });
  const pass = await admitToNetwork(slot, binding, environment.egress);
  try {
    // To hash a large model takes as long as the start, and the process uses the model only when it is told to load.
    const [files, started] = await Promise.allSettled([
      binding.model && checkModelFiles(binding.model),
      launch(slot, binding, environment, variables, dataDirectory, pass),
    ]);
    if (files.status === "rejected") {
      if (started.status === "fulfilled") await endAtOnce(started.value, files.reason);
      throw files.reason;
    }
    if (started.status === "rejected") throw started.reason;
    const instance = started.value;
    void instance.gone.then(() => pass?.revoke());
    return instance;
  } catch (error) {
    pass?.revoke();
    throw error;
  }
}

/** Resolves when the process has ended. */
async function endAtOnce(instance: Instance, reason: unknown): Promise<void> {
  instance.fail(asSyrinxError(reason));
  await instance.gone;
}

/** @throws SyrinxError plugin-start-failed, if the plugin was removed since the disk was last scanned */
function requireFolder({ plugin }: Binding): void {
  if (existsSync(plugin.directory)) return;
  throw new SyrinxError(
    "plugin-start-failed",
    `Cannot start plugin ${releaseId(plugin)} because its folder ${plugin.directory} is no longer there`,
  );
}

async function launch(
  slot: string,
  binding: Binding,
  environment: InstanceEnvironment,
  variables: Readonly<Record<string, string>>,
  dataDirectory: string,
  pass: Pass | undefined,
): Promise<Instance> {
  const { sandbox, runner, clock, home, paths } = environment;
  const { spec, reads, env } = await planLaunch(binding, {
    serve: runner.serve,
    sandbox,
    home,
    paths,
    dataDirectory,
    pass,
  });
  if (mayStartProcesses(spec)) spec.mark = newMark(environment.dataDirectory);
  const log = environment.log.child({ slot });
  if (reads.length > 0) {
    const what = `${releaseId(binding.plugin)} runs ${spec.argv[0]} and may read for it`;
    log.info({ reads }, `${what}: ${reads.join(", ")}`);
  }
  const started = new PluginProcess({
    launcher: runner.launch,
    spec,
    env: { ...env, ...variables },
    cwd: binding.plugin.directory,
    clock,
    line: (stream, line) =>
      stream === "stderr" ? log.warn({ pid: started.pid }, line) : log.info({ pid: started.pid }, line),
  });
  let instance: Instance | undefined;
  let tooMany: SyrinxError | undefined;
  watchProcesses({ slot, pid: started.pid, exited: started.exited }, environment, (error) => {
    tooMany = error;
    if (instance) instance.fail(error);
    else started.kill();
  });
  try {
    const { summary } = sandbox.support;
    instance = await Instance.connect(
      { slot, binding, process: started, dataDirectory, sandbox: summary },
      environment,
    );
    return instance;
  } catch (cause) {
    started.kill();
    const exit = await started.exited;
    if (tooMany) throw tooMany;
    const error = asSyrinxError(cause);
    if (error.code !== "plugin-crashed") throw error;
    throw new SyrinxError(
      "plugin-start-failed",
      `Cannot start plugin ${releaseId(binding.plugin)}: ${describeExit(exit)}`,
      { cause },
    );
  }
}

function mayStartProcesses({ sandbox }: LaunchSpec): boolean {
  return !sandbox?.seccomp || sandbox.spawn;
}

/**
 * @returns the pass of a process to the network; undefined for a plugin that asks for no network
 * @throws SyrinxError plugin-start-failed if a setting should name a host and does not
 */
async function admitToNetwork(
  slot: string,
  { plugin, settings }: Binding,
  egress: InstanceEnvironment["egress"],
): Promise<Pass | undefined> {
  const { permissions } = plugin.manifest;
  if (!permissions?.net?.length) return undefined;
  const grant = expandNet(permissions, settings).map((entry) => {
    const allowance = parseAllowance(entry);
    if (allowance) return allowance;
    throw new SyrinxError(
      "plugin-start-failed",
      `Cannot start plugin ${releaseId(plugin)} because "${entry}", which it asks to reach, is not a host:port or an http or https URL`,
    );
  });
  return egress.admit(slot, grant);
}
