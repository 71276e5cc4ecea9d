import { expect, test } from "bun:test";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigView, Status } from "../../schemas/generated/api.ts";
import type { Config } from "../../schemas/generated/config.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { until } from "../support/until.ts";

/** Relative to the folder that the engine is started in. */
const CONFIG = "home/conf/syrinx.json";

const config = (maxQueue: number) =>
  JSON.stringify({ ...TONE_ONLY, speech: { ...TONE_ONLY.speech, maxQueue } });

async function write(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "syrinx.json"), text);
}

/** Resolves once a config with this queue is active. */
function applies(engine: EngineProcess, maxQueue: number): Promise<unknown> {
  return until(
    `the config with a queue of ${maxQueue} is active`,
    () => engine.get<ConfigView>("/control/config"),
    { is: ({ document }) => (document as Config).speech?.maxQueue === maxQueue },
  );
}

test("a config whose folder was deleted and made anew is read again, as often as that happens", async () => {
  await using engine = await EngineProcess.start({
    args: ["--config", CONFIG],
    prepare: (home) => write(join(home, "conf"), config(100)),
  });
  const folder = join(engine.home, "conf");
  await applies(engine, 100);
  for (const queue of [101, 102]) {
    await rm(folder, { recursive: true });
    await until(
      "the missing file is a problem",
      async () => (await engine.get<Status>("/control/status")).config.sources[0],
      { is: (source) => source?.state === "rejected" },
    );
    await write(folder, config(queue));
    await applies(engine, queue);
  }
  // The sandbox of the newest process fits: a further save needs no new one.
  const from = engine.log.length;
  await writeFile(join(folder, "syrinx.json"), config(103));
  await applies(engine, 103);
  expect(engine.log.slice(from).join("\n")).not.toContain("made after this process started");
});
