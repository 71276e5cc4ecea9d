/**
 * What the config pane sees, and a person before it: keys go in, lines and effects come out.
 *
 * @module
 */
import type { Outcome, Request } from "../../../../admin/client/mod.ts";
import type { Dialog } from "../../../../admin/dialogs/mod.ts";
import { config, type ConfigState } from "../../../../admin/panes/config/pane.ts";
import type { Change, Effect, View } from "../../../../admin/panes/pane.ts";
import { type Glyphs, glyphsFor, keyNamed, textOf } from "../../../../admin/screen/mod.ts";
import { nothingKnown, type Resources } from "../../../../admin/state/mod.ts";
import type { ConfigView, ConfigVersionList, Status } from "../../../../schemas/generated/api.ts";

export const NOW = Date.parse("2026-03-01T12:00:00Z");
export const AT = "2026-03-01T11:59:00Z";
const ASCII: Glyphs = glyphsFor({});

/** The file says a voice and takes one away; its hertz was set over the API. */
export const CONFIG: ConfigView = {
  version: 7,
  document: {
    speech: { defaultVoice: "tone", maxCharacters: 100_000 },
    voices: { tone: { plugin: "tone", settings: { hertz: 300 } } },
    log: { level: "info" },
  },
  layers: [
    {
      source: "file",
      origin: "/etc/syrinx.jsonc",
      document: {
        speech: { defaultVoice: "tone" },
        voices: { slt: null, tone: { plugin: "tone", settings: { hertz: 440 } } },
      },
    },
    {
      source: "overrides",
      origin: "the API",
      document: { voices: { tone: { settings: { hertz: 300 } } } },
    },
  ],
  overrides: { voices: { tone: { settings: { hertz: 300 } } } },
};

export const VERSIONS: ConfigVersionList = {
  versions: [
    {
      number: 7,
      at: AT,
      cause: "patch",
      actor: "anna",
      outcome: "applied",
      patch: [{ op: "replace", path: "/voices/tone/settings/hertz", value: 300 }],
    },
    { number: 6, at: "2026-03-01T11:00:00Z", cause: "start", source: "file", outcome: "applied" },
  ],
  rejections: [
    {
      id: 3,
      at: "2026-03-01T11:30:00Z",
      base: 6,
      cause: "source",
      source: "file",
      outcome: "rejected",
      problems: [{ pointer: "/log/level", message: "must be one of debug, info" }],
    },
  ],
};

type Source = Status["config"]["sources"][number];
export const FILE: Source = { name: "file", state: "accepted", origin: "/etc/syrinx.jsonc", problems: [] };

interface Known {
  config?: ConfigView;
  versions?: ConfigVersionList;
  sources?: readonly Source[];
  /** Why the config could not be read. */
  problem?: { code: string; message: string };
}

/** @returns the view at 80 x 24 with what is given known of the engine */
export function viewOf(
  { config = CONFIG, versions = VERSIONS, sources = [FILE], problem }: Known = {},
  more: Partial<View> = {},
): View {
  const status = { config: { version: config.version, sources } } as unknown as Status;
  const known = <R extends keyof Resources>(value: Resources[R]) => ({ value, at: NOW });
  const engine = {
    ...nothingKnown("http://127.0.0.1:7851", NOW),
    known: {
      status: known<"status">(status),
      ...(!problem && { config: known<"config">(config), versions: known<"versions">(versions) }),
    },
    problems: problem ? { config: { ...problem, details: [] } } : {},
  };
  return { engine, size: { columns: 80, rows: 20 }, glyphs: ASCII, now: NOW, filter: "", ...more };
}

type PaneEffect = Effect<Change<ConfigState>>;

/** The pane, and somebody who presses keys and answers for the engine. */
export class Pane {
  state = config.initial;
  effects: readonly PaneEffect[] = [];
  /** What the last key was none of. */
  isUnknown = false;

  constructor(public view: View = viewOf()) {}

  press(...keys: readonly string[]): this {
    for (const name of keys) {
      const step = config.key(this.state, keyNamed(name), this.view);
      this.isUnknown = step === undefined;
      if (step) this.#take(step);
    }
    return this;
  }

  /** Presses down until the cursor is on a line with that text. */
  on(text: string): this {
    this.press("home");
    for (let steps = 0; steps < 100; steps++) {
      if (this.chosen.includes(text)) return this;
      this.press("down");
    }
    throw new Error(`No line has ${text}:\n${this.lines.join("\n")}`);
  }

  /** Answers the request that is under way. */
  answer(value: unknown): this {
    return this.#end({ ok: true, value });
  }

  refuse(code: string, message: string, details: readonly string[] = []): this {
    return this.#end({ ok: false, error: { code, message, details } });
  }

  /** Answers the dialog that is open with a change that it offers. */
  take(pick: (dialog: Dialog<Change<ConfigState>>) => Change<ConfigState>): this {
    this.#take(pick(this.dialog)(this.state, this.view));
    return this;
  }

  yes(): this {
    return this.take((dialog) => {
      if (dialog.kind !== "question") throw new Error(`It is no question but a ${dialog.kind}`);
      return dialog.then;
    });
  }

  enter(text: string): this {
    return this.take((dialog) => {
      if (dialog.kind !== "entry") throw new Error(`It is no entry but a ${dialog.kind}`);
      return dialog.enter(text);
    });
  }

  get lines(): string[] {
    return config.draw(this.state, this.view).map((line) => textOf(line).trimEnd());
  }

  get chosen(): string {
    return this.lines.find((line) => line.startsWith(ASCII.cursor)) ?? "";
  }

  get hints(): string[] {
    return config.hints(this.state, this.view).map(({ key }) => key);
  }

  get request(): Request<unknown> {
    const found = this.effects.find((effect) => effect.kind === "request");
    if (!found) throw new Error("Nothing is asked for");
    return found.request;
  }

  get dialog(): Dialog<Change<ConfigState>> {
    const found = this.effects.find((effect) => effect.kind === "dialog");
    if (!found) throw new Error("No dialog is open");
    return found.dialog;
  }

  /** What the dialog says. */
  get told(): string {
    const { dialog } = this;
    return "body" in dialog ? dialog.body.map(textOf).join("\n") : "";
  }

  get notice(): string | undefined {
    return this.effects.find((effect) => effect.kind === "notice")?.text;
  }

  #end(outcome: Outcome<unknown>): this {
    const found = this.effects.find((effect) => effect.kind === "request");
    if (!found) throw new Error("Nothing is asked for");
    this.#take(found.then(outcome)(this.state, this.view));
    return this;
  }

  #take({ state, effects = [] }: { state: ConfigState; effects?: readonly PaneEffect[] }): void {
    this.state = state;
    this.effects = effects;
  }
}
