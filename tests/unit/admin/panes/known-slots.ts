/**
 * Engines as the slots pane sees them, and somebody who presses its keys: no terminal, no engine.
 *
 * @module
 */
import type {
  MemoryView,
  ModelView,
  PluginView,
  SlotTraffic,
  SlotView,
  SwapPlan,
} from "../../../../schemas/generated/api.ts";
import type { StageEntry, SwapRecord, SwapStage } from "../../../../schemas/generated/swap.ts";
import type { EngineError, Outcome, Request } from "../../../../admin/client/mod.ts";
import type { Dialog } from "../../../../admin/dialogs/mod.ts";
import type { Change, Effect, View } from "../../../../admin/panes/pane.ts";
import { slots } from "../../../../admin/panes/slots/pane.ts";
import type { SlotsState } from "../../../../admin/panes/slots/slots-state.ts";
import { glyphsFor, keyNamed, textOf } from "../../../../admin/screen/mod.ts";
import {
  nothingKnown,
  type Resource,
  type Resources,
  withAnswer,
  withEvents,
} from "../../../../admin/state/mod.ts";

/** The moment at which all is looked at. */
export const NOW = Date.parse("2026-05-04T12:00:00.000Z");
const AT = (msAgo: number) => new Date(NOW - msAgo).toISOString();

export const SLT = { plugin: "piper@1.0.0", model: "slt@1.0.0", settings: {}, device: "auto" };
export const RMS = { ...SLT, model: "rms@1.0.0" };

export const NO_TRAFFIC: SlotTraffic = {
  requestsPerSecond: 0,
  failedLastMinute: 0,
  active: 0,
  queued: 0,
  maxQueue: 512,
};

export function slotView(slot: string, more: Partial<SlotView> = {}): SlotView {
  return {
    slot,
    kind: "voice",
    state: "ready",
    load: "eager",
    generation: 1,
    desired: { plugin: "piper", model: "slt" },
    running: SLT,
    instances: [
      {
        pid: 7,
        state: "serving",
        generation: 1,
        inflight: 0,
        rssBytes: 50e6,
        device: "cpu",
        startedAt: AT(0),
      },
    ],
    traffic: NO_TRAFFIC,
    ...more,
  };
}

/** @param stages that it has reached, with how long ago each was, in ms */
export function swapRecord(
  stages: readonly (readonly [stage: SwapStage, msAgo: number])[],
  more: Partial<SwapRecord> = {},
): SwapRecord {
  const first = stages[0]?.[1] ?? 0;
  const entries = stages.map(([stage, msAgo]): StageEntry => ({
    stage,
    at: AT(msAgo),
    elapsedMs: first - msAgo,
  }));
  return {
    id: "swap-1",
    slot: "voices.a",
    reason: "request",
    strategy: "auto",
    from: SLT,
    to: RMS,
    stage: entries.at(-1)?.stage ?? "planned",
    stages: entries,
    startedAt: AT(first),
    ...more,
  };
}

/** @returns one that is over: `msAgo` of the last stage is its end */
export function endedSwap(
  stages: readonly (readonly [stage: SwapStage, msAgo: number])[],
  more: Partial<SwapRecord> = {},
): SwapRecord {
  return swapRecord(stages, { endedAt: AT(stages.at(-1)?.[1] ?? 0), ...more });
}

export function plugin(name: string, version: string, more: Partial<PluginView> = {}): PluginView {
  const permissions = { asked: [], missing: [] };
  const about = { description: "", license: "", directory: "", trusted: true };
  return { name, version, kind: "voice", state: "available", permissions, ...about, ...more };
}

export function model(name: string, version: string, more: Partial<ModelView> = {}): ModelView {
  const about = { license: "", directory: "", bytes: 4.7e6 };
  return { name, version, format: "onnx", languages: ["en-US"], ...about, ...more };
}

export function swapPlan(more: Partial<SwapPlan> = {}): SwapPlan {
  return {
    slot: "voices.a",
    verdict: "swap",
    from: SLT,
    to: RMS,
    changes: [{ pointer: "/model", from: SLT.model, to: RMS.model }],
    permissions: { missing: [], added: [] },
    strategy: "blue-green",
    memory: {
      verdict: "fits-beside",
      device: "cpu",
      needs: [{ device: "host", bytes: 50e6 }],
      evict: [],
      message: "voices.a needs 50 MB of the host, which has 20.2 GB free",
    },
    ...more,
  };
}

