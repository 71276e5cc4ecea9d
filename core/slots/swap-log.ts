/**
 * The record of every swap: kept while it runs, and written to the journal stage by stage.
 *
 * @module
 */
import type {
  CanaryTrial,
  InConfig,
  RollbackCause,
  StageEntry,
  Strategy,
  SwapRecord,
} from "../../schemas/generated/swap.ts";
import type { Clock } from "../clock.ts";
import type { SyrinxError } from "../errors.ts";
import type { Report, SwapJournal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { type Binding, describeBinding } from "../releases/mod.ts";
import type { EffectOf, Transition } from "./lifecycle/mod.ts";

interface RunningSwap {
  record: SwapRecord;
  /** The transition is over, and has failed if there is an error. */
  isOver: boolean;
  error: SyrinxError | undefined;
  began: number;
  served: PromiseWithResolvers<SwapRecord>;
  done: PromiseWithResolvers<SwapRecord>;
}

/**
 * How long a swap that is done waits for the config to have its binding, in ms. Changes of the config before it may take
 * long. Then the record ends as it is, and says later what became of it.
 */
const SAVE_MS = 10_000;

/** Reasons of swaps that a user requested, and can request again later. */
const ASKED_FOR: readonly SwapRecord["reason"][] = ["request", "reload", "config", "unload"];

/** Whether the config is to have a binding that somebody has chosen. */
export interface Keeping {
  /** false: until the engine ends. */
  persist: boolean;
  /** A note for the version of the config. */
  reason?: string;
}

/** What a swap is to do. */
interface SwapIntent {
  id: string;
  slot: string;
  reason: SwapRecord["reason"];
  strategy: Strategy;
  from: Binding | undefined;
  /** undefined: an unload */
  to: Binding | undefined;
  /** Who asked for it: the name of a token, or `loopback`. Absent: the engine or the config. */
  actor?: string | undefined;
  /** What asked for it, if it is a rollback. */
  rolledBackBy?: RollbackCause | undefined;
  /** Absent: nobody has chosen the binding. */
  keeping?: Keeping | undefined;
}

/** A swap that was accepted. Its promises never reject: a failure is in the record. */
export interface AcceptedSwap {
  id: string;
  /** Resolves when the new binding serves, or the swap has failed. */
  served: Promise<SwapRecord>;
  /** Resolves when the swap is over: the old instance has ended what it began, or the swap has failed. */
  done: Promise<SwapRecord>;
}

export class SwapLog {
  readonly #running = new Map<string, RunningSwap>();

  constructor(
    private readonly journal: SwapJournal,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly report: Report,
  ) {}

  /**
   * Opens a record. A swap that replaces a binding which serves does not begin unless the journal can be written. One
   * that brings a slot to serve, or back, begins anyway.
   *
   * @throws SyrinxError journal-unwritable
   */
  plan(slot: string, intent: Omit<SwapIntent, "id" | "slot">): AcceptedSwap {
    const id = Bun.randomUUIDv7();
    const whenUnwritable = intent.from && ASKED_FOR.includes(intent.reason) ? "refuse" : "keep";
    const { served, done } = this.#open({ ...intent, id, slot }, whenUnwritable);
    return { id, served: served.promise, done: done.promise };
  }

  /** Writes down what serves now that a transition has its turn. */
  begin({ id, from }: Omit<EffectOf<"begin">, "type">): void {
    const record = this.#running.get(id)?.record;
    const present = from ? describeBinding(from) : null;
    if (!record || Bun.deepEquals(record.from, present)) return;
    record.from = present;
    this.journal.setFrom(record);
  }

  /**
   * Writes down what the trial of a canary has seen so far. It is told while the canary is on trial and waits for requests:
   * a busy canary would fill the events with the rest.
   */
  noteTrial(id: string, canary: CanaryTrial): void {
    const record = this.#running.get(id)?.record;
    if (!record) return;
    record.canary = canary;
    this.journal.setCanary(record);
    if (record.stage === "canary" && canary.requests <= canary.minRequests)
      this.report({ kind: "swap", slot: record.slot, swap: record });
  }

  /** Writes down that a transition has reached a stage. A recovery has no record before its first stage. */
  record(slot: string, { transition, stage, generation, detail }: Omit<EffectOf<"record">, "type">): void {
    const { id, reason } = transition;
    const running = this.#running.get(id) ?? this.#open(intentOf(slot, transition), "keep");
    const { record } = running;
    const entry: StageEntry = {
      stage,
      at: new Date(this.clock.now()).toISOString(),
      elapsedMs: Math.round((this.clock.monotonic() - running.began) * 1000) / 1000,
      ...(detail !== undefined && { detail }),
    };
    record.stage = stage;
    record.stages.push(entry);
    if (generation !== undefined) record.generation = generation;
    this.journal.addStage(record, entry);
    this.log.debug({ slot, swap: id, stage, reason }, `swap ${stage}`);
    // The last stage is reported by `finish`, when the record is complete.
    if (stage !== "done" && stage !== "failed") this.report({ kind: "swap", slot, swap: record });
    if (stage === "routed") running.served.resolve(record);
  }

  /** Writes down what came of the stage that a transition is in. */
  annotate({ id, stage, detail }: Omit<EffectOf<"annotate">, "type">): void {
    const running = this.#running.get(id);
    const entry = running?.record.stages.at(-1);
    if (!running || entry?.stage !== stage) return;
    entry.detail = detail;
    this.journal.detailStage(running.record, entry);
  }

  /** Writes into the record of a swap that is over that its binding was rolled back. */
  markRolledBack(id: string, error: SyrinxError): void {
    const record = this.journal.swap(id);
    if (!record) return;
    const entry: StageEntry = {
      stage: "rolled-back",
      at: new Date(this.clock.now()).toISOString(),
      elapsedMs: this.clock.now() - Date.parse(record.startedAt),
      detail: error.message,
    };
    record.stage = entry.stage;
    record.stages.push(entry);
    record.rolledBackBy = "watch";
    this.journal.addStage(record, entry);
    this.journal.endSwap(record);
    this.report({ kind: "swap", slot: record.slot, swap: record });
  }

  /**
   * Counts one more utterance that went over to the new generation. A swap whose old process died may be over by then.
   */
  moved(id: string): void {
    const running = this.#running.get(id)?.record;
    const record = running ?? this.journal.swap(id);
    if (!record) return;
    record.moved = (record.moved ?? 0) + 1;
    this.journal.addMoved(record);
    if (!running) this.report({ kind: "swap", slot: record.slot, swap: record });
  }

  /**
   * A transition is over. The record of one that was requested ends when it is known whether the config has its binding.
   *
   * @param rolledBackBy what ended it, if its binding was rolled back
   */
  finish(id: string, error: SyrinxError | undefined, rolledBackBy?: RollbackCause): void {
    const running = this.#running.get(id);
    if (!running) return;
    const { record } = running;
    if (record.stage !== "done") delete record.config;
    if (rolledBackBy) record.rolledBackBy = rolledBackBy;
    running.error = error;
    running.isOver = true;
    if (record.config?.state !== "pending") return this.#end(running);
    this.clock.after(SAVE_MS, () => {
      if (this.#running.has(id)) this.#end(running);
    });
  }

  /** Writes down whether the config has the binding of a swap. */
  noteConfig(id: string, config: InConfig): void {
    const running = this.#running.get(id);
    const record = running?.record ?? this.journal.swap(id);
    if (!record) return;
    record.config = config;
    if (config.state === "not-saved")
      this.log.warn({ slot: record.slot, swap: id }, `not saved in the config: ${config.message}`);
    if (running) {
      if (running.isOver) this.#end(running);
      return;
    }
    this.journal.endSwap(record);
    this.report({ kind: "swap", slot: record.slot, swap: record });
  }

  #end(running: RunningSwap): void {
    const { record, error } = running;
    const { id } = record;
    this.#running.delete(id);
    record.endedAt = new Date(this.clock.now()).toISOString();
    if (error) record.error = { code: error.code, message: error.message };
    this.journal.endSwap(record);
    const { to } = record;
    const what = `${record.reason}: ${to ? `${to.plugin}${to.model ? ` + ${to.model}` : ""}` : "nothing"}`;
    const ms = Math.round(record.stages.at(-1)?.elapsedMs ?? 0);
    if (error)
      this.log.error(
        { slot: record.slot, swap: id, code: error.code },
        `${what} failed after ${ms} ms: ${error.message}`,
      );
    else
      this.log.info(
        { slot: record.slot, swap: id, generation: record.generation, ms, moved: record.moved },
        `${what} ${record.stage} in ${ms} ms${record.moved ? `, utterances moved: ${record.moved}` : ""}`,
      );
    this.report({ kind: "swap", slot: record.slot, swap: record });
    running.served.resolve(record);
    running.done.resolve(record);
  }

  #open(
    { id, slot, reason, strategy, from, to, actor, rolledBackBy, keeping }: SwapIntent,
    whenUnwritable: "refuse" | "keep",
  ): RunningSwap {
    const record: SwapRecord = {
      id,
      slot,
      reason,
      strategy,
      ...(actor !== undefined && { actor }),
      from: from ? describeBinding(from) : null,
      to: to ? describeBinding(to) : null,
      stage: "planned",
      stages: [],
      startedAt: new Date(this.clock.now()).toISOString(),
      ...(rolledBackBy && { rolledBackBy }),
      ...(keeping && { config: { state: keeping.persist ? "pending" : "until-restart" } }),
    };
    const running: RunningSwap = {
      record,
      isOver: false,
      error: undefined,
      began: this.clock.monotonic(),
      served: Promise.withResolvers<SwapRecord>(),
      done: Promise.withResolvers<SwapRecord>(),
    };
    this.journal.beginSwap(record, whenUnwritable);
    this.#running.set(id, running);
    return running;
  }
}

/** @returns the record of a transition that the machine has planned by itself */
function intentOf(slot: string, transition: Transition): SwapIntent {
  const { id, reason } = transition;
  if (transition.kind === "unload")
    return { id, slot, reason, strategy: "auto", from: undefined, to: undefined };
  const { binding, strategy, rolledBackBy } = transition;
  return { id, slot, reason, strategy, from: binding, to: binding, rolledBackBy };
}
