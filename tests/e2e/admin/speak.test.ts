import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { addPlugin } from "../../support/releases.ts";
import { parseWav } from "../../support/wav.ts";

/** Half a second of sound at once, and the rest once its model is not held any more. */
const PATIENT = `import { existsSync } from "node:fs";
import { voice } from "syrinx/sdk";
const sound = () => Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
export default voice({
  load: ({ model }) => ({
    sampleRate: 16000,
    speakers: [{ id: "patient", language: "en" }],
    device: "cpu",
    async *speak() {
      yield sound();
      while (existsSync(model.directory + "/hold")) await Bun.sleep(5);
      yield sound();
    },
  }),
});`;
const PERMISSIONS = { read: ["$MODEL"] };
const CONFIG = {
  ...TONE_ONLY,
  voices: { ...TONE_ONLY.voices, patient: { plugin: "patient", model: "calm" } },
  sinks: { archive: { plugin: "file" } },
  plugins: { grants: { patient: PERMISSIONS } },
  swap: { parkForMs: 0 },
};

async function addPatientVoice(home: string): Promise<void> {
  await addPlugin(
    home,
    { name: "patient", version: "1.0.0", permissions: PERMISSIONS, voice: { formats: ["patient"] } },
    PATIENT,
  );
  for (const name of ["calm", "brisk"]) {
    const directory = modelFolder(home, name);
    await mkdir(directory, { recursive: true });
    const manifest = { name, version: "1.0.0", format: "patient", files: { model: "weights" }, sha256: {} };
    const about = { languages: ["en"], license: "Apache-2.0" };
    await writeFile(join(directory, "model.json"), JSON.stringify({ ...manifest, ...about }));
    await writeFile(join(directory, "weights"), "");
  }
}

function modelFolder(home: string, name: string): string {
  return join(home, "models", name, "1.0.0");
}

