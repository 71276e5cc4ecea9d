import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/engine-process.ts";
import { parseWav } from "../support/wav.ts";

const DEADLINE_MS = 45_000;

test("bun run up installs the locked packages, starts an engine that speaks, and ends at Ctrl-C", async () => {
  const folder = await mkdtemp(join(tmpdir(), "syrinx-up-"));
  await Bun.write(join(folder, "syrinx.jsonc"), "{}");
  const options = ["--port", "0", "--config", join(folder, "syrinx.jsonc")];
  const up = Bun.spawn([process.execPath, "run", "up", ...options], {
    cwd: ROOT,
    env: { ...process.env, SYRINX_HOME: join(folder, "home") },
    stdio: ["ignore", "pipe", "pipe"],
    // As a terminal's foreground job is: Ctrl-C is for the whole group.
    detached: true,
  });
  const log = up.stderr.text();
  const late = setTimeout(() => process.kill(-up.pid, "SIGKILL"), DEADLINE_MS);
  try {
    const words = await firstWords(up.stdout);
    if (!words) throw new Error(`It ended before it listened:\n${await log}`);
    const { url, hearIt } = words;
    expect(hearIt).toContain(`curl ${url}/v1/audio/speech`);
    const response = await fetch(`${url}/v1/audio/speech`, {
      method: "POST",
      body: JSON.stringify({ input: "Good morning.", response_format: "wav" }),
    });
    expect([response.status, response.headers.get("X-Syrinx-Voice")]).toEqual([200, "slt"]);
    expect(parseWav(await response.bytes()).seconds).toBeGreaterThan(0.5);
    process.kill(-up.pid, "SIGINT");
    await up.exited;
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    expect(await log).toContain("bun install --frozen-lockfile");
  } finally {
    clearTimeout(late);
    if (up.exitCode === null && up.signalCode === null) process.kill(-up.pid, "SIGKILL");
    await up.exited;
    await rm(folder, { recursive: true, force: true });
  }
});

/** @returns undefined if it ends before it says where it listens; what it says afterwards is not kept */
async function firstWords(stdout: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let said = "";
  for await (const chunk of stdout) {
    said += decoder.decode(chunk, { stream: true });
    const found = /^listening (?<url>\S+)\nhear it: +(?<hearIt>.+)\n/m.exec(said)?.groups;
    if (found) return { url: found.url ?? "", hearIt: found.hearIt ?? "" };
  }
  return undefined;
}
