import { describe, expect, test } from "bun:test";
import { slots } from "../../../../../admin/tui/panes/slots/pane.ts";
import type { SwapPlan } from "../../../../../schemas/generated/api.ts";
import { engineKnowing, swapEvent } from "./known-engine.ts";
import {
  endedSwap,
  type KnownSlots,
  knownSlots,
  model,
  plugin,
  RMS,
  SLT,
  slotView,
  swapPlan,
  swapRecord,
} from "./known-slots.ts";
import { PaneUser } from "./pane-user.ts";

const FORMATS = { formats: ["onnx"] };
const PLUGINS = [
  plugin("tone", "1.0.0"),
  plugin("piper", "1.0.0", FORMATS),
  plugin("file", "1.0.0", { kind: "sink" }),
];
const MODELS = [
  model("rms", "1.0.0"),
  model("slt", "1.0.0"),
  model("slt", "1.10.0"),
  model("slt", "1.9.0"),
  model("other", "1.0.0", { format: "voxels" }),
];
const KNOWN: KnownSlots = { slots: [slotView("voices.a")], plugins: PLUGINS, models: MODELS };
const FORBIDDEN = {
  code: "forbidden",
  message: "The token cheap has the scope read, and this needs admin",
  details: [],
};

const open = (more: Partial<KnownSlots> = {}) =>
  new PaneUser(slots, engineKnowing(knownSlots({ ...KNOWN, ...more })));

describe("what a slot can be swapped to", () => {
  test("is a list: the running release first, then its other versions, the newest first, then the rest", () => {
    const { title, items } = open().press("s").dialog("choice");
    expect(title).toBe("Swap voices.a to");
    expect(items).toEqual([
      { label: "piper@1.0.0+slt@1.0.0", note: "runs now, en-US, 4.7 MB" },
      { label: "piper@1.0.0+slt@1.10.0", note: "en-US, 4.7 MB" },
      { label: "piper@1.0.0+slt@1.9.0", note: "en-US, 4.7 MB" },
      { label: "piper@1.0.0+rms@1.0.0", note: "en-US, 4.7 MB" },
      { label: "tone@1.0.0", note: "" },
    ]);
  });

  test("has other versions of the plugin too, and shows the missing permissions of a blocked one", () => {
    const missing = [{ kind: "net" as const, allow: "example.com" }];
    const newer = plugin("piper", "1.1.0", {
      ...FORMATS,
      state: "blocked",
      permissions: { asked: missing, missing },
    });
    const { items } = open({ plugins: [...PLUGINS, newer] })
      .press("s")
      .dialog("choice");
    expect(items[4]).toEqual({
      label: "piper@1.1.0+slt@1.0.0",
      note: "blocked: asks for net example.com, en-US, 4.7 MB",
    });
  });

  test("begins with the wanted release if nothing runs", () => {
    const desired = { plugin: "tone", settings: {} };
    const unloaded = slotView("voices.a", { state: "unloaded", running: null, desired });
    const { items } = open({ slots: [unloaded] })
      .press("s")
      .dialog("choice");
    expect(items[0]).toEqual({ label: "tone@1.0.0", note: "" });
  });

  test("of a sink lists only sink plugins", () => {
    const file = { plugin: "file@1.0.0", settings: {}, device: "auto" };
    const slots = [slotView("sinks.files", { kind: "sink", running: file })];
    expect(open({ slots }).press("s").dialog("choice").items).toEqual([
      { label: "file@1.0.0", note: "runs now" },
    ]);
    expect(open({ slots, plugins: [] }).press("s").notice).toBe("Nothing on disk can fill sinks.files");
  });
});

