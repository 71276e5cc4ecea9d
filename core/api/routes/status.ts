import type { ConfigStatus, SandboxStatus, Status } from "../../../schemas/generated/api.ts";
import type { Clock } from "../../clock.ts";
import type { SandboxSupport } from "../../instances/mod.ts";
import { PLUGIN_API_VERSION } from "../../protocol/mod.ts";
import type { Host, Slot } from "../../slots/mod.ts";
import type { Speech } from "../../speech/mod.ts";
import type { KnownCaller } from "../access.ts";
import type { Operation } from "../operation.ts";

export interface StatusSources {
  host: Host;
  speech: Speech;
  clock: Clock;
  configStatus(): ConfigStatus;
  sandbox: SandboxSupport;
  version: string;
  /** On the monotonic clock, in ms. */
  startedAt: number;
}

/** GET /control/status, /healthz and /readyz. */
export function statusRoutes(sources: StatusSources): Operation[] {
  const missing = () => sources.host.slots().filter(isMissing);
  return [
    {
      method: "get",
      path: "/control/status",
      tag: "control",
      scope: "read",
      summary: "The state of the engine, and the caller.",
      responses: { 200: { description: "The status.", schema: "syrinx:api#/$defs/Status" } },
      handle: (context, _, caller) => context.json(status(sources, caller, missing().length === 0)),
    },
    {
      method: "get",
      path: "/healthz",
      tag: "service",
      scope: "public",
      summary: "Liveness: the engine answers.",
      responses: { 200: { description: "The engine answers.", media: ["text/plain"] } },
      handle: (context) => context.text("ok\n"),
    },
    {
      method: "get",
      path: "/readyz",
      tag: "service",
      scope: "public",
      summary:
        "Readiness: every configured voice is ready, except those that are unloaded or loaded on demand.",
      responses: {
        200: { description: "All of them are ready.", media: ["text/plain"] },
        503: { description: "The slots that are not ready, one per line.", media: ["text/plain"] },
      },
      handle(context) {
        const slots = missing();
        if (slots.length === 0) return context.text("ready\n");
        return context.text(slots.map(({ name, state }) => `${name} is ${state}\n`).join(""), 503);
      },
    },
  ];
}

/** An unloaded voice is no problem, and neither is an on-demand voice that loads for its first request. */
function isMissing({ kind, state, loadPolicy: { load } }: Slot): boolean {
  if (kind !== "voice" || state === "ready" || state === "unloaded") return false;
  return load !== "on-demand" || state !== "loading";
}

function status(
  { host, speech, clock, configStatus, sandbox, version, startedAt }: StatusSources,
  { name, scopes }: KnownCaller,
  ready: boolean,
): Status {
  const slots = host.slots();
  return {
    name: "syrinx",
    version,
    pluginApi: PLUGIN_API_VERSION,
    pid: process.pid,
    uptimeSeconds: Math.round((clock.monotonic() - startedAt) / 100) / 10,
    ready,
    caller: { name, scopes: [...scopes] },
    sandbox: {
      enforced: sandbox.enforced,
      summary: sandbox.summary,
      landlockAbi: sandbox.landlockAbi,
      seccomp: sandbox.seccomp,
      egress: sandbox.egress,
    } satisfies SandboxStatus,
    config: configStatus(),
    counts: {
      slots: slots.length,
      slotsReady: slots.filter(({ state }) => state === "ready").length,
      plugins: host.catalog.plugins.length,
      models: host.catalog.models.length,
      utterancesActive: speech.counts.active,
      utterancesDone: speech.counts.done,
      utterancesFailed: speech.counts.failed,
      requestsPerSecond: speech.requestsPerSecond,
    },
  };
}
