import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginList, Problem } from "../../schemas/generated/api.ts";
import type { Targets } from "../fixtures/plugins/curious/attempts.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { kernelSandbox } from "../support/kernel-sandbox.ts";
import { describeUnless } from "../support/skipped.ts";

const FIXTURE = join(ROOT, "tests/fixtures/plugins/curious");
const MODEL = join(ROOT, "models/en_US-slt-tiny/1.0.0/en_US-slt-tiny.onnx");
const VARIABLES = { CURIOUS_GRANTED: "granted", CURIOUS_SECRET: "secret" };
const GRANTS = { read: ["$MODEL", "$DATA"], write: ["$DATA"], env: ["CURIOUS_GRANTED"] };
/** What a process gets that nothing holds. */
const FORBIDDEN = {
  "read a file": "secret",
  "read a file in the thread pool": "secret",
  "read a file with Bun.file": "secret",
  "write a file": "done",
  "write a file with Bun.write": 1,
  "run a program": 0,
  "connect by TCP": "done",
  "send by UDP": "done",
  "look up a name": "done",
  listen: "done",
  "read a variable that was not granted": "secret",
};
const ALLOWED = {
  "read a variable that was granted": "granted",
  "keep a file in its data folder": "kept",
  "run a model": true,
};

const { missing } = kernelSandbox();

let folder: string;
let outside: string;
let targets: Omit<Targets, "data" | "weights">;
let tcp: Bun.TCPSocketListener;
let udp: Bun.udp.Socket<"buffer">;
let datagrams = 0;
let connections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "syrinx-permissions-"));
  outside = join(folder, "outside");
  await mkdir(outside);
  await writeFile(join(folder, "secret"), "secret");
  tcp = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data() {},
      open() {
        connections++;
      },
    },
  });
  udp = await Bun.udpSocket({
    hostname: "127.0.0.1",
    socket: {
      data() {
        datagrams++;
      },
    },
  });
  targets = { file: join(folder, "secret"), outside, tcpPort: tcp.port, udpPort: udp.port };
});

afterAll(async () => {
  tcp.stop(true);
  udp.close();
  await rm(folder, { recursive: true, force: true });
});

function startEngine(grants: object): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: (home) => cp(FIXTURE, join(home, "plugins/curious"), { recursive: true }),
    env: VARIABLES,
    config: configWith(grants),
  });
}

function configWith(grants: object) {
  return {
    ...TONE_ONLY,
    plugins: { grants: { curious: grants } },
    voices: {
      ...TONE_ONLY.voices,
      curious: { plugin: "curious", model: "en_US-slt-tiny", settings: targets },
    },
  };
}

describeUnless(missing)("from inside a voice plugin that the engine has started", () => {
  test("all that was granted works, and nothing else does", async () => {
    await using engine = await startEngine(GRANTS);
    const slot = await engine.slot("voices.curious");
    expect(slot.error).toBeUndefined();
    const [note = ""] = slot.notes ?? [];
    const outcomes = JSON.parse(note) as Record<string, unknown>;
    expect(outcomes).toMatchObject(ALLOWED);
    expect(Object.keys(outcomes)).toEqual(Object.keys({ ...FORBIDDEN, ...ALLOWED }));
    const done = Object.entries(FORBIDDEN).filter(([name, outcome]) => outcomes[name] === outcome);
    expect(done).toEqual([]);
    expect(await readdir(outside)).toEqual([]);
    expect([connections, datagrams]).toEqual([0, 0]);
    expect(await readdir(join(engine.home, "data/voices.curious"))).toEqual(["kept"]);
  });

  test("without one of the grants it is blocked, and its running process continues", async () => {
    await using engine = await startEngine(GRANTS);
    const { env: _, ...fewer } = GRANTS;
    await engine.save(configWith(fewer));
    const { plugins } = await engine.get<PluginList>("/control/plugins");
    expect(plugins.find(({ name }) => name === "curious")).toMatchObject({
      state: "blocked",
      permissions: {
        missing: [{ kind: "env", allow: "CURIOUS_GRANTED", reason: "To see whether it comes through" }],
      },
    });
    const response = await engine.post("/control/slots/voices.curious/reload");
    const { code, detail } = (await response.json()) as Problem;
    expect([response.status, code]).toEqual([403, "plugin-blocked"]);
    expect(detail).toContain('{"plugins":{"grants":{"curious":{"env":["CURIOUS_GRANTED"]}}}}');
    const spoken = await engine.post("/v1/audio/speech", { input: "On it goes.", voice: "curious" });
    expect(spoken.ok).toBe(true);
    await spoken.bytes();
  });
});

test("a process without a sandbox can do all of it, so the refusals come from the sandbox", async () => {
  const all: Targets = { ...targets, data: folder, weights: MODEL };
  const child = Bun.spawn([process.execPath, join(FIXTURE, "unheld.ts"), JSON.stringify(all)], {
    env: VARIABLES,
    stdio: ["ignore", "pipe", "inherit"],
  });
  expect(JSON.parse(await child.stdout.text())).toEqual({ ...FORBIDDEN, ...ALLOWED });
  expect(await child.exited).toBe(0);
});
