import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineProcess, ROOT } from "../support/engine-process.ts";

const README = join(ROOT, "admin/client/README.md");

/** Takes as long as a voice takes to load, on a machine that has other things to do. */
const TIMEOUT_MS = 60_000;

let folder: string;
let engine: EngineProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "syrinx-client-"));
  engine = await EngineProcess.start();
}, TIMEOUT_MS);
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program that has Syrinx among its packages, as an integrator's has. */
async function runProgram(code: string): Promise<{ code: number; stdout: string; stderr: string }> {
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(ROOT, join(folder, "node_modules/syrinx"));
  await Bun.write(join(folder, "example.ts"), code);
  const child = Bun.spawn([process.execPath, "example.ts"], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, SYRINX_URL: engine.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, stdout, stderr };
}

test(
  "the example of the client's README runs unchanged, in a program outside the engine's tree",
  async () => {
    const text = await readFile(README, "utf8");
    const examples = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    expect(examples).toHaveLength(1);
    const { generation } = await engine.slot("voices.slt");
    const { code, stdout, stderr } = await runProgram(examples[0]!);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^voices\.slt ready piper@/m);
    expect(stdout).toMatch(/^voices\.slt: done$/m);
    expect(stdout).toMatch(
      /^piper@\S+ serves as generation \d+, after [\d.]+ m?s; version \d+ of the config has it\n$/m,
    );
    const after = await engine.slot("voices.slt");
    expect(after.generation).toBeGreaterThan(generation);
    expect(after.running?.model).toStartWith("en_US-rms-tiny@");
  },
  TIMEOUT_MS,
);