describe("a swap", () => {
  const asked = (label: string, known: Partial<KnownSlots> = {}, strategy = "auto") => {
    const pane = open(known).press("s").choose(label).choose(strategy);
    return { pane, request: pane.request };
  };

  test("is planned before it is requested, for exactly the chosen releases", () => {
    const { pane, request } = asked("piper@1.0.0+rms@1.0.0");
    const body = { model: "rms@1.0.0", strategy: "auto" };
    expect(request).toMatchObject({
      path: "/control/slots/voices.a/swap?dryRun=true",
      body,
      harmless: true,
    });
    pane.answer(swapPlan());
    const question = pane.dialog("question");
    expect(question).toMatchObject({ title: "Swap voices.a", yes: "Swap" });
    expect(question.command).toBe("syrinx swap voices.a --model rms@1.0.0");
    expect(pane.said.split("\n")).toEqual([
      "now   piper@1.0.0+slt@1.0.0",
      "then  piper@1.0.0+rms@1.0.0",
      "",
      "blue-green: the new one is loaded beside the old one, which serves until then",
      "● there is memory: voices.a needs 50 MB of the host, which has 20.2 GB free",
    ]);
    pane.yes();
    expect(pane.request).toMatchObject({
      path: "/control/slots/voices.a/swap?wait=false",
      body,
      harmless: false,
    });
  });

  test("names the plugin where its range would resolve to another release, and begins with the defaults of another plugin", () => {
    const newer = { plugins: [...PLUGINS, plugin("piper", "1.1.0", FORMATS)] };
    expect(asked("piper@1.0.0+rms@1.0.0", newer).request.body).toEqual({
      plugin: "piper@1.0.0",
      model: "rms@1.0.0",
      strategy: "auto",
    });
    expect(asked("tone@1.0.0", {}, "canary").request.body).toEqual({
      plugin: "tone@1.0.0",
      model: null,
      settings: {},
      strategy: "canary",
    });
    const { pane } = asked("tone@1.0.0", {}, "recreate");
    const to = { plugin: "tone@1.0.0", settings: {}, device: "auto" };
    expect(pane.answer(swapPlan({ to })).dialog("question").command).toBe(
      "syrinx swap voices.a --plugin tone@1.0.0 --no-model --strategy recreate",
    );
  });

  test("that would be refused says why, with the numbers, and what to do, and cannot be requested", () => {
    const message = "the host has 100 MB of its budget of 1.0 GB free, and voices.a needs 4.2 GB";
    const memory: SwapPlan["memory"] = { verdict: "refused", device: "cpu", needs: [], evict: [], message };
    const { pane } = asked("piper@1.0.0+rms@1.0.0");
    const { title, command } = pane.answer(swapPlan({ memory, strategy: "auto" })).dialog("text");
    expect(title).toBe("voices.a would not be swapped");
    expect(command).toBe("syrinx swap voices.a --model rms@1.0.0 --dry-run");
    expect(pane.said).toContain(`✗ there is no memory: ${message}`);
    expect(pane.said).toContain("u unloads a slot; the Memory pane (2) shows who holds how much.");
  });

  test("to a plugin that is blocked lists each permission and says how to grant it", () => {
    const missing = [{ kind: "read" as const, allow: "/srv/words", reason: "a dictionary" }];
    const { pane } = asked("tone@1.0.0");
    pane.answer(
      swapPlan({
        permissions: { missing, added: missing },
        reason: "To grant it: syrinx plugins grant tone",
      }),
    );
    expect(pane.dialog("text").title).toBe("voices.a would not be swapped");
    expect(pane.said).toContain("  read /srv/words  a dictionary");
    expect(pane.said).toContain("To grant it from here: press g");
    expect(pane.said).toContain("syrinx plugins grant tone");
  });

  test("shows its other effects: settings that differ, slots that are unloaded, new permissions", () => {
    const added = [{ kind: "net" as const, allow: "example.com" }];
    const { pane } = asked("tone@1.0.0");
    const { memory } = swapPlan();
    pane.answer(
      swapPlan({
        changes: [
          { pointer: "/plugin", from: "a", to: "b" },
          { pointer: "/settings/hertz", from: 440, to: 600 },
        ],
        strategy: "recreate",
        memory: { ...memory, verdict: "fits-after-unload", evict: ["voices.idle"] },
        permissions: { missing: [], added },
      }),
    );
    expect(pane.dialog("question").yes).toBe("Swap");
    expect(pane.said).toContain("~ /settings/hertz  440 → 600");
    expect(pane.said).not.toContain("/plugin");
    expect(pane.said).toContain("recreate: the old one is unloaded first; requests wait meanwhile");
    expect(pane.said).toContain("there is memory once the old one is unloaded");
    expect(pane.said).toContain("Unloaded to make room: voices.idle");
    expect(pane.said).toContain(
      "It asks for permissions that the running release does not have:\n  net example.com",
    );
  });

  test("to the running release offers a reload instead", () => {
    const { pane } = asked("piper@1.0.0+slt@1.0.0");
    pane.answer(swapPlan({ verdict: "unchanged", to: SLT, changes: [] }));
    expect(pane.dialog("question")).toMatchObject({
      title: "voices.a runs this already",
      yes: "Reload",
      command: "syrinx reload voices.a",
    });
    expect(pane.yes().request.path).toBe("/control/slots/voices.a/reload?wait=false");
  });

  test("reports its progress and its result, wherever the cursor is", () => {
    const { pane } = asked("piper@1.0.0+rms@1.0.0");
    const begun = swapRecord([["planned", 100]]);
    pane.answer(swapPlan()).yes().answer(begun);
    expect(pane.notice).toBe("voices.a: the swap to piper@1.0.0+rms@1.0.0 is under way");
    pane.effects = [];
    const loading = swapRecord([
      ["planned", 100],
      ["loading", 50],
    ]);
    expect(pane.hear(swapEvent(loading)).effects).toEqual([]);
    const ended = endedSwap(
      [
        ["planned", 100],
        ["loading", 50],
        ["done", 0],
      ],
      { generation: 2 },
    );
    expect(pane.hear(swapEvent(ended)).effect("notice")).toMatchObject({
      tone: "good",
      text: "voices.a: piper@1.0.0+rms@1.0.0 serves as generation 2, after 100 ms",
    });
    pane.effects = [];
    expect(pane.hear(swapEvent(ended)).effects).toEqual([]);
  });

  test("that ends before the response is reported too, but not a swap of another user", () => {
    const error = { code: "plugin-failed", message: "these weights are broken" };
    const failed = endedSwap(
      [
        ["planned", 1_000],
        ["loading", 500],
        ["failed", 0],
      ],
      { error },
    );
    const { pane } = asked("piper@1.0.0+rms@1.0.0");
    pane.answer(swapPlan()).yes();
    const asking = pane.effects;
    pane.hear(swapEvent({ ...failed, id: "another" }), swapEvent(failed));
    expect(pane.effects).toBe(asking);
    expect(pane.answer(swapRecord([["planned", 0]])).effect("notice")).toMatchObject({
      tone: "bad",
      text: "voices.a: the swap to piper@1.0.0+rms@1.0.0 failed while loading, after 1.00 s: these weights are broken. piper@1.0.0+slt@1.0.0 keeps serving",
    });
  });

  test("that the engine refuses is shown in full, e.g. for a read-only token", () => {
    const { pane } = asked("piper@1.0.0+rms@1.0.0");
    expect(pane.refuse(FORBIDDEN).said).toContain(FORBIDDEN.message);
    const late = asked("piper@1.0.0+rms@1.0.0").pane.answer(swapPlan()).yes().refuse(FORBIDDEN);
    expect(late.dialog("text").title).toBe("voices.a: no swap");
    expect(late.said).toContain("forbidden");
  });
});

