/**
 * The engine's HTTP API: every route, with the part that answers it.
 *
 * @module
 */
import packageJson from "../../package.json";
import {
  type AccessRules,
  type AppFactory,
  configRoutes,
  configVersionRoutes,
  createApp,
  eventRoutes,
  grantRoutes,
  isLoopbackHost,
  memoryRoutes,
  type Operation,
  releaseRoutes,
  slotActionRoutes,
  slotRoutes,
  snapshotRoutes,
  statusRoutes,
  swapRoutes,
} from "../api/mod.ts";
import type { FullConfig } from "../config/mod.ts";
import { speechRoutes, voiceRoutes } from "../doors/mod.ts";
import type { Journal } from "../journal/mod.ts";
import type { EngineParts } from "./parts.ts";

export class EngineApi implements AppFactory {
  /** Made once, because there is an app for each address. */
  readonly #operations: readonly Operation[];

  /** @param startedAt monotonic, ms */
  constructor(
    private readonly parts: EngineParts,
    startedAt: number,
  ) {
    this.#operations = operationsOf(parts, startedAt);
  }

  appAt(host: string) {
    const { log, activity } = this.parts;
    return createApp({
      version: packageJson.version,
      log,
      access: () => this.#accessAt(host),
      operations: this.#operations,
      activity,
    });
  }

  /** The config may change the tokens and origins from one request to the next. */
  #accessAt(host: string): AccessRules {
    const { server } = this.parts.store.config as FullConfig;
    return { ...server, loopback: isLoopbackHost(host) };
  }
}

function operationsOf(parts: EngineParts, startedAt: number): Operation[] {
  const { clock, journal, devices, host, speech, activity, sandbox } = parts;
  const { store, history, control, snapshots, restorer } = parts;
  return [
    ...speechRoutes(speech, activity),
    ...voiceRoutes(host, speech, clock.now()),
    ...statusRoutes({
      host,
      speech,
      clock,
      configStatus: () => store.status(),
      sandbox,
      version: packageJson.version,
      startedAt,
    }),
    ...releaseRoutes(host),
    ...grantRoutes(host, control),
    ...slotRoutes(host, speech),
    ...slotActionRoutes(host.requests, (id) => journal.swaps.swap(id), control),
    ...swapRoutes(journal.swaps, host.requests),
    ...memoryRoutes({ devices, instances: () => host.instances }),
    ...configRoutes(control),
    ...configVersionRoutes(history),
    ...snapshotRoutes(snapshots, restorer),
    ...eventRoutes(journal.events, clock),
  ].map((operation) => afterLock(operation, journal));
}

/** Lets a change wait while another process holds the lock of the journal. Reading and speaking never wait for that. */
function afterLock(operation: Operation, journal: Pick<Journal, "ready">): Operation {
  if (operation.scope !== "admin" || operation.method === "get") return operation;
  return {
    ...operation,
    async handle(...call) {
      await journal.ready();
      return operation.handle(...call);
    },
  };
}
