import { expect, test } from "bun:test";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

/** A sink on a disk of which the system says something. */
function sinkThatFails(code: string): string {
  return `import { sink } from "syrinx/sdk";
export default sink({
  open: () => ({
    async write() { throw Object.assign(new Error("${code}: write"), { code: "${code}" }); },
  }),
});`;
}

test.each([
  ["ENOSPC", "disk-full", "the disk is full (ENOSPC: write)"],
  ["EIO", "disk-failed", "the disk failed to read or write (EIO: write)"],
  ["EMFILE", "too-many-files", "too many files are open (EMFILE: write)"],
])("a sink to which the system says %s is told with the code %s, in words", async (system, code, words) => {
  await using engine = await EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "shelf", version: "1.0.0", kind: "sink" }, sinkThatFails(system));
    },
    config: {
      ...TONE_ONLY,
      sinks: { archive: null, shelf: { plugin: "shelf" } },
      server: { stopTimeoutMs: 500 },
    },
  });
  const response = await engine.post("/v1/audio/speech", { input: "Keep it.", sinks: ["shelf"] });
  expect(response.status).toBe(200);
  await response.bytes();
  const line = JSON.parse(await engine.logged("did not take")) as { code: string; msg: string };
  expect(line).toMatchObject({ code, msg: `the sink did not take the utterance: ${words}` });
});