describe("a key for the chosen slot", () => {
  const path = (what: string) => `/control/slots/voices.a/${what}?wait=false`;

  test("r says which release a reload loads, which may be a newer one, and asks", () => {
    const pane = open().press("r");
    expect(pane.request).toMatchObject({
      path: "/control/slots/voices.a/swap?dryRun=true",
      body: { strategy: "auto" },
    });
    pane.answer(swapPlan({ to: { ...SLT, plugin: "piper@1.1.0" } }));
    expect(pane.said).toContain("then  piper@1.1.0+slt@1.0.0");
    expect(pane.yes().request).toMatchObject({ path: path("reload"), harmless: false });
  });

  /** Presses a key for a slot of which the engine says that it is so by now. */
  const after = (key: string, slot = slotView("voices.a")) => {
    const pane = open().press(key);
    expect(pane.request.path).toBe("/control/slots/voices.a");
    return pane.answer(slot);
  };

  test("b rolls back to the binding before, or says that there is none", () => {
    expect(after("b").notice).toBe(
      "voices.a: there is nothing to go back to, because only piper@1.0.0+slt@1.0.0 has served it",
    );
    const pane = after("b", slotView("voices.a", { rollback: RMS, generation: 4 }));
    expect(pane.said).toContain("now   piper@1.0.0+slt@1.0.0, generation 4\nthen  piper@1.0.0+rms@1.0.0");
    expect(pane.said).toContain("It is loaded first");
    expect(pane.dialog("question").command).toBe("syrinx rollback voices.a");
    expect(pane.yes().request.path).toBe(path("rollback"));
  });

  test("u says what it frees and what loads it again", () => {
    const pane = after("u");
    expect(pane.said).toContain("piper@1.0.0+slt@1.0.0, generation 1, is unloaded");
    expect(pane.said).toContain("It gives back 50 MB of the host.");
    expect(pane.said).toContain("Requests for it are refused until it is loaded again (l).");
    expect(pane.yes().request.path).toBe(path("unload"));
    const onDemand = after("u", slotView("voices.a", { load: "on-demand" }));
    expect(onDemand.said).toContain("The next request loads it again.");
    const unloaded = slotView("voices.a", { state: "unloaded", running: null, instances: [] });
    expect(after("u", unloaded).notice).toBe("voices.a: nothing is loaded");
  });

  test("l loads what is wanted, unless it is loaded", () => {
    expect(after("l").notice).toContain("is loaded already. To start it again: r");
    const pane = after("l", slotView("voices.a", { state: "unloaded", running: null }));
    expect(pane.said).toBe("piper+slt is loaded, and serves.");
    expect(pane.yes().request.path).toBe(path("load"));
  });

  test("P and A end the trial of a canary, where there is one", () => {
    expect(open().press("P").notice).toBe("voices.a: no canary is on trial");
    const swaps = [
      swapRecord([
        ["planned", 2],
        ["canary", 1],
      ]),
    ];
    const promoted = open({ swaps }).press("P");
    expect(promoted.said).toContain("piper@1.0.0+rms@1.0.0 gets all new requests");
    expect(promoted.yes().request.path).toBe("/control/swaps/swap-1/promote");
    const taken = open({ swaps }).press("A");
    expect(taken.dialog("question").command).toBe("syrinx abort voices.a");
    taken.yes();
    expect(taken.request.path).toBe("/control/swaps/swap-1/abort");
    // As it was requested, that it is rolled back is no failure.
    const error = { code: "swap-aborted", message: "It was aborted by hand" };
    taken.answer(swaps[0]!).hear(
      swapEvent(
        endedSwap(
          [
            ["planned", 2],
            ["canary", 1],
            ["rolled-back", 0],
          ],
          { error },
        ),
      ),
    );
    expect(taken.effect("notice")).toMatchObject({ tone: "good" });
  });
});

