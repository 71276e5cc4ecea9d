import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../core/clock.ts";
import { type Allowance, EgressProxy, parseAllowance } from "../../core/instances/egress/mod.ts";
import { planLaunch } from "../../core/instances/launch-plan.ts";
import { sandboxSupport } from "../../core/instances/sandbox.ts";
import type { Binding } from "../../core/releases/binding.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../../core/runner/mod.ts";
import type { Problem, Status } from "../../schemas/generated/api.ts";
import type { Ways } from "../fixtures/plugins/wanderer/ways.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { kernelSandbox } from "../support/kernel-sandbox.ts";
import { silentLog } from "../support/silent-log.ts";
import { describeUnless, testUnless, withoutProgram } from "../support/skipped.ts";

const FIXTURE = join(ROOT, "tests/fixtures/plugins/wanderer");
const { missingForNetwork: missing } = kernelSandbox();
/** Where an engine would have its folders. */
const PLACE = {
  home: "/nonexistent",
  paths: { plugins: [], models: [] },
  dataDirectory: "/nonexistent/data/voices.a",
};
const GRANT = { net: ["$SETTINGS.url"] };

let granted: Bun.Server<undefined>;
let other: Bun.Server<undefined>;
let udp: Bun.udp.Socket<"buffer">;
let ways: Ways;
let strangers = 0;
let datagrams = 0;

beforeAll(async () => {
  granted = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("welcome") });
  other = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch() {
      strangers++;
      return new Response("who are you?");
    },
  });
  udp = await Bun.udpSocket({ hostname: "127.0.0.1", socket: { data: () => void datagrams++ } });
  ways = { url: `http://127.0.0.1:${granted.port}/`, otherPort: other.port ?? 0, udpPort: udp.port };
});

afterAll(async () => {
  await Promise.all([granted.stop(true), other.stop(true)]);
  udp.close();
});

function startEngine(grant: object): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: (home) => cp(FIXTURE, join(home, "plugins/wanderer"), { recursive: true }),
    config: {
      ...TONE_ONLY,
      plugins: { grants: { wanderer: grant } },
      voices: { ...TONE_ONLY.voices, wanderer: { plugin: "wanderer", settings: ways } },
    },
  });
}

describeUnless(missing)("a plugin that was granted one host and port", () => {
  test("reaches the granted host through the proxy, and nothing else", async () => {
    await using engine = await startEngine(GRANT);
    await using events = await EventReader.open(engine.url, { after: 0 });
    const { notes, error } = await engine.slot("voices.wanderer");
    expect(error).toBeUndefined();
    const outcomes = JSON.parse(notes?.[0] ?? "") as Record<string, string>;
    expect(outcomes).toMatchObject({
      "fetch what was granted": "welcome",
      "fetch another port": `127.0.0.1:${other.port} was not granted\n`,
    });
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome === "done")).toEqual([]);
    expect([strangers, datagrams]).toEqual([0, 0]);
    expect(await events.until(({ kind }) => kind === "refusal")).toMatchObject({
      slot: "voices.wanderer",
      target: `127.0.0.1:${other.port}`,
    });
    const { sandbox } = await engine.get<Status>("/control/status");
    expect(sandbox.egress).toBe(true);
  });

  test("is blocked without the grant, and the error says how to grant it", async () => {
    await using engine = await startEngine({});
    const response = await engine.post("/control/slots/voices.wanderer/reload");
    const { code, detail } = (await response.json()) as Problem;
    expect([response.status, code]).toEqual([403, "plugin-blocked"]);
    expect(detail).toContain(JSON.stringify({ plugins: { grants: { wanderer: GRANT } } }));
  });

  testUnless(withoutProgram("python3"))(
    "is held to it in Python as well, whose libraries know the proxy",
    async () => {
      const proxy = new EgressProxy({ clock: systemClock, log: silentLog(), report: () => {} });
      const pass = await proxy.admit("voices.python", [parseAllowance(ways.url) as Allowance]);
      const command = ["python3", "network.py", ways.url, String(other.port)];
      const { spec, env } = await planLaunch(pluginOf(command), {
        serve: SERVE_ENTRY,
        sandbox: { support: sandboxSupport(), require: true },
        ...PLACE,
        pass,
      });
      const child = Bun.spawn([process.execPath, LAUNCH_ENTRY, JSON.stringify(spec)], {
        cwd: join(ROOT, "tests/fixtures/sandbox"),
        env,
        stdio: ["ignore", "pipe", "inherit", "pipe"],
      });
      const outcomes = JSON.parse(await child.stdout.text()) as Record<string, string>;
      expect(outcomes).toEqual({
        "fetch what was granted": "welcome",
        "fetch another port": `127.0.0.1:${other.port} was not granted`,
        "connect by TCP": "PermissionError",
        "connect by MPTCP": "PermissionError",
        "connect by UDP": "PermissionError",
        "connect by sending": "PermissionError",
        "make a Unix socket": "PermissionError",
        listen: "PermissionError",
      });
      await proxy.close();
    },
  );
});

test("with a required sandbox, it does not load on a kernel that cannot restrict it to the proxy", async () => {
  const support = { ...sandboxSupport(), enforced: true, egress: false };
  const context = { serve: SERVE_ENTRY, ...PLACE, pass: { port: 1, variables: {} } };
  const plan = (require: boolean) =>
    planLaunch(pluginOf(["true"]), { ...context, sandbox: { support, require } });
  await expect(plan(true)).rejects.toMatchObject({ code: "sandbox-unavailable" });
  expect((await plan(false)).spec.sandbox?.proxyPort).toBe(1);
});

test("a process without a sandbox can use all these ways, so the refusals come from the sandbox", async () => {
  const child = Bun.spawn([process.execPath, join(FIXTURE, "unheld.ts"), JSON.stringify(ways)], {
    env: {},
    stdio: ["ignore", "pipe", "inherit"],
  });
  const outcomes = JSON.parse(await child.stdout.text()) as Record<string, string>;
  // Some containers have no IPv6, and nobody listens there.
  delete outcomes["connect by IPv6"];
  expect(
    Object.values(outcomes).every((outcome) => ["done", "welcome", "who are you?"].includes(outcome)),
  ).toBe(true);
});

function pluginOf(command: string[]): Binding {
  const manifest = {
    name: "wanderer",
    version: "1.0.0",
    kind: "voice" as const,
    engine: "^1.0.0",
    command,
    description: "For a test.",
    license: "Apache-2.0",
  };
  const directory = join(ROOT, "tests/fixtures/sandbox");
  const { name, version, kind } = manifest;
  return {
    plugin: { kind, name, version, manifest, directory, trusted: true },
    model: undefined,
    device: "cpu",
    settings: {},
  };
}
