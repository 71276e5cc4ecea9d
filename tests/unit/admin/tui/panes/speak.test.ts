import { describe, expect, test } from "bun:test";
import { speakPane } from "../../../../../admin/tui/panes/speak/pane.ts";
import { known, type SpeakState, type Utterance } from "../../../../../admin/tui/panes/speak/speak-state.ts";
import type { SlotView } from "../../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../../schemas/generated/swap.ts";
import { engineKnowing, swapEvent } from "./known-engine.ts";
import { endedSwap, knownSlots, model, plugin, slotView, swapPlan, swapRecord } from "./known-slots.ts";
import { PaneUser } from "./pane-user.ts";

const PLAYER = ["aplay", "-"] as const;

function slot(name: string, generation: number, model?: string): SlotView {
  const running = { plugin: "piper@1.0.0", ...(model && { model }), settings: {}, device: "cpu" };
  const kind = name.startsWith("sinks.") ? "sink" : "voice";
  return slotView(name, { kind, generation, desired: { plugin: "piper" }, running, instances: [] });
}

const FORMAT = { format: "piper" };
const MODELS = [model("slt", "1.0.0", FORMAT), model("rms", "1.0.0", FORMAT), model("kokoro", "1.0.0")];

function knowing(slots: SlotView[], swaps: SwapRecord[] = [], models = MODELS) {
  const voices = [
    { id: "slt", name: "slt", language: "en-US", release: "piper@1.0.0+slt@1.0.0", default: true },
    { id: "duo/rms", name: "rms", language: "en-GB" },
  ];
  const plugins = [plugin("piper", "1.0.0", { formats: [FORMAT.format] })];
  return engineKnowing({
    voices: { object: "list", voices, data: voices },
    ...knownSlots({ slots, swaps, models, plugins }),
  });
}

const form = (slots = [slot("voices.slt", 1, "slt@1.0.0"), slot("voices.duo", 1)], canPlay = true) =>
  new PaneUser<SpeakState>(speakPane(canPlay ? PLAYER : undefined), knowing(slots), { columns: 100 });

/** What the task would tell of the utterance that was begun last. */
function told(pane: PaneUser<SpeakState>, change: Partial<Utterance>): void {
  pane.happen((state) => ({ state: known(state, state.utterances[0]!.id, change) }));
}

const FIGURES: Partial<Utterance> = {
  state: "spoken",
  voice: "slt",
  release: "piper@1.0.0+slt@1.0.0",
  generation: 1,
  firstMs: 24,
  seconds: 3.7,
  tookMs: 50,
  kept: "played through aplay",
};