export interface Known {
  slots: readonly SlotView[];
  swaps?: readonly SwapRecord[];
  plugins?: readonly PluginView[];
  models?: readonly ModelView[];
  memory?: MemoryView;
}

interface Looks {
  columns?: number;
  rows?: number;
  filter?: string;
  ascii?: boolean;
}

/** @returns what a pane sees of an engine of which that is known, on a screen of 80×24 if nothing is said */
export function viewOf(known: Known, { columns = 80, rows = 20, filter = "", ascii }: Looks = {}): View {
  let engine = nothingKnown("http://engine", NOW);
  const answer = <R extends Resource>(resource: R, value: Resources[R]) => {
    engine = withAnswer(engine, resource, { ok: true, value }, NOW);
  };
  answer("slots", { slots: [...known.slots] });
  answer("swaps", { swaps: [...(known.swaps ?? [])] });
  answer("plugins", { plugins: [...(known.plugins ?? [])], problems: [] });
  answer("models", { models: [...(known.models ?? [])], problems: [] });
  if (known.memory) answer("memory", known.memory);
  return {
    engine,
    size: { columns, rows },
    glyphs: glyphsFor(ascii ? {} : { LANG: "C.UTF-8" }),
    now: NOW,
    filter,
  };
}

type SlotsEffect = Effect<Change<SlotsState>>;
type EffectOf<K extends SlotsEffect["kind"]> = Extract<SlotsEffect, { kind: K }>;

/** Somebody at the pane. What is to be done is left to the test: the newest effects are in `effects`. */
export class Sitter {
  effects: readonly SlotsEffect[] = [];
  state = slots.initial;

  constructor(public view: View) {}

  get lines(): string[] {
    return slots.draw(this.state, this.view).map((line) => textOf(line).trimEnd());
  }

  get text(): string {
    return this.lines.join("\n");
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) {
      const step = slots.key(this.state, keyNamed(key), this.view);
      if (!step) throw new Error(`${key} does nothing`);
      this.#take(step);
    }
    return this;
  }

  /** The one effect of a kind that there is to be. */
  effect<K extends SlotsEffect["kind"]>(kind: K): EffectOf<K> {
    const found = this.effects.find((one): one is EffectOf<K> => one.kind === kind);
    if (!found) throw new Error(`No ${kind}: ${JSON.stringify(this.effects)}`);
    return found;
  }

  dialog<K extends Dialog<unknown>["kind"]>(kind: K): Extract<Dialog<Change<SlotsState>>, { kind: K }> {
    const { dialog } = this.effect("dialog");
    if (dialog.kind !== kind) throw new Error(`Not a ${kind} but a ${dialog.kind}`);
    return dialog as Extract<Dialog<Change<SlotsState>>, { kind: K }>;
  }

  /** What the dialog says, a line each. */
  get said(): string {
    const { dialog } = this.effect("dialog");
    return "body" in dialog ? dialog.body.map(textOf).join("\n") : "";
  }

  /** Takes the answer of a question that does it. */
  yes(): this {
    return this.#take(this.dialog("question").then(this.state, this.view));
  }

  choose(label: string): this {
    const choice = this.dialog("choice");
    const index = choice.items.findIndex((item) => item.label === label);
    return this.#take(choice.choose(index)(this.state, this.view));
  }

  get request(): Request<unknown> {
    return this.effect("request").request;
  }

  answer(value: object): this {
    return this.#outcome({ ok: true, value });
  }

  refuse(error: EngineError): this {
    return this.#outcome({ ok: false, error });
  }

  /** The engine tells of a swap. */
  hear(swap: SwapRecord): this {
    const event = { id: 1, at: swap.startedAt, kind: "swap", slot: swap.slot, swap } as const;
    this.view = { ...this.view, engine: withEvents(this.view.engine, [event]) };
    const step = slots.heard?.(this.state, this.view);
    return step ? this.#take(step) : this;
  }

  #outcome(outcome: Outcome<unknown>): this {
    return this.#take(this.effect("request").then(outcome)(this.state, this.view));
  }

  #take({ state, effects = [] }: ReturnType<Change<SlotsState>>): this {
    this.state = state;
    this.effects = effects;
    return this;
  }
}
