import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../core/clock.ts";
import { PluginProcess } from "../../core/instances/process.ts";
import { newMark } from "../../core/instances/process-tree.ts";
import {
  SANDBOX_ENV,
  type SandboxInput,
  sandboxPolicy,
  sandboxSupport,
} from "../../core/instances/sandbox.ts";
import type { LaunchSpec, SandboxPolicy } from "../../schemas/generated/launch.ts";
import type { Targets } from "../fixtures/sandbox/escapes.ts";
import { kernelSandbox } from "../support/kernel-sandbox.ts";
import { isRunning } from "../support/processes.ts";
import { describeUnless, testUnless } from "../support/skipped.ts";
import { inTime } from "../support/until.ts";

const ROOT = join(import.meta.dir, "../..");
const LAUNCH = join(ROOT, "core/runner/launch.ts");
const FIXTURES = join(ROOT, "tests/fixtures/sandbox");
const MODEL = join(ROOT, "models/en_US-slt-tiny/1.0.0/en_US-slt-tiny.onnx");
const support = sandboxSupport();
const { missing } = kernelSandbox();
const notLinux = process.platform === "linux" ? undefined : "the parent-death signal is Linux's";

let temporary: string;
/** Stands for a plugin that is not in the engine's tree. */
let plugin: string;
let outside: string;

