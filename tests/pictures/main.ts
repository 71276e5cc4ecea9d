#!/usr/bin/env bun
/**
 * Makes the pictures of the terminal UI that its README shows, from a real run: a real engine with the shipped voices, people
 * who listen, and a swap.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AdminScreen } from "../support/admin-screen.ts";
import { EngineProcess, ROOT } from "../support/engine-process.ts";
import { terminalSvg } from "./terminal-svg.ts";

const FOLDER = join(ROOT, "admin/tui/pictures");
const TEXT = "The old voice speaks on until the new one has proved itself. Nobody who listens hears a gap.";

/** Listens again and again, until it is stopped. */
async function listen(engine: EngineProcess, voice: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const response = await engine
      .post("/v1/audio/speech", { input: TEXT, voice }, { signal })
      .catch(() => {});
    await response?.bytes().catch(() => {});
    await Bun.sleep(150);
  }
}

async function draw(screen: AdminScreen, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.svg`);
  await Bun.write(path, terminalSvg(screen.terminal, "syrinx admin"));
  console.log(path);
}

await mkdir(FOLDER, { recursive: true });
await using engine = await EngineProcess.start();
await using screen = new AdminScreen(engine.url, { columns: 100, rows: 26 });
await screen.see("connected");
const end = new AbortController();
const listeners = ["slt", "slt", "rms"].map((voice) => listen(engine, voice, end.signal));

// So long that there are figures of traffic to show.
await screen.see(/voices\.slt .* [1-9]\d*\.\d .* ms/);
await engine.swap("voices.rms", { model: "en_US-duo-tiny" });
await engine.swap("voices.slt", { settings: { noiseScale: 0.5 } });
screen.press("down");
await screen.see("── voices.slt");
const swap = engine.swap("voices.slt", { model: "en_US-rms-tiny" });
await screen.see(/voices\.slt .*(loading|probing)/);
await draw(screen, "slots");
await swap;

screen.press("3");
await screen.see(/voices\.slt .*done/);
screen.press("enter");
await screen.see(/probing .* ms/);
await draw(screen, "history");

end.abort();
await Promise.all(listeners);