/** A folder with a program of that name in it. */
async function programIn(folder: string, name: string, script: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

/** Goes to the pane, and chooses the voice that has two models. */
async function choosePatient(screen: AdminScreen): Promise<void> {
  await screen.see("voices.patient");
  screen.press("5");
  await screen.see("tone, the default");
  screen.press("v");
  await screen.see("┌─ Voice");
  screen.press("patient", "enter");
  await screen.see("patient@1.0.0+calm@1.0.0");
}

/** Picks a model for the voice, with the strategy auto, and says yes to the plan. @returns what the plan says */
async function swapTo(screen: AdminScreen, model: string): Promise<string> {
  screen.press("s");
  await screen.see("Swap voices.patient to");
  screen.press(model, "enter");
  await screen.see(`+${model}@1.0.0: how`);
  screen.press("enter");
  const plan = await screen.see("there is memory");
  screen.press("y", "enter");
  return plan;
}

describe("the speak pane", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await EngineProcess.start({ config: CONFIG, prepare: addPatientVoice });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("speaks, saves the sound without overwriting a file, and shows the figures", async () => {
    await using screen = new AdminScreen(engine.url, { env: { PATH: "/nowhere" } });
    await screen.see("voices.tone");
    screen.press("5");
    await screen.see("only measured: no player is here");
    await screen.see("tone, the default");
    screen.press("down", "down", "down", "enter");
    await screen.see("Save as");
    const file = join(engine.folder, "hello.wav");
    screen.press("ctrl-u", join(engine.folder, "hello"), "enter");
    await screen.see(`saved as ${file}`);
    // Pasted, its second line is no Enter and no keys.
    screen.press("t", "ctrl-u", "\x1b[200~Good morning\nquite all of you\n\x1b[201~");
    await screen.see("Good morning quite all of you");
    screen.press("enter");
    const text = await screen.see(/● spoken: first sound after .* s of sound in .* × real time/);
    expect(text).toMatch(/tone, tone@1\.0\.0, generation 1/);
    const { seconds } = parseWav(await Bun.file(file).bytes());
    expect(text).toContain(`${seconds.toFixed(2)} s of sound`);
    screen.press("enter");
    await screen.see("hello-2.wav");
    expect((await readdir(engine.folder)).filter((name) => name.endsWith(".wav")).sort()).toEqual([
      "hello-2.wav",
      "hello.wav",
    ]);
  });

  test("plays through the installed player, and shows its error in full", async () => {
    const heard = join(engine.folder, "heard");
    const good = await programIn(join(engine.folder, "good"), "aplay", `exec /bin/cat > ${heard}`);
    await using screen = new AdminScreen(engine.url, { env: { PATH: good } });
    await screen.see("voices.tone");
    screen.press("5");
    await screen.see("played on this machine, through aplay");
    await screen.see("tone, the default");
    screen.press(" ");
    const text = await screen.see("played through aplay");
    expect(text).toContain("● spoken");
    const bytes = (await Bun.file(heard).bytes()).length;
    expect(text).toContain(`${((bytes - 44) / 2 / 16_000).toFixed(2)} s of sound`);

    const bad = await programIn(join(engine.folder, "bad"), "aplay", `echo "no sound card" >&2; exit 3`);
    await using mute = new AdminScreen(engine.url, { env: { PATH: bad } });
    await mute.see("voices.tone");
    mute.press("5");
    await mute.see("tone, the default");
    mute.press(" ");
    await mute.see("Cannot play the sound because aplay ended with code 3: no sound card");
    await mute.see("Save it to a file instead");

    const odd = await programIn(
      join(engine.folder, "odd"),
      "aplay",
      `/bin/cat > /dev/null; echo "no sound card" >&2`,
    );
    await using silent = new AdminScreen(engine.url, { env: { PATH: odd } });
    await silent.see("voices.tone");
    silent.press("5");
    await silent.see("tone, the default");
    silent.press(" ");
    await silent.see("played through aplay, which says: no sound card");
  });

  test("swaps the voice while it speaks: the utterance keeps its generation, the next one has the new one", async () => {
    await using screen = new AdminScreen(engine.url, { env: { PATH: "/nowhere" } });
    await choosePatient(screen);
    const hold = join(modelFolder(engine.home, "calm"), "hold");
    await writeFile(hold, "");

    screen.press(" ");
    await screen.see(/◐ speaking: first sound after .* of sound so far/);
    const plan = await swapTo(screen, "brisk");
    expect(plan).toContain("The old one finishes the current utterance");
    expect(plan).toContain("$ syrinx swap voices.patient --model brisk@1.0.0");
    const speaking = await screen.see("It is spoken to its end by generation 1, which began it");
    expect(speaking).toContain("◐ speaking");
    await rm(hold);
    const spoken = await screen.see("● spoken");
    expect(spoken).toContain("patient, patient@1.0.0+calm@1.0.0, generation 1");
    expect(spoken).toContain("the next one is spoken by generation 2");

    screen.press(" ");
    await screen.see("patient, patient@1.0.0+brisk@1.0.0, generation 2");
    await screen.see(/● spoken/);
    // Both stay, to be compared.
    expect(screen.lines.filter((line) => /(calm|brisk)@1\.0\.0 +Hello/.test(line))).toHaveLength(2);

    await swapTo(screen, "calm");
    await screen.see("voices.patient: patient@1.0.0+calm@1.0.0 serves as generation 3");
  });

  test("stops an utterance, and the engine cancels it", async () => {
    const hold = join(modelFolder(engine.home, "calm"), "hold");
    await writeFile(hold, "");
    await using screen = new AdminScreen(engine.url, { env: { PATH: "/nowhere" } });
    await choosePatient(screen);
    screen.press(" ");
    await screen.see("◐ speaking");
    screen.press("x");
    await screen.see("○ stopped");
    await rm(hold);
    await engine.slotUntil("voices.patient", ({ instances }) => instances[0]?.inflight === 0);
  });

  test("shows a refusal in full; a read-only screen may speak, but not store in a sink", async () => {
    await using screen = new AdminScreen(engine.url, { args: ["--read-only"], env: { PATH: "/nowhere" } });
    await screen.see("voices.tone");
    screen.press("5");
    await screen.see("in no sink");
    await screen.see("tone, the default");
    screen.press(" ");
    await screen.see("● spoken");
    screen.press("t", "ctrl-u", "...", "enter");
    await screen.see("Cannot speak this text because it has no letter or digit");
    screen.press("escape");
    await screen.see("✗ failed");
    screen.press("t", "ctrl-u", "Good morning", "enter");
    await screen.see("● spoken");
    screen.press("end", "up", "enter");
    await screen.see("Sinks that store it");
    screen.press("enter");
    await screen.see("in archive");
    screen.press(" ");
    await screen.see("Nothing was done: this client is read-only");
  });
});