beforeAll(() => {
  temporary = mkdtempSync("/tmp/syrinx-sandbox-");
  plugin = join(temporary, "plugins/foo");
  outside = join(temporary, "outside");
  mkdirSync(outside);
  cpSync(FIXTURES, plugin, { recursive: true });
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** What the engine hands to the launcher for the plugin in `plugin`. */
function policy(granted: Partial<SandboxInput>): SandboxPolicy {
  const none: SandboxInput = { read: [], write: [], execute: [], spawn: false, cuda: false };
  const policy = sandboxPolicy({ ...none, ...granted, read: [plugin, ...(granted.read ?? [])] }, support);
  if (!policy) throw new Error(support.summary);
  return policy;
}

/** Launches one of the fixtures, in the sandbox with what is granted beside its own folder, or with none. */
function launch(script: string, args: string[], granted: Partial<SandboxInput> | "no sandbox" = {}) {
  const sandbox = granted === "no sandbox" ? null : policy(granted);
  return start({ sandbox, argv: [process.execPath, join(plugin, script), ...args] });
}

function start(spec: LaunchSpec) {
  return Bun.spawn([process.execPath, LAUNCH, JSON.stringify(spec)], {
    cwd: plugin,
    env: SANDBOX_ENV,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
}

/** @returns the core's end of the child's file descriptor 3 */
function connectTo(child: ReturnType<typeof start>, data: (bytes: Buffer) => void): Promise<Bun.Socket> {
  const socket: Bun.SocketHandler = { data: (_, bytes) => data(bytes) };
  return Bun.connect({ fd: child.stdio[3], socket } as unknown as Bun.TCPSocketConnectOptions);
}

async function report(child: ReturnType<typeof start>): Promise<Record<string, unknown>> {
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (!stdout.startsWith("{")) throw new Error(`No report, exit code ${child.exitCode}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Runs the escapes with everything in place that they try on. */
async function escapes(granted: Partial<SandboxInput> | "no sandbox") {
  const file = join(outside, "secret");
  writeFileSync(file, "secret");
  const link = join(plugin, "link");
  symlinkSync(file, link);
  const unixSocket = join(outside, "socket");
  const socket = { data() {} };
  using tcp = Bun.listen({ hostname: "127.0.0.1", port: 0, socket });
  using unix = Bun.listen({ unix: unixSocket, socket });
  const udp = await Bun.udpSocket({ hostname: "127.0.0.1" });
  try {
    const targets: Targets = {
      folder: plugin,
      link,
      file,
      outside,
      tcpPort: tcp.port,
      udpPort: udp.port,
      unixSocket: unix.unix,
      host: "localhost",
      parent: process.pid,
    };
    const outcomes = await report(launch("escapes.ts", [JSON.stringify(targets)], granted));
    return { outcomes, secret: readFileSync(file, "utf8") };
  } finally {
    udp.close();
    for (const path of [link, join(plugin, "made"), join(plugin, "new"), join(outside, "new")])
      rmSync(path, { force: true });
    rmSync(join(outside, "folder"), { recursive: true, force: true });
  }
}

describe("without a sandbox", () => {
  test("every escape succeeds, so the refusals come from the sandbox", async () => {
    const { outcomes, secret } = await escapes("no sandbox");
    expect(secret).toBe("");
    // Some containers keep it from everyone.
    if (!readable("/proc/1/environ")) delete outcomes["read the first process's environment"];
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== "done")).toEqual([]);
  });

  test("a launch spec that is not JSON ends with code 78 and one line", async () => {
    const child = Bun.spawn([process.execPath, LAUNCH, "{"], { stdio: ["ignore", "pipe", "pipe"] });
    expect(await child.exited).toBe(78);
    expect(await child.stderr.text()).toMatch(/^Cannot read the launch spec: .+\n$/);
  });

  test("a program that is not there ends with code 78 and its name", async () => {
    const child = start({ sandbox: null, argv: ["/no/program"] });
    expect(await child.exited).toBe(78);
    expect(await child.stderr.text()).toBe(
      "Cannot execute the plugin's program: execv /no/program: ENOENT\n",
    );
  });

  testUnless(notLinux)("a launch whose core has gone already ends with code 78", async () => {
    const child = start({ sandbox: null, argv: ["/bin/true"] });
    const core = await connectTo(child, () => {});
    core.terminate();
    expect(await child.exited).toBe(78);
    expect(await child.stderr.text()).toContain("the parent has already ended");
  });

  testUnless(notLinux)("SIGKILL of the parent ends the child too", async () => {
    await killedWithItsParent(null);
  });

  testUnless(notLinux)("what the process has started ends with it", async () => {
    await endsWithItsTree(null);
  });
});

describeUnless(missing)("in the sandbox", () => {
  test("every escape is refused", async () => {
    const { outcomes, secret } = await escapes({});
    expect(secret).toBe("secret");
    expect(Object.keys(outcomes).length).toBeGreaterThan(20);
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome === "done")).toEqual([]);
  });

  test("what was granted for reading can be read, and not written", async () => {
    const file = join(outside, "granted");
    writeFileSync(file, "text");
    const granted = { read: [file] };
    expect(await report(launch("abilities.ts", [`read=${file}`, `write=${outside}`], granted))).toEqual({
      read: "text",
      write: "EACCES",
    });
  });

  test("a folder granted for writing takes new files, renames and deletions", async () => {
    const granted = { write: [outside] };
    expect(await report(launch("abilities.ts", [`write=${outside}`], granted))).toEqual({ write: "kept" });
  });

  test("a granted program runs, and no other", async () => {
    const granted = { execute: ["/bin/true"], spawn: true };
    expect(await report(launch("abilities.ts", ["run=/bin/true"], granted))).toEqual({ run: 0 });
    expect(await report(launch("abilities.ts", ["run=/bin/false"], granted))).toEqual({ run: "EACCES" });
  });

  test("a granted program runs in the sandbox too", async () => {
    const granted = { spawn: true };
    const { outcomes } = await escapes(granted);
    expect(outcomes["run Bun"]).toBe("done");
    delete outcomes["run Bun"];
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome === "done")).toEqual([]);
  });

  test("threads start", async () => {
    expect(await report(launch("abilities.ts", ["worker=ok"]))).toEqual({ worker: "OK" });
  });

  test("the environment is what the engine gave, with neither HOME nor PATH", async () => {
    const { environment } = await report(launch("abilities.ts", ["environment"]));
    expect(environment).toEqual(Object.keys(SANDBOX_ENV).sort());
  });

  test("the only privilege of root that is left is to read files of any owner", async () => {
    const { status } = await report(launch("abilities.ts", ["status=CapEff"]));
    expect(BigInt(`0x${status}`) & ~0b110n).toBe(0n);
  });

  test("Bun starts without output on stderr", async () => {
    const child = launch("abilities.ts", []);
    expect([await child.stdout.text(), await child.stderr.text(), await child.exited]).toEqual([
      "{}\n",
      "",
      0,
    ]);
  });

  test("onnxruntime loads a shipped voice for a plugin outside the tree", async () => {
    const model = join(plugin, "voice.onnx");
    copyFileSync(MODEL, model);
    expect(await report(launch("abilities.ts", [`onnx=onnxruntime-node:${model}`]))).toEqual({
      onnx: ["input", "input_lengths", "scales"],
    });
  });

  test("a plugin inside the tree starts and imports what the engine ships, and reads no other part of it", async () => {
    const inside = join(FIXTURES, "abilities.ts");
    const sandbox = policy({ read: [FIXTURES, MODEL] });
    const abilities = [`onnx=onnxruntime-node:${MODEL}`, `read=${join(ROOT, "bunfig.toml")}`];
    expect(await report(start({ sandbox, argv: [process.execPath, inside, ...abilities] }))).toEqual({
      onnx: ["input", "input_lengths", "scales"],
      read: "EACCES",
    });
  });

  test("file descriptor 3 carries bytes both ways, and its end ends the plugin", async () => {
    const child = launch("echo.ts", []);
    const answered = Promise.withResolvers<string>();
    const socket = await connectTo(child, (bytes) => answered.resolve(bytes.toString()));
    socket.write("ping");
    expect(await answered.promise).toBe("ping");
    socket.end();
    expect(await child.exited).toBe(0);
  });

  test("a path of the policy that is not there ends with code 78 and its name", async () => {
    const sandbox = policy({});
    sandbox.read.push("/no/folder");
    const child = start({ sandbox, argv: [process.execPath, join(plugin, "abilities.ts")] });
    expect(await child.exited).toBe(78);
    expect(await child.stderr.text()).toMatch(
      /^Cannot apply the Landlock rules \(ABI \d+\): openat2 \/no\/folder: ENOENT\n$/,
    );
  });

  test.each(["swapped", "swapped/below"])(
    "a path that has become a link since it was checked grants nothing: %s",
    async (path) => {
      mkdirSync(join(outside, "below"), { recursive: true });
      const swapped = join(plugin, path);
      const sandbox = policy({});
      sandbox.write.push(swapped);
      symlinkSync(outside, join(plugin, "swapped"));
      try {
        const child = start({ sandbox, argv: [process.execPath, join(plugin, "abilities.ts")] });
        expect(await child.exited).toBe(78);
        expect(await child.stderr.text()).toEndWith(`openat2 ${swapped}: ELOOP\n`);
      } finally {
        rmSync(join(plugin, "swapped"));
      }
    },
  );

  test("SIGKILL of the parent ends the child too", async () => {
    await killedWithItsParent(policy({}));
  });

  test("what the process has started ends with it", async () => {
    await endsWithItsTree(policy({ spawn: true, execute: ["/bin/sh", "/usr/bin/tail"] }));
  });
});

/** Kills a process that has started another, which has left its session and whose parent has ended. */
async function endsWithItsTree(sandbox: SandboxPolicy | null): Promise<void> {
  const fifo = makeFifo();
  if (sandbox) sandbox.write.push(fifo);
  const argv = [process.execPath, join(plugin, "orphan.ts"), fifo];
  const held = createReadStream(fifo, "utf8");
  const started = new PluginProcess({
    launcher: LAUNCH,
    spec: { sandbox, argv, mark: newMark(temporary) },
    env: SANDBOX_ENV,
    cwd: plugin,
    clock: systemClock,
    line() {},
  });
  try {
    const [pid] = await inTime("the process has started another", once(held, "data"));
    started.kill();
    await started.exited;
    const left = isRunning(Number(pid));
    if (left) process.kill(Number(pid), "SIGKILL");
    expect(left).toBe(false);
  } finally {
    started.kill();
  }
}

/** @returns its path */
function makeFifo(): string {
  const fifo = join(plugin, "fifo");
  rmSync(fifo, { force: true });
  expect(Bun.spawnSync(["mkfifo", fifo]).exitCode).toBe(0);
  return fifo;
}

/**
 * Lets a process in between launch one that holds a FIFO open, kills the former, and waits until nobody holds the FIFO.
 * (Not their stdout: Bun ends that when the process that it spawned has gone, whoever else holds it.)
 */
async function killedWithItsParent(sandbox: SandboxPolicy | null): Promise<void> {
  const fifo = makeFifo();
  if (sandbox) sandbox.write.push(fifo);
  const spec: LaunchSpec = { sandbox, argv: [process.execPath, join(plugin, "stay.ts"), fifo] };
  const held = createReadStream(fifo, "utf8");
  const ended = once(held, "end");
  const between = Bun.spawn([process.execPath, join(plugin, "parent.ts"), LAUNCH, JSON.stringify(spec)], {
    cwd: plugin,
    env: SANDBOX_ENV,
    stdio: ["ignore", "ignore", "ignore"],
  });
  const [pid] = await once(held, "data");
  between.kill("SIGKILL");
  const late = Bun.sleep(2_000).then(() => "still there");
  const outcome = await Promise.race([ended.then(() => "gone"), late]);
  if (outcome !== "gone") process.kill(Number(pid), "SIGKILL");
  await ended;
  expect(outcome).toBe("gone");
}

function readable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
