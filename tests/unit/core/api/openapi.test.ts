import { describe, expect, test } from "bun:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import {
  configRoutes,
  configVersionRoutes,
  eventRoutes,
  grantRoutes,
  memoryRoutes,
  releaseRoutes,
  slotActionRoutes,
  slotRoutes,
  snapshotRoutes,
  statusRoutes,
  swapRoutes,
} from "../../../../core/api/mod.ts";
import { openApiDocument } from "../../../../core/api/openapi.ts";
import { systemClock } from "../../../../core/clock.ts";
import type {
  ConfigControl,
  ConfigHistory,
  SnapshotRestorer,
  Snapshots,
} from "../../../../core/config/mod.ts";
import type { Devices } from "../../../../core/devices/mod.ts";
import { speechRoutes } from "../../../../core/doors/openai/speech.ts";
import { voiceRoutes } from "../../../../core/doors/openai/voices.ts";
import type { EventJournal, SwapJournal } from "../../../../core/journal/mod.ts";
import { SCHEMAS } from "../../../../core/schema.ts";
import type { Host } from "../../../../core/slots/mod.ts";
import type { Speech } from "../../../../core/speech/mod.ts";

// The routes are only described here, and reach none of the parts behind them.
const host = {} as Host;
const speech = {} as Speech;
const operations = [
  ...speechRoutes(speech, new ActivityTracker(systemClock)),
  ...voiceRoutes(host, speech, 0),
  ...statusRoutes({
    host,
    speech,
    clock: systemClock,
    configStatus: () => ({ version: 0, sources: [] }),
    sandbox: { enforced: false, landlockAbi: 0, seccomp: false, egress: false, summary: "" },
    version: "1.2.3",
    startedAt: 0,
  }),
  ...releaseRoutes(host),
  ...grantRoutes(host, {} as ConfigControl),
  ...slotRoutes(host, speech),
  ...slotActionRoutes(host.requests, () => undefined, {} as ConfigControl),
  ...swapRoutes({} as SwapJournal, host.requests),
  ...memoryRoutes({ devices: {} as Devices, instances: () => [] }),
  ...configRoutes({} as ConfigControl),
  ...configVersionRoutes({} as ConfigHistory),
  ...snapshotRoutes({} as Snapshots, {} as SnapshotRestorer),
  ...eventRoutes({} as EventJournal, systemClock),
];
const document = openApiDocument(operations, "1.2.3") as {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; responses: object; parameters?: { name: string }[] }>
  >;
  components: { schemas: Record<string, unknown> };
};

function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$ref" && typeof inner === "string") yield inner;
    else yield* refsIn(inner);
  }
}

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe("3.1.0");
  });

  test("refers to nothing that it does not hold", () => {
    const refs = [...refsIn(document)];
    expect(refs.length).toBeGreaterThan(20);
    const missing = refs.filter(
      (ref) => !Object.hasOwn(document.components.schemas, ref.split("/").at(-1) ?? ""),
    );
    expect(missing).toEqual([]);
    expect(refs.filter((ref) => !ref.startsWith("#/components/schemas/"))).toEqual([]);
  });

  test("can hold the schemas of all files by their names, as no two files define the same name", () => {
    const names = Object.values(SCHEMAS).flatMap((schema) =>
      Object.keys("$defs" in schema ? schema.$defs : {}),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("has every operation once, under an id of its own, with its success and its failure", () => {
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(described).toHaveLength(operations.length);
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, responses } of described) {
      expect(operationId).toMatch(/^(get|post|patch|delete)[A-Z][A-Za-z0-9]+$/);
      expect(Object.keys(responses)).toContain("200");
      expect(Object.keys(responses)).toContain("default");
    }
  });

  test("names the parameters in a path and after it", () => {
    const swap = document.paths["/control/slots/{slot}/swap"]?.post;
    expect(swap?.parameters?.map(({ name }) => name)).toEqual(["slot", "wait", "onConflict", "dryRun"]);
    const swaps = document.paths["/control/swaps"]?.get;
    expect(swaps?.parameters?.map(({ name }) => name)).toEqual(["slot", "limit", "before"]);
    const events = document.paths["/control/events"]?.get;
    expect(events?.parameters).toMatchObject([
      { name: "slot", in: "query" },
      { name: "Last-Event-ID", in: "header" },
    ]);
  });

  test("tells of what shape an event is, and that a swap answers with its record or its plan", () => {
    const answer = (path: string, method: string) =>
      (document.paths[path]![method]!.responses as Record<string, { content: object }>)[200]?.content;
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    expect(answer("/control/events", "get")).toEqual({ "text/event-stream": { schema: ref("EngineEvent") } });
    expect(answer("/control/slots/{slot}/swap", "post")).toEqual({
      "application/json": { schema: { oneOf: [ref("SwapRecord"), ref("SwapPlan")] } },
    });
  });
});
