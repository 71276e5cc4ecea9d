/**
 * The screen as it runs: it sends the requests of the panes, keeps the state of the engine up to date, and draws when
 * something has changed.
 *
 * @module
 */
import type { EngineEvent } from "../../schemas/generated/event.ts";
import { type Connection, type EngineAddress, EngineClient, followEvents, getSwaps } from "../client/mod.ts";
import { frameLines } from "./frame.ts";
import type { Job } from "./panes/mod.ts";
import { type Key, Terminal } from "./screen/mod.ts";
import { type OuterEffect, Shell } from "./shell.ts";
import {
  type EngineState,
  Freshness,
  nothingKnown,
  PAGE,
  REFRESH,
  RESOURCES,
  type Resource,
  staleAfter,
  withAnswer,
  withConnection,
  withEvents,
  withOlderSwaps,
} from "./state/mod.ts";

/** Interval of checks for requests that are due, in ms. */
const TICK_MS = 250;
/** Interval of drawings while only the time goes on, in ms. */
const CALM_MS = 1_000;
/** Least time between two drawings of news, in ms. A key is answered at once. */
const NEWS_MS = 100;
/** Number of past events to ask for. */
const PAST_EVENTS = 500;
/** A request that takes longer than this is shown, in ms. */
const SLOW_MS = 300;

export class Program {
  readonly #client: EngineClient;
  readonly #terminal: Terminal;
  readonly #shell: Shell;
  readonly #freshness = new Freshness();
  readonly #end = new AbortController();
  readonly #tasks = new Map<string, AbortController>();
  readonly #news: EngineEvent[] = [];
  #engine: EngineState;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;

  constructor(address: EngineAddress) {
    this.#client = new EngineClient(address);
    this.#engine = nothingKnown(address.url, Date.now());
    this.#terminal = new Terminal(
      { key: (key) => this.#key(key), resize: () => this.#draw() },
      `Syrinx ${address.url}`,
    );
    this.#shell = new Shell({
      engine: () => this.#engine,
      screen: this.#terminal,
      readOnly: address.readOnly ?? false,
      quit: () => this.#end.abort(),
    });
  }

  /** Runs until the user quits or the signal ends it, and then restores the terminal. */
  async run(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = AbortSignal.any([signal, this.#end.signal]);
    end.addEventListener("abort", () => resolve());
    this.#draw();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    void followEvents(this.#client, this.#listener, { past: PAST_EVENTS, signal: end });
    this.#tick();
    if (!end.aborted) await promise;
    this.close();
  }

  /** Restores the terminal. */
  close(): void {
    this.#end.abort();
    clearInterval(this.#ticker);
    clearTimeout(this.#drawTimer);
    this.#terminal.close();
  }

  readonly #listener = {
    connection: (connection: Connection) => {
      const now = Date.now();
      const before = this.#engine.connection;
      this.#engine = withConnection(this.#engine, connection, now);
      if (connection.state === "connected" && before.state === "lost") {
        this.#freshness.age(RESOURCES);
        const seconds = Math.round((now - before.since) / 1_000);
        this.#shell.say({ tone: "good", text: `Connected again after ${seconds} s` });
      }
      this.#drawSoon();
    },
    event: (event: EngineEvent, past: boolean) => {
      this.#news.push(event);
      if (!past) this.#freshness.age(staleAfter(event));
      this.#drawSoon();
    },
  };

  #key(key: Key): void {
    if (key.name === "ctrl-l") this.#terminal.repaint();
    else this.#perform(this.#shell.key(key));
    // Another pane may need something else.
    this.#refresh();
    this.#draw();
  }

  #tick(): void {
    const now = Date.now();
    this.#refresh(now);
    this.#shell.expire(now);
    const isLively = this.#engine.known.slots?.value.slots.some(({ swap }) => swap !== undefined) ?? false;
    if (isLively || now - this.#drawnAt >= CALM_MS) this.#drawSoon();
  }

  #refresh(now = Date.now()): void {
    const needs = new Set(this.#shell.pane.needs);
    for (const resource of this.#freshness.due(needs, now)) void this.#fetch(resource);
  }

  async #fetch<R extends Resource>(resource: R): Promise<void> {
    const outcome = await this.#client.send(REFRESH[resource].request, this.#end.signal);
    this.#freshness.answered(resource);
    this.#engine = withAnswer(this.#engine, resource, outcome, Date.now());
    this.#drawSoon();
  }

  #perform(effects: readonly OuterEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === "refresh") this.#freshness.age(effect.resources);
      else if (effect.kind === "older-swaps") void this.#fetchOlder(effect.before);
      else if (effect.kind === "stop") this.#tasks.get(effect.task)?.abort();
      else if (effect.kind === "request") void this.#send(effect);
      else void this.#run(effect);
    }
  }

  async #run(effect: Extract<OuterEffect, { kind: "task" }>): Promise<void> {
    const stop = new AbortController();
    this.#tasks.get(effect.name)?.abort();
    this.#tasks.set(effect.name, stop);
    const tell = (job: Job) => {
      this.#perform(this.#shell.happen(job));
      this.#drawSoon();
    };
    await effect.run(this.#client, tell, AbortSignal.any([stop.signal, this.#end.signal]));
    if (this.#tasks.get(effect.name) === stop) this.#tasks.delete(effect.name);
  }

  async #send(effect: Extract<OuterEffect, { kind: "request" }>): Promise<void> {
    const waiting = `${effect.label} ...`;
    const slow = setTimeout(() => {
      this.#shell.say({ tone: "warn", text: waiting });
      this.#draw();
    }, SLOW_MS);
    const outcome = await this.#client.send(effect.request, this.#end.signal);
    clearTimeout(slow);
    if (this.#end.signal.aborted) return;
    this.#shell.unsay(waiting);
    this.#perform(this.#shell.happen(effect.then(outcome)));
    this.#refresh();
    this.#draw();
  }

  async #fetchOlder(before: string): Promise<void> {
    const outcome = await this.#client.send(getSwaps(PAGE, { before }), this.#end.signal);
    if (outcome.ok) this.#engine = withOlderSwaps(this.#engine, outcome.value);
    else this.#shell.say({ tone: "bad", text: outcome.error.message });
    this.#drawSoon();
  }

  #drawSoon(): void {
    this.#drawTimer ??= setTimeout(() => this.#draw(), NEWS_MS);
  }

  #draw(): void {
    clearTimeout(this.#drawTimer);
    this.#drawTimer = undefined;
    if (this.#end.signal.aborted) return;
    this.#drawnAt = Date.now();
    if (this.#news.length > 0) {
      this.#engine = withEvents(this.#engine, this.#news.splice(0));
      this.#perform(this.#shell.heard());
    }
    this.#terminal.paint(frameLines(this.#shell.scene));
  }
}
