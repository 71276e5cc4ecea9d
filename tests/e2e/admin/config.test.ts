import { afterAll, beforeAll, expect, test } from "bun:test";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";

const HERTZ = "/voices/tone/settings/hertz";
const FILE = {
  ...TONE_ONLY,
  voices: { ...TONE_ONLY.voices, tone: { plugin: "tone", settings: { hertz: 440 } } },
};

let engine: EngineProcess;
let screen: AdminScreen;
beforeAll(async () => {
  engine = await EngineProcess.start({ config: FILE });
  screen = new AdminScreen(engine.url);
  await screen.see("voices.tone");
  screen.press("4");
  await screen.see("SET BY");
});
afterAll(async () => {
  await screen[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
});

function view(): Promise<ConfigView> {
  return engine.get<ConfigView>("/control/config");
}

/** Changes the config as another client would, and waits until that is seen. */
async function elsewhere(method: string, path: string, body?: object): Promise<void> {
  const init = { method, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${engine.url}/control/config${path}`, init);
  const { version } = (await response.json()) as ConfigView;
  await screen.see(`Version ${version} is active`);
}

/** Finds the one setting whose pointer has that in it. */
async function find(pointer: string): Promise<void> {
  screen.press("/", "ctrl-u", pointer, "enter");
  await screen.see(new RegExp(`▌${pointer}`));
}

async function showAll(): Promise<void> {
  screen.press("escape");
  await screen.seeGone("Esc shows all");
}

/** Answers the question that is open with what it offers. */
function yes(): void {
  screen.press("y", "enter");
}

test("the config is a tree, with who set each value", async () => {
  const text = await screen.see(/hertz +440 +file/);
  expect(text).toContain("Version 1 is active");
  expect(text).toContain("Sources  file ● accepted");
  expect(text).toMatch(/slt +\(removed\) +file/);
  expect(text).toMatch(/▸ aliases +13 entries +default/);
});

test("a value is set after its plan is shown, and rolled back after the difference is shown", async () => {
  const { version } = await view();
  await find(HERTZ);
  screen.press("e");
  await screen.see("Set voices.tone.settings.hertz");
  screen.press("ctrl-u", "550", "enter");
  const plan = await screen.see("$ syrinx config set voices.tone.settings.hertz 550");
  expect(plan).toMatch(/voices\.tone +swap +● a load: there is memory/);
  expect(plan).toContain(`~ ${HERTZ}  440 → 550`);
  expect((await view()).version).toBe(version);
  yes();
  await screen.see(/hertz +550 +override/);
  expect(await view()).toMatchObject({
    version: version + 1,
    overrides: { voices: { tone: { settings: { hertz: 550 } } } },
  });

  await showAll();
  screen.press("v");
  await screen.see(new RegExp(`● ${version + 1} active .+ set by loopback`));
  screen.press("enter");
  const difference = await screen.see(`From version ${version} to ${version + 1}`);
  expect(difference).toContain(`~ ${HERTZ}  440 → 550`);
  screen.press("escape");
  await screen.seeGone(`From version ${version}`);
  screen.press("down", "b");
  await screen.see(`$ syrinx config rollback ${version}`);
  expect(screen.text).toContain("This pins the config");
  yes();
  await screen.see(`version ${version + 2} is active, pinned`);
  screen.press("v");
  await screen.see(`Pinned to version ${version} by loopback`);
  expect((await view()).pinned).toMatchObject({ version });
  await elsewhere("DELETE", "/overrides");
  await elsewhere("POST", "/unpin");
});

test("a change of the file is held while the config is pinned, and shown before the unpin", async () => {
  const { version } = await view();
  await elsewhere("POST", "/rollback", { version });
  await screen.see("Pinned to");
  await engine.saveUnasked({ ...FILE, log: { level: "warn" } });
  await screen.see("file ◐ held");
  await screen.see("1 change is held");
  screen.press("h");
  await screen.see("An unpin would change:");
  screen.press("escape");
  await screen.seeGone("An unpin would change:");
  screen.press("p");
  await screen.see("$ syrinx config unpin");
  expect(screen.text).toContain('~ /log/level  "info" → "warn"');
  yes();
  await screen.see("Not pinned");
  expect((await view()).pinned).toBeUndefined();
});

test("an invalid value is refused with its position and reason, and nothing changes", async () => {
  const { version } = await view();
  await find("/log/level");
  screen.press("e");
  await screen.see("Set log.level");
  screen.press("ctrl-u", "shout", "enter");
  const text = await screen.see("Set log.level: refused");
  expect(text).toContain("/log/level");
  expect(text).toContain("debug, info, warn, error");
  expect(text).toContain(`version ${version} stays active`);
  screen.press("escape");
  await screen.seeGone("refused");
  expect((await view()).version).toBe(version);
  await showAll();
});

test("an override is removed, so that the file's value applies again", async () => {
  await elsewhere("PATCH", "", { voices: { tone: { settings: { hertz: 550 } } } });
  await find(HERTZ);
  await screen.see(/hertz +550 +override/);
  screen.press("d");
  await screen.see("$ syrinx config unset voices.tone.settings.hertz");
  yes();
  await screen.see(/hertz +440 +file/);
  expect((await view()).overrides).toBeUndefined();
  await showAll();
});

test("a snapshot is taken, and the plan of its restore is shown", async () => {
  screen.press("S");
  await screen.see("Take a snapshot now");
  screen.press("enter");
  await screen.see("A name for it");
  screen.press("before the fair", "enter");
  await screen.see(/Snapshot \S+ was taken/);
  screen.press("S");
  await screen.see("before the fair");
  screen.press("fair", "enter");
  await screen.see("Restore snapshot before the fair");
  expect(await screen.see("$ syrinx snapshot restore")).toMatch(/voices\.tone +unchanged +tone@/);
  screen.press("escape");
  await screen.seeGone("Restore snapshot");
});

test("a rejected file is shown with its first problem, and with all of them on Enter", async () => {
  await engine.saveUnasked(`{ "speech": { "maxCharacter": 5 },\n  "log": { "level": "shout" } }`);
  await screen.see(/✗ file rejected: syrinx\.jsonc:1:\d+ unknown key "maxCharacter"/);
  expect(screen.text).toContain("file ✗ rejected");
  screen.press("home", "enter");
  const text = await screen.see("file was rejected:");
  expect(text).toMatch(/syrinx\.jsonc:2:\d+/);
  expect(text).toContain("/log/level");
  screen.press("escape");
  await screen.seeGone("file was rejected:");
});

test("a token that may not read the config sees a message, its version and its sources", async () => {
  const token = "read-only-token";
  const sha256 = new Bun.CryptoHasher("sha256").update(token).digest("hex");
  await using guarded = await EngineProcess.start({
    config: { ...FILE, server: { host: "0.0.0.0", tokens: [{ name: "anna", sha256, scopes: ["read"] }] } },
  });
  const url = guarded.url.replace("0.0.0.0", "127.0.0.1");
  await using other = new AdminScreen(url, { args: ["--token", token] });
  await other.see("voices.tone");
  other.press("4");
  await other.see("tokens of scope admin");
  expect(other.text).toContain("Version 1 is active");
  expect(other.text).toContain("file ● accepted");
});