describe("the form", () => {
  test("does not ask for a voice if there is none", () => {
    const none = engineKnowing({ voices: { voices: [] } });
    expect(new PaneUser<SpeakState>(speakPane(undefined), none).text).toContain("the engine has no voice");
  });

  test("speaks the typed text with one Enter, with the voice and speed of the form", () => {
    const pane = form().press("enter", "ctrl-u").type("Good morning").press("enter");
    expect(pane.effect("task").name).toBe("speak");
    expect(pane.state.utterances[0]).toMatchObject({
      state: "waiting",
      order: { text: "Good morning", speed: 1, to: { kind: "play" }, sinks: [] },
    });
    expect(pane.state.isTyping).toBe(false);
    expect(pane.text).toContain("waiting: no sound so far");
  });

  test("takes every letter while the text is typed, and none otherwise", () => {
    const pane = form().press("t");
    expect(pane.state.isTyping).toBe(true);
    pane.press("ctrl-u").type("vtsx q 5?");
    expect(pane.state.text.text).toBe("vtsx q 5?");
    expect(pane.hints).toContain("Enter speak");
    pane.press("escape");
    expect(pane.state.isTyping).toBe(false);
    const before = pane.state;
    pane.press("z");
    expect(pane.state).toBe(before);
  });

  test("goes from field to field, and leaves the text on the way", () => {
    const pane = form().press("enter", "down");
    expect(pane.state).toMatchObject({ focus: "voice", isTyping: false });
    expect(pane.text).toMatch(/▌Voice +slt, the default  en-US  piper@1\.0\.0\+slt@1\.0\.0  generation 1/);
    pane.press("right");
    expect(pane.text).toMatch(/▌Voice +duo\/rms  en-GB/);
    pane.press("down", "right", "right");
    expect(pane.text).toContain("1.5 x the voice's own");
    pane.press("left", "left", "left", "left", "left", "left", "left");
    expect(pane.text).toContain("0.25 x the voice's own");
    pane.press("end");
    expect(pane.text).toContain("▌Speak");
  });

  test("offers the sinks of the config, and sends the utterance to the chosen ones", () => {
    expect(form().text).not.toContain("Keep");
    const pane = form([slot("voices.slt", 1), slot("sinks.archive", 1)]);
    expect(pane.text).toContain("in no sink");
    pane.press("end", "up", "enter");
    const dialog = pane.dialog("choice");
    pane.happen(dialog.choose(0));
    expect(pane.text).toContain("in archive");
    pane.press(" ");
    expect(pane.state.utterances[0]!.order.sinks).toEqual(["archive"]);
    pane.happen(dialog.choose(0));
    expect(pane.text).toContain("in no sink");
  });

  test("says that there is no player here, and offers to save it", () => {
    const pane = form(undefined, false);
    expect(pane.text).toContain("only measured: no player is here (aplay, pw-play, ffplay, afplay)");
    pane.press("down", "down", "down", "enter");
    const dialog = pane.dialog("entry");
    expect(dialog.check?.(" ")).toBeDefined();
    pane.happen(dialog.enter("hello"));
    expect(pane.text).toContain("saved as hello.wav");
  });

  test("takes a speed from 0.25 to 4 and nothing else", () => {
    const pane = form().press("down", "down", "enter");
    const dialog = pane.dialog("entry");
    expect(["0.25", "4", "1,5"].map((text) => dialog.check?.(text))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    for (const wrong of ["0.2", "5", "", "fast"]) expect(dialog.check?.(wrong)).toContain("0.25 to 4");
    pane.happen(dialog.enter("1,5"));
    expect(pane.state.speed).toBe(1.5);
  });

  test("does not send an empty text", () => {
    const pane = form().press("t", "ctrl-u", "enter");
    expect(pane.notice).toBe("Type a text first");
    expect(pane.state.utterances).toEqual([]);
  });
});

describe("an utterance", () => {
  test("shows its progress, then its figures and its voice", () => {
    const pane = form().press(" ");
    told(pane, {
      ...FIGURES,
      state: "speaking",
      tookMs: undefined as never,
      kept: undefined as never,
      seconds: 1.2,
    });
    expect(pane.text).toContain("speaking: first sound after 24 ms, 1.20 s of sound so far");
    told(pane, FIGURES);
    expect(pane.text).toContain("spoken: first sound after 24 ms, 3.70 s of sound in 50 ms, 74 × real time");
    expect(pane.text).toContain("slt, piper@1.0.0+slt@1.0.0, generation 1");
    expect(pane.text).toContain("played through aplay");
  });

  test.each(["x", "escape"])("is stopped with %s while it is under way, and only then", (key) => {
    const pane = form().press(" ", key);
    expect(pane.effect("stop").task).toBe("speak");
    told(pane, { state: "stopped", seconds: 0 });
    pane.press(key);
    expect(pane.effects).toEqual([]);
  });

  test("is the only one: the next one waits, unless the sound is only being played to its end", () => {
    const pane = form().press(" ", " ");
    expect(pane.notice).toContain("One utterance at a time");
    told(pane, { ...FIGURES, state: "playing" });
    pane.press(" ");
    expect(pane.effect("task").name).toBe("speak");
    expect(pane.state.utterances).toHaveLength(2);
  });

  test("stays in the list, so that utterances can be compared", () => {
    const pane = form().press(" ");
    told(pane, FIGURES);
    pane.press(" ");
    told(pane, { ...FIGURES, release: "piper@1.0.0+rms@1.0.0", firstMs: 31, generation: 2 });
    const table = pane.lines.slice(pane.lines.findIndex((line) => line.includes("FIRST")));
    expect(table.map((line) => line.match(/(\d+) ms.*(...@1\.0\.0) /)?.slice(1))).toEqual([
      undefined,
      ["31", "rms@1.0.0"],
      ["24", "slt@1.0.0"],
    ]);
    pane.filter = "rms";
    expect(pane.text).not.toContain("24 ms  ");
  });

  test("that fails shows the reason in full", () => {
    const pane = form().press(" ");
    const problem = {
      code: "forbidden",
      message: "The token has the scopes read, and this needs speak",
      details: [],
    };
    told(pane, { state: "failed", problem });
    expect(pane.text).toContain("failed");
    expect(pane.text).toContain(problem.message);
  });

  test("is kept in a list of limited length", () => {
    const pane = form();
    for (let count = 0; count < 200; count++) {
      pane.press(" ");
      told(pane, FIGURES);
    }
    expect(pane.state.utterances).toHaveLength(50);
    expect(pane.lines.length).toBeLessThanOrEqual(pane.size.rows);
  });
});

describe("another model while it speaks", () => {
  test("is one key away, for the slot of the voice that speaks", () => {
    const pane = form().press("t").type("!").press("enter", "s");
    const { title, items } = pane.dialog("choice");
    expect(title).toBe("Swap voices.slt to");
    // Of another format: the plugin cannot run it.
    expect(items.map(({ label }) => label)).toEqual(["piper@1.0.0+slt@1.0.0", "piper@1.0.0+rms@1.0.0"]);
    pane.choose("piper@1.0.0+rms@1.0.0").choose("auto");
    expect(pane.request).toMatchObject({
      path: "/control/slots/voices.slt/swap?dryRun=true",
      body: { model: "rms@1.0.0", strategy: "auto" },
      harmless: true,
    });
  });

  test("asks with the plan, also while the text is typed, and says how it ended", () => {
    const of = { slot: "voices.slt" };
    const pane = form().press("t", "ctrl-s").choose("piper@1.0.0+rms@1.0.0").choose("auto");
    pane.answer(swapPlan(of));
    expect(pane.dialog("question").command).toBe("syrinx swap voices.slt --model rms@1.0.0");
    expect(pane.said).toContain("then  piper@1.0.0+rms@1.0.0");
    expect(pane.said).toContain("The old one finishes the current utterance");
    expect(pane.yes().request).toMatchObject({
      path: "/control/slots/voices.slt/swap?wait=false",
      harmless: false,
    });
    pane.answer(swapRecord([["planned", 100]], of));
    expect(pane.notice).toBe("voices.slt: the swap to piper@1.0.0+rms@1.0.0 is under way");
    pane.hear(
      swapEvent(
        endedSwap(
          [
            ["planned", 100],
            ["done", 0],
          ],
          { ...of, generation: 2 },
        ),
      ),
    );
    expect(pane.notice).toBe("voices.slt: piper@1.0.0+rms@1.0.0 serves as generation 2, after 100 ms");
    expect(pane.state).toMatchObject({ begun: [], isTyping: false });
  });

  test("leaves the utterance with the generation that began it, and says who speaks the next one", () => {
    const pane = form().press(" ");
    told(pane, { ...FIGURES, state: "speaking" });
    const swap = swapRecord([["loading", 0]], { id: "s1", slot: "voices.slt" });
    pane.engine = knowing([{ ...slot("voices.slt", 1, "slt@1.0.0"), swap: "s1" }], [swap]);
    expect(pane.text).toContain("voices.slt is being swapped: loading");
    pane.engine = knowing([slot("voices.slt", 2, "rms@1.0.0")]);
    expect(pane.text).toContain("It is spoken to its end by generation 1, which began it;");
    told(pane, { state: "spoken" });
    expect(pane.text.replaceAll(/\n */g, " ")).toContain(
      "It was spoken by generation 1; the next one is spoken by generation 2: piper@1.0.0+rms@1.0.0",
    );
  });

  test("is not offered if no other model fits", () => {
    const pane = form();
    pane.engine = knowing([slot("voices.slt", 1)], [], []);
    expect(pane.press("s").notice).toBe("Nothing on disk can fill voices.slt");
  });
});
