import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { AdminScreen } from "../../support/admin-screen.ts";
import { CommandLine } from "../../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { freePort } from "../../support/free-port.ts";

/** What box drawing and the signs of Unicode are made of. */
const BEYOND_ASCII = /[^\x20-\x7e\n]/;

describe("the screen", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await EngineProcess.start({ config: TONE_ONLY });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("names its engine and its keys", async () => {
    await using screen = new AdminScreen(engine.url);
    const text = await screen.see("connected");
    expect(text).toContain("Syrinx 0.1.0");
    expect(text).toContain("config 1");
    expect(text).toContain(engine.url);
    await screen.see("voices.tone");
    screen.press("?");
    await screen.see("Keys of slots");
    screen.press("escape");
    await screen.seeGone("Keys of slots");
  });

  test("finds the engine of this home, if no other is named", async () => {
    await using screen = new AdminScreen(undefined, { env: { SYRINX_HOME: engine.home } });
    await screen.see(`${engine.url} ● connected`);
  });

  test("goes to a pane by its number, by Tab, and by its name", async () => {
    await using screen = new AdminScreen(engine.url);
    await screen.see("voices.tone");
    screen.press("6", "?");
    await screen.see("Keys of events");
    screen.press("escape", "tab", "?");
    await screen.see("Keys of slots");
    screen.press("escape", ":", "mem", "enter", "?");
    await screen.see("Keys of memory");
    screen.press("escape", ":", "nowhere", "enter");
    await screen.see("No pane is called nowhere");
    screen.press(":", "q", "enter");
    expect(await screen.ended()).toBe(0);
  });

  test("shows only rows with the words of the filter, until Escape", async () => {
    await using screen = new AdminScreen(engine.url);
    await screen.see("sources.file");
    screen.press("/", "tone");
    await screen.seeGone("sources.file");
    screen.press("enter", "escape");
    await screen.see("sources.file");
  });

  test("fits 80 x 24 and 200 x 60, and follows the window", async () => {
    await using screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
    await screen.see("voices.tone");
    expect(screen.lines.at(-1)).toContain("q quit");
    screen.resize(200, 60);
    await screen.until(() => screen.lines.at(-1)?.includes("q quit") ?? false, "the footer at row 60");
    expect(screen.lines[0]).toMatch(/connected$/);
    expect(screen.lines[0]!.length).toBe(200);
    screen.resize(30, 5);
    await screen.see("30x5 is too small");
    screen.resize(80, 24);
    await screen.see("voices.tone");
  });

  test("has colours, unless NO_COLOR says otherwise", async () => {
    await using screen = new AdminScreen(engine.url);
    await screen.see("connected");
    expect(screen.hasColours).toBe(true);
    await using plain = new AdminScreen(engine.url, { env: { NO_COLOR: "1" } });
    await plain.see("connected");
    await plain.see("voices.tone");
    expect(plain.hasColours).toBe(false);
  });

  test("is drawn in ASCII where the locale has nothing else", async () => {
    await using screen = new AdminScreen(engine.url, { env: { LANG: "C" } });
    await screen.see("connected");
    screen.press("?");
    const text = await screen.see("Keys of slots");
    expect(text).not.toMatch(BEYOND_ASCII);
  });

  test.each(["tmux-256color", "screen", "xterm-kitty", "linux", "vt100"])("is drawn on %s", async (TERM) => {
    await using screen = new AdminScreen(engine.url, { env: { TERM } });
    const text = await screen.see("voices.tone");
    expect(text).not.toContain("�");
    screen.press("?");
    await screen.see("┌─ Keys of slots");
    expect(screen.usesLineLetters).toBe(false);
    screen.press("escape", "q");
    expect(await screen.ended()).toBe(0);
  });

  test("only reads with --read-only, and says so", async () => {
    await using screen = new AdminScreen(engine.url, { args: ["--read-only"] });
    await screen.see("read-only");
  });

  test.each([
    ["q", 0],
    ["ctrl-c", 0],
  ])("leaves the terminal as it was after %s", async (key, code) => {
    await using screen = new AdminScreen(engine.url);
    await screen.see("voices.tone");
    expect(screen.isAsFound).toBe(false);
    screen.press(key);
    expect(await screen.ended()).toBe(code);
    expect(screen.isAsFound).toBe(true);
    expect(screen.text.trim()).toBe("");
  });

  test.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
    "leaves the terminal as it was after %s",
    async (signal) => {
      await using screen = new AdminScreen(engine.url);
      await screen.see("voices.tone");
      screen.kill(signal);
      await screen.ended();
      expect(screen.isAsFound).toBe(true);
    },
  );
});

test("a crash of the screen restores the terminal before the error is printed", async () => {
  await using broken = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      new URL(url).pathname === "/healthz" ? new Response("ok") : Response.json({ slots: 5, config: {} }),
  });
  await using screen = new AdminScreen(broken.url.href);
  expect(await screen.ended()).toBe(1);
  expect(screen.isAsFound).toBe(true);
  expect(screen.text).toContain("syrinx: ");
});

test("an engine that stops is shown as lost, with its last state, and is found again automatically", async () => {
  const atPort = { args: ["--port", String(freePort())], anyPort: false };
  const first = await EngineProcess.start({ config: TONE_ONLY, ...atPort });
  await using screen = new AdminScreen(first.url);
  await screen.see("connected");
  await screen.see("voices.tone");
  first.kill("SIGKILL");
  await first.exited;
  const text = await screen.see(/lost for .* stale; again in/);
  expect(text).toContain("voices.tone");
  expect(text).toContain("The engine at ");
  await using _ = await EngineProcess.start({ folder: first.folder, ...atPort });
  await screen.see("Connected again");
  await screen.see("● connected");
});

describe("a token", () => {
  const sha256 = new Bun.CryptoHasher("sha256").update("to-read").digest("hex");
  const server = { tokens: [{ name: "reader", sha256, scopes: ["read"] }] };

  test("that may only read has all keys, and the engine's refusal is shown in full", async () => {
    await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, server } });
    await using screen = new AdminScreen(engine.url, { env: { SYRINX_TOKEN: "to-read" } });
    await screen.see("voices.tone");
    await screen.see("read-only");
    screen.press("r");
    await screen.see("The token has the scopes read, and this needs admin");
  });

  test("that is unknown is reported before the screen opens", async () => {
    await using engine = await EngineProcess.start({
      config: { ...TONE_ONLY, server: { ...server, host: "0.0.0.0" } },
    });
    const url = engine.url.replace("0.0.0.0", "127.0.0.1");
    await using screen = new AdminScreen(url, { args: ["--token", "a-guess"] });
    expect(await screen.ended()).toBe(1);
    expect(screen.text).toContain("The token is not known");
    expect(screen.isAsFound).toBe(true);
  });
});

describe("syrinx admin", () => {
  test("says that no engine runs, and how to start one", async () => {
    await using screen = new AdminScreen("http://127.0.0.1:1");
    expect(await screen.ended()).toBe(1);
    expect(screen.text).toContain("No engine answers at http://127.0.0.1:1. Start one with: syrinx start");
    expect(screen.isAsFound).toBe(true);
  });

  test("needs a terminal, and names the commands for programs", async () => {
    await using line = await CommandLine.open();
    const { code, stderr } = await line.run(["admin", "--url", "http://127.0.0.1:1"]);
    expect(code).toBe(2);
    expect(stderr).toContain("syrinx admin needs a terminal");
  });
});
