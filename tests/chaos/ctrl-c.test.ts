import { expect, test } from "bun:test";
import { EngineProcess } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";

test("Ctrl-C in a terminal, which signals the whole process group, lets the requests in progress finish", async () => {
  await using engine = await EngineProcess.start({ ownGroup: true });
  const children = childrenOf(engine.pid);
  const request = {
    input: "Here is a sentence, and here is another one. ".repeat(20),
    response_format: "wav",
  };
  const whole = await (await engine.post("/v1/audio/speech", request)).bytes();
  const response = await engine.post("/v1/audio/speech", request);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let heard = (await reader.read()).value?.byteLength ?? 0;
  engine.signalGroup("SIGINT");
  await engine.logged("finishing the requests in progress");
  for (let next = await reader.read(); !next.done; next = await reader.read()) heard += next.value.byteLength;
  expect(heard / whole.byteLength).toBeWithin(0.9, 1.1);
  expect(await engine.exited).toBe(0);
  expect(children.filter(isRunning)).toEqual([]);
  expect(engine.log.filter((line) => line.includes("killed by"))).toEqual([]);
});
