/**
 * The screen as it runs: it brings keys to panes and dialogs, sends what they want sent, keeps what is known of the engine
 * up to date, and draws when something has changed.
 *
 * @module
 */
import type { EngineEvent } from "../schemas/generated/event.ts";
import { type EngineAddress, EngineClient, followEvents, getSwaps } from "./client/mod.ts";
import { answered, type OpenDialog, opened } from "./dialogs/mod.ts";
import { frameLines, type Notice, paneSize } from "./frame.ts";
import { helpDialog } from "./help.ts";
import {
  type Job,
  openPanes,
  PANE_NAMES,
  type PaneEffect,
  type PaneName,
  type RunningPane,
  type View,
} from "./panes/mod.ts";
import { type Field, fieldOf, type Key, Terminal, typed } from "./screen/mod.ts";
import {
  type EngineState,
  Freshness,
  nothingKnown,
  PAGE,
  type Resource,
  staleAfter,
  UPKEEP,
  withAnswer,
  withEvents,
  withOlderSwaps,
} from "./state/mod.ts";

/** How often it is looked at what is due, in ms. */
const TICK_MS = 250;
/** News of the engine is drawn at most so often, in ms; keys are answered at once. */
const NEWS_MS = 100;
/** A notice goes after so long, in ms. */
const NOTICE_MS = 12_000;
/** Events of the past that are asked for. */
const PAST_EVENTS = 500;
/** A request that takes longer than this is told of, in ms. */
const SLOW_MS = 300;

