import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SwapList } from "../../../schemas/generated/api.ts";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { addPlugin } from "../../support/releases.ts";
import { addWeightyVoice, breakModel, holdModel, WEIGHTY_GRANTS } from "../../support/weighty-voice.ts";

const SLOT = "voices.one";
/** Of huge nobody has the memory. */
const MODELS = { small: 20e6, large: 30e6, huge: 900e12, bad: 20e6 };
const BEEP = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "shy", language: "en" }],
    device: "cpu",
    async *speak() {
      yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
    },
  }),
});`;
const SHY = {
  name: "shy",
  version: "1.0.0",
  permissions: { read: [{ allow: "/etc/hostname", reason: "To greet by name" }], env: ["GREETING"] },
};

describe("the slots on the screen", () => {
  let engine: EngineProcess;
  let screen: AdminScreen;
  beforeAll(async () => {
    engine = await EngineProcess.start({
      async prepare(home) {
        await addWeightyVoice(home, MODELS);
        await addPlugin(home, SHY, BEEP);
      },
      config: {
        ...TONE_ONLY,
        plugins: { grants: WEIGHTY_GRANTS },
        voices: {
          ...TONE_ONLY.voices,
          one: { plugin: "weighty", model: "small", device: "cpu" },
          shy: { plugin: "shy" },
        },
      },
    });
    screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
    await onSlot(SLOT);
  });
  afterAll(async () => {
    await screen[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  });

  /** Moves the cursor to a slot. */
  async function onSlot(slot: string): Promise<void> {
    await screen.see(slot);
    screen.press("home");
    const isChosen = (text: string) => text.includes(`▌${slot}`);
    for (let moves = 0; !isChosen(screen.text) && moves < 10; moves++) {
      const before = chosen();
      screen.press("down");
      await screen.until((text) => isChosen(text) || chosen() !== before, "another slot");
    }
  }

  function chosen(): string | undefined {
    return screen.lines.find((line) => line.startsWith("▌"));
  }

  function row(slot: string): string {
    return screen.lines.find((line) => line.slice(1).startsWith(`${slot} `)) ?? "";
  }

  /** Opens the list of what can fill the slot, and takes one of it, with the strategy auto. */
  async function pick(model: string): Promise<void> {
    screen.press("s");
    await screen.see(`Swap ${SLOT} to`);
    screen.press(model);
    await screen.see(`type to filter: ${model}`);
    screen.press("enter");
    await screen.see(`+${model}@1.0.0: how`);
    screen.press("enter");
  }

  /** Reads a question, and takes the answer that is not the default. */
  async function yes(says: string): Promise<string> {
    const text = await screen.see(says);
    await screen.see("Cancel");
    screen.press("y", "enter");
    await screen.seeGone("Cancel");
    return text;
  }

  test("are swapped from a list of releases, with the plan, each stage and the result", async () => {
    const release = await holdModel(engine.home, "large");
    await pick("large");
    const plan = await yes("there is memory");
    expect(plan).toContain("then  weighty@1.0.0+large@1.0.0");
    expect(plan).toContain(`$ syrinx swap ${SLOT} --model large@1.0.0`);
    // It serves, and the other one comes.
    await screen.until(() => /● ready +◐ loading \d/.test(row(SLOT)), "the stage in the row");
    const text = await screen.see("planned → admitted → starting → ◐ loading");
    expect(text).toContain("then restoring");
    await release();
    await screen.see(`${SLOT}: weighty@1.0.0+large@1.0.0 serves as generation 2`);
    await screen.see("● done in");
    await screen.until(() => row(SLOT).includes("large@1.0.0"), "what serves in the row");
    expect(await engine.slot(SLOT)).toMatchObject({ generation: 2, running: { model: "large@1.0.0" } });
  });

  test("are not swapped to a release without memory for it: the numbers are shown, and no question", async () => {
    const { swaps } = await engine.get<SwapList>("/control/swaps");
    await pick("huge");
    const text = await screen.see("would not be swapped");
    expect(text).toMatch(/there is no memory: .*has [\d.]+ GB of its budget/s);
    expect(text.replace(/\s*│\s*/g, " ")).toContain(`${SLOT} needs 900`);
    expect(text).not.toContain("Cancel");
    screen.press("enter");
    await screen.seeGone("would not be swapped");
    expect((await engine.get<SwapList>("/control/swaps")).swaps).toEqual(swaps);
  });

  test("say at which stage a swap failed, why, and what keeps serving", async () => {
    await breakModel(engine.home, "bad");
    await pick("bad");
    await yes("there is memory");
    const text = await screen.see("✗ failed after");
    expect(text.replace(/\n/g, " ").replace(/ +/g, " ")).toContain(
      "weighty@1.0.0+bad@1.0.0 failed while loading, after",
    );
    expect(text).toContain("these weights are broken");
    expect(text).toContain("keeps serving");
  });

  test("are rolled back, reloaded, unloaded and loaded, each after a question", async () => {
    screen.press("b");
    expect(await yes("Roll back")).toContain("weighty@1.0.0+small@1.0.0, which served before");
    await screen.see("small@1.0.0 serves again as generation 3");
    screen.press("r");
    expect(await yes("It is started again")).toContain("$ syrinx reload");
    await screen.see("small@1.0.0 serves as generation 4");
    screen.press("u");
    expect(await yes("is unloaded")).toContain("until it is loaded again (l)");
    await screen.see("small@1.0.0 was unloaded, after");
    await screen.until(() => row(SLOT).includes("○ unloaded"), "that it is unloaded");
    expect(await engine.slot(SLOT)).toMatchObject({ state: "unloaded", instances: [] });
    screen.press("l");
    await yes("is loaded, and serves");
    await screen.see("small@1.0.0 serves as generation 5");
    await screen.until(() => row(SLOT).includes("● ready"), "that it is ready");
    // The default answer is that nothing is done.
    screen.press("u");
    await screen.see("Cancel");
    screen.press("enter");
    await screen.seeGone("Cancel");
    expect(await engine.slot(SLOT)).toMatchObject({ state: "ready", generation: 5 });
  });

  test("that are blocked show the missing permissions, and are loaded when these are granted on the screen", async () => {
    const text = await screen.see("1 plugin is blocked: shy@1.0.0 asks for");
    expect(text).toContain("✗ 1 slot has failed: voices.shy");
    expect(row("voices.shy")).toContain("✗ blocked");
    screen.press("g");
    const question = await yes("Grant shy@1.0.0");
    expect(question).toContain("read /etc/hostname  To greet by name");
    expect(question).toContain("env GREETING");
    await screen.see("Grant shy@1.0.0: done");
    await screen.until(() => /● ready +shy@1/.test(row("voices.shy")), "that it serves");
    await screen.seeGone("✗");
  });

  test("show requests per second and the time to the first audio", async () => {
    const body = { input: "Hello.", voice: "one", response_format: "pcm" };
    await (await engine.post("/v1/audio/speech", body)).bytes();
    await screen.until(() => /0\.1 +\d+ ms +0\/0/.test(row(SLOT)), "a request in the row");
  });

  test("are shown on a read-only screen, which says in full what it does not do", async () => {
    await using reader = new AdminScreen(engine.url, { columns: 80, rows: 24, args: ["--read-only"] });
    await reader.see("▌voices.one");
    reader.press("u");
    await reader.see("Cancel");
    reader.press("y", "enter");
    await reader.see("Nothing was done: this client is read-only");
    expect(await engine.slot(SLOT)).toMatchObject({ state: "ready" });
  });
});