describe("g", () => {
  const missing = [
    { kind: "read" as const, allow: "/srv/words", reason: "a dictionary" },
    { kind: "net" as const, allow: "example.com" },
  ];
  const shy = (version: string) =>
    plugin("shy", version, { state: "blocked", permissions: { asked: missing, missing } });

  test("grants a blocked plugin the shown permissions, as a change of the config", () => {
    const pane = open({ plugins: [...PLUGINS, shy("1.0.0")] }).press("g");
    expect(pane.request).toMatchObject({
      path: "/control/plugins/shy/grant?dryRun=true",
      body: { version: "1.0.0", permissions: missing },
    });
    pane.answer({ base: 3, slots: [], sources: [], sections: [], changes: [] });
    expect(pane.dialog("question")).toMatchObject({
      yes: "Grant",
      command: "syrinx plugins grant shy@1.0.0",
    });
    expect(pane.said).toContain("shy@1.0.0 is granted, in all slots and versions:");
    expect(pane.said).toContain("  read /srv/words  a dictionary\n  net example.com");
    pane.yes();
    expect(pane.request).toMatchObject({
      path: "/control/plugins/shy/grant",
      body: { version: "1.0.0", permissions: missing },
      version: 3,
      harmless: false,
    });
  });

  test("asks which plugin if several are blocked, and says if none is", () => {
    const pane = open({ plugins: [shy("1.0.0"), shy("1.1.0")] }).press("g");
    expect(pane.dialog("choice").items[1]).toEqual({
      label: "shy@1.1.0",
      note: "asks for read /srv/words, net example.com",
    });
    expect(pane.choose("shy@1.1.0").request.body).toMatchObject({ version: "1.1.0" });
    expect(open().press("g").notice).toContain("No plugin is blocked");
  });
});