export class Program {
  readonly #client: EngineClient;
  readonly #terminal: Terminal;
  readonly #panes: ReadonlyMap<PaneName, RunningPane> = openPanes();
  readonly #freshness = new Freshness();
  readonly #end = new AbortController();
  readonly #filters = new Map<PaneName, string>();
  readonly #tasks = new Map<string, AbortController>();
  readonly #news: EngineEvent[] = [];
  #engine: EngineState;
  #pane: PaneName = "slots";
  #dialogs: OpenDialog<Job>[] = [];
  #prompt: { sign: "/" | ":"; field: Field } | undefined;
  #notice: (Notice & { until: number }) | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #drawTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly address: EngineAddress) {
    this.#client = new EngineClient(address);
    this.#engine = nothingKnown(address.url, Date.now());
    this.#terminal = new Terminal(
      { key: (key) => this.#key(key), resize: () => this.#draw() },
      `Syrinx ${address.url}`,
    );
  }

  /** Runs until it is quit, or the signal ends it; the terminal is as it was then. */
  async run(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = AbortSignal.any([signal, this.#end.signal]);
    end.addEventListener("abort", () => resolve());
    this.#draw();
    this.#timers.push(setInterval(() => this.#tick(), TICK_MS));
    void followEvents(this.#client, this.#listener, PAST_EVENTS, end);
    this.#tick();
    if (!end.aborted) await promise;
    this.close();
  }

  /** Gives the terminal back. */
  close(): void {
    this.#end.abort();
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#drawTimer);
    this.#terminal.close();
  }

  readonly #listener = {
    connection: (connection: Parameters<Parameters<typeof followEvents>[1]["connection"]>[0]) => {
      const now = Date.now();
      const before = this.#engine.connection;
      // A new attempt does not hide for how long the engine has been away.
      if (connection.state === "connecting" && before.state === "lost") return;
      const since = before.state === connection.state ? before.since : now;
      const next =
        connection.state === "lost"
          ? { ...connection, since, retryAt: now + connection.retryMs }
          : { ...connection, since };
      if (connection.state === "connected" && before.state === "lost") {
        this.#freshness.age([
          "status",
          "slots",
          "memory",
          "swaps",
          "config",
          "versions",
          "plugins",
          "models",
        ]);
        this.#say({
          tone: "good",
          text: `Connected again after ${Math.round((now - before.since) / 1_000)} s`,
        });
      }
      this.#engine = { ...this.#engine, connection: next };
      this.#drawSoon();
    },
    event: (event: EngineEvent, past: boolean) => {
      this.#news.push(event);
      if (!past) this.#freshness.age(staleAfter(event));
      this.#drawSoon();
    },
  };

  get #shown(): RunningPane {
    const pane = this.#panes.get(this.#pane);
    if (!pane) throw new Error(`There is no pane ${this.#pane}`);
    return pane;
  }

  get #view(): View {
    return this.#viewOf(this.#pane);
  }

  #viewOf(pane: PaneName): View {
    const { glyphs, size } = this.#terminal;
    const filter = this.#filters.get(pane) ?? "";
    return { engine: this.#engine, size: paneSize(size), glyphs, now: Date.now(), filter };
  }

  #tick(): void {
    const now = Date.now();
    for (const resource of this.#freshness.due(new Set(this.#shown.needs), now)) void this.#fetch(resource);
    if (this.#notice && now > this.#notice.until) this.#notice = undefined;
    this.#drawSoon();
  }

  async #fetch<R extends Resource>(resource: R): Promise<void> {
    const outcome = await this.#client.send(UPKEEP[resource].request, this.#end.signal);
    this.#freshness.answered(resource);
    this.#engine = withAnswer(this.#engine, resource, outcome, Date.now());
    this.#drawSoon();
  }

  #key(key: Key): void {
    if (key.name === "ctrl-l") this.#terminal.repaint();
    else if (this.#dialogs.length > 0) this.#dialogKey(key);
    else if (this.#prompt) this.#promptKey(this.#prompt, key);
    else if (!(this.#shown.isTyping && key.prints && this.#paneKey(key)) && !this.#globalKey(key))
      this.#paneKey(key);
    this.#draw();
  }

  #dialogKey(key: Key): void {
    const last = this.#dialogs.at(-1);
    if (!last) return;
    const answer = answered(last, key, this.#terminal);
    this.#dialogs = [...this.#dialogs.slice(0, -1), ...(answer.open ? [answer.open] : [])];
    if (!answer.open && answer.change) this.#perform(answer.change(this.#view));
  }

  #promptKey({ sign, field }: { sign: "/" | ":"; field: Field }, key: Key): void {
    if (key.name === "escape" || key.name === "ctrl-c") {
      this.#prompt = undefined;
      if (sign === "/") this.#filters.delete(this.#pane);
      return;
    }
    if (key.name === "enter") {
      this.#prompt = undefined;
      if (sign === ":") this.#command(field.text.trim().toLowerCase());
      return;
    }
    const next = typed(field, key);
    if (!next) return;
    this.#prompt = { sign, field: next };
    if (sign === "/") this.#filters.set(this.#pane, next.text);
  }

  #command(text: string): void {
    if (text === "") return;
    if (["q", "quit", "exit"].includes(text)) return this.#end.abort();
    if (text === "help") return this.#open(helpDialog(this.#shown.hints(this.#view), this.#pane));
    const found = PANE_NAMES.filter((name) => name.startsWith(text));
    if (found[0] && found.length === 1) this.#pane = found[0];
    else
      this.#say({ tone: "bad", text: `No pane is called ${text}: ${PANE_NAMES.join(", ")}, help or quit` });
  }

  /** @returns whether the key was one that works everywhere */
  #globalKey({ name }: Key): boolean {
    const number = Number(name);
    const pane = Number.isInteger(number) ? PANE_NAMES[number - 1] : undefined;
    if (name === "ctrl-c" || name === "q") this.#end.abort();
    else if (pane) this.#pane = pane;
    else if (name === "tab" || name === "shift-tab") {
      const step = name === "tab" ? 1 : PANE_NAMES.length - 1;
      this.#pane = PANE_NAMES[(PANE_NAMES.indexOf(this.#pane) + step) % PANE_NAMES.length] ?? this.#pane;
    } else if (name === "?") this.#open(helpDialog(this.#shown.hints(this.#view), this.#pane));
    else if (name === ":") this.#prompt = { sign: ":", field: fieldOf() };
    else if (name === "/") this.#prompt = { sign: "/", field: fieldOf(this.#filters.get(this.#pane)) };
    else return false;
    this.#tick();
    return true;
  }

  #paneKey(key: Key): boolean {
    const effects = this.#shown.key(key, this.#view);
    if (effects) this.#perform(effects);
    else if (key.name === "escape") {
      this.#filters.delete(this.#pane);
      this.#notice = undefined;
    }
    return effects !== undefined;
  }

  #perform(effects: readonly PaneEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === "dialog") this.#open(effect.dialog);
      else if (effect.kind === "notice") this.#say(effect);
      else if (effect.kind === "show") this.#pane = effect.pane;
      else if (effect.kind === "refresh") this.#freshness.age(effect.resources);
      else if (effect.kind === "request") void this.#send(effect);
      else if (effect.kind === "older-swaps") void this.#fetchOlder(effect.before);
      else if (effect.kind === "stop") this.#tasks.get(effect.task)?.abort();
      else void this.#run(effect);
    }
  }

  async #run(effect: Extract<PaneEffect, { kind: "task" }>): Promise<void> {
    const stop = new AbortController();
    this.#tasks.get(effect.name)?.abort();
    this.#tasks.set(effect.name, stop);
    const tell = (job: Job) => {
      this.#perform(job(this.#view));
      this.#drawSoon();
    };
    await effect.run(this.#client, tell, AbortSignal.any([stop.signal, this.#end.signal]));
    if (this.#tasks.get(effect.name) === stop) this.#tasks.delete(effect.name);
  }

  async #send(effect: Extract<PaneEffect, { kind: "request" }>): Promise<void> {
    const slow = setTimeout(() => {
      this.#say({ tone: "warn", text: `${effect.label} ...` });
      this.#draw();
    }, SLOW_MS);
    const outcome = await this.#client.send(effect.request, this.#end.signal);
    clearTimeout(slow);
    if (this.#end.signal.aborted) return;
    if (this.#notice?.text === `${effect.label} ...`) this.#notice = undefined;
    this.#perform(effect.then(outcome)(this.#view));
    this.#tick();
    this.#draw();
  }

  async #fetchOlder(before: string): Promise<void> {
    const outcome = await this.#client.send(getSwaps(PAGE, before), this.#end.signal);
    if (outcome.ok) this.#engine = withOlderSwaps(this.#engine, outcome.value);
    else this.#say({ tone: "bad", text: outcome.error.message });
    this.#drawSoon();
  }

  #open(dialog: OpenDialog<Job>["dialog"]): void {
    this.#dialogs = [...this.#dialogs, opened(dialog)];
  }

  #say({ tone, text }: Notice): void {
    this.#notice = { tone, text, until: Date.now() + NOTICE_MS };
  }

  #drawSoon(): void {
    this.#drawTimer ??= setTimeout(() => this.#draw(), NEWS_MS);
  }

  #draw(): void {
    clearTimeout(this.#drawTimer);
    this.#drawTimer = undefined;
    if (this.#end.signal.aborted) return;
    if (this.#news.length > 0) {
      this.#engine = withEvents(this.#engine, this.#news.splice(0));
      for (const pane of this.#panes.values()) this.#perform(pane.heard(this.#viewOf(pane.name)));
    }
    this.#terminal.paint(() => {
      const view = this.#view;
      return frameLines({
        size: this.#terminal.size,
        glyphs: view.glyphs,
        now: view.now,
        engine: this.#engine,
        readOnly: this.address.readOnly,
        pane: this.#pane,
        body: this.#shown.draw(view),
        hints: this.#shown.hints(view),
        isTyping: this.#shown.isTyping,
        notice: this.#notice,
        prompt: this.#prompt,
        filter: view.filter,
        dialog: this.#dialogs.at(-1),
      });
    });
  }
}
