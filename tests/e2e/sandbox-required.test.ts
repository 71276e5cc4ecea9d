import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Problem, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";

const REQUIRED = { ...TONE_ONLY, plugins: { sandbox: "require" } };
const PRELOAD = join(ROOT, "tests/fixtures/sandbox/another-machine.ts");

test('"sandbox": "require" loads no voice without a sandbox, and says why; "auto" loads it', async () => {
  await using engine = await EngineProcess.start({
    config: REQUIRED,
    env: { BUN_OPTIONS: `--preload ${PRELOAD}` },
  });
  const { sandbox } = await engine.get<Status>("/control/status");
  expect([sandbox.enforced, sandbox.summary]).toEqual([false, expect.stringMatching(/^not enforced: /)]);
  const { state, error } = await engine.slotUntil("voices.tone", (slot) => slot.state !== "loading");
  expect([state, error?.code]).toEqual(["failed", "sandbox-unavailable"]);
  const refused = await engine.post("/v1/audio/speech", { input: "Hello.", voice: "tone" });
  expect(refused.ok).toBe(false);
  const { detail } = (await (await engine.post("/control/slots/voices.tone/reload")).json()) as Problem;
  expect(detail).toContain(`plugins.sandbox is "require" and the sandbox is ${sandbox.summary}`);

  await engine.save({ ...TONE_ONLY, plugins: { sandbox: "auto" } });
  await engine.post("/control/slots/voices.tone/reload");
  const spoken = await engine.post("/v1/audio/speech", { input: "Hello.", voice: "tone" });
  expect(spoken.status).toBe(200);
  await spoken.bytes();
});
