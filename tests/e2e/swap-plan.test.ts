import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SwapList, SwapPlan } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPluginVersion } from "../support/releases.ts";

const SLOT = "voices.tone";

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({
    config: { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, tone: { plugin: "tone@1.0.0" } } },
    async prepare(home) {
      await addPluginVersion(home, "tone", "1.1.0");
      const path = join(home, "plugins/tone/1.1.0/plugin.json");
      const permissions = { read: [{ allow: "/srv/words", reason: "a dictionary" }] };
      await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), permissions }));
    },
  });
});
afterAll(() => engine[Symbol.asyncDispose]());

function plan(change: object, query = "dryRun=true"): Promise<Response> {
  return engine.post(`/control/slots/${SLOT}/swap?${query}`, change);
}

describe("the plan of a swap", () => {
  test("has exact releases, settings with their defaults, and what differs; nothing is done", async () => {
    const before = await engine.slot(SLOT);
    const { swaps } = await engine.get<SwapList>("/control/swaps");
    const response = await plan({ settings: { hertz: 600 } });
    expect(response.status).toBe(200);
    expect((await response.json()) as SwapPlan).toMatchObject({
      slot: SLOT,
      verdict: "swap",
      from: before.running!,
      to: { plugin: "tone@1.0.0", settings: { hertz: 600, level: 0.2 }, device: "auto" },
      changes: [{ pointer: "/settings/hertz", from: 440, to: 600 }],
      permissions: { missing: [], added: [] },
      strategy: "blue-green",
      memory: {
        verdict: "fits-beside",
        device: "cpu",
        needs: [{ device: "host", bytes: expect.any(Number) }],
        evict: [],
        message: expect.stringMatching(/^voices\.tone needs \d+ MB of the host, which has .* free$/),
      },
    });
    const after = await engine.slot(SLOT);
    expect([after.generation, after.instances[0]!.pid]).toEqual([1, before.instances[0]!.pid]);
    expect(await engine.get<SwapList>("/control/swaps")).toEqual({ swaps });
  });

  test("to the running binding is unchanged, however it is written", async () => {
    const response = await plan({ plugin: "tone@~1.0", settings: { hertz: 440 } });
    expect(await response.json()).toMatchObject({ verdict: "unchanged", changes: [] });
  });

  test("to a release with more permissions lists the new ones and how to grant them; the swap is refused", async () => {
    const asked = [{ kind: "read", allow: "/srv/words", reason: "a dictionary" }];
    const response = await plan({ plugin: "tone@1.1.0" });
    expect(await response.json()).toMatchObject({
      verdict: "swap",
      to: { plugin: "tone@1.1.0" },
      permissions: { missing: asked, added: asked },
      reason: expect.stringContaining('{"plugins":{"grants":{"tone":{"read":["/srv/words"]}}}}'),
    });
    expect((await plan({ plugin: "tone@1.1.0" }, "dryRun=false")).status).toBe(403);
    // Where no version is requested, one that may not run is passed over.
    expect(await (await plan({ plugin: "tone" })).json()).toMatchObject({
      verdict: "unchanged",
      to: { plugin: "tone@1.0.0" },
    });
  });

  test("uses the requested strategy", async () => {
    for (const strategy of ["recreate", "blue-green", "canary"])
      expect(await (await plan({ settings: {}, strategy })).json()).toMatchObject({ strategy });
  });

  test("that cannot be made is refused as the swap would be", async () => {
    expect((await plan({ plugin: "nothing" })).status).toBe(422);
    expect((await plan({ settings: { hertz: "high" } })).status).toBe(422);
    const elsewhere = await plan({ device: "cuda:9" });
    expect(elsewhere.status).toBe(422);
    expect(await elsewhere.json()).toMatchObject({ code: "device-unavailable" });
    const odd = await plan({ plugin: "tone" }, "dryRun=maybe");
    expect(odd.status).toBe(400);
    expect(await odd.json()).toMatchObject({ detail: 'dryRun must be true or false: it is "maybe"' });
  });
});
