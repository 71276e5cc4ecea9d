import { expect, test } from "bun:test";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SlotView } from "../../schemas/generated/api.ts";
import { EngineProcess, ROOT } from "../support/engine-process.ts";

const SHIPPED = join(ROOT, "models/en_US-slt-tiny/1.0.0/en_US-slt-tiny.onnx");
const DROPPED = "en_US-lessac-medium.onnx";

test("the config of the top README speaks with a Piper voice whose two files were copied into the home", async () => {
  const readme = await Bun.file(join(ROOT, "README.md")).text();
  const [, config = ""] = /^(    \{\n[^]*?^    \})$/m.exec(readme) ?? [];
  expect(config).toContain("en_US-lessac-medium");
  await using engine = await EngineProcess.start({
    config,
    async prepare(home) {
      const folder = join(home, "models");
      await mkdir(folder, { recursive: true });
      // What the voice sounds like does not matter here, so a shipped one lends its files.
      await cp(SHIPPED, join(folder, DROPPED));
      await cp(`${SHIPPED}.json`, join(folder, `${DROPPED}.json`));
    },
  });
  const slot = await engine.get<SlotView>("/control/slots/voices.lessac");
  expect(slot).toMatchObject({ state: "ready", running: { model: "en_US-lessac-medium@0.0.0" } });
  const response = await engine.post("/v1/audio/speech", {
    input: "Hello.",
    voice: "nova",
    response_format: "wav",
  });
  expect([response.status, response.headers.get("X-Syrinx-Voice")]).toEqual([200, "lessac"]);
  expect((await response.bytes()).length).toBeGreaterThan(1000);
});
