/**
 * The record of every swap: kept while it runs, and written to the journal stage by stage.
 *
 * @module
 */
import type { StageEntry, SwapRecord } from "../../schemas/generated/swap.ts";
import type { Clock } from "../clock.ts";
import type { SyrinxError } from "../errors.ts";
import type { Report, SwapJournal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";
import { type Binding, describeBinding } from "./binding.ts";
import type { Transition } from "./lifecycle.ts";

interface RunningSwap {
  record: SwapRecord;
  began: number;
  served: PromiseWithResolvers<SwapRecord>;
  done: PromiseWithResolvers<SwapRecord>;
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
   * Opens a record. What brings a slot to serve goes on whatever the journal says; what replaces a binding that serves
   * does not begin unless it is written down.
   *
   * @throws SyrinxError journal-unwritable
   */
  plan(slot: string, reason: SwapRecord["reason"], from: Binding | undefined, to: Binding): AcceptedSwap {
    const id = Bun.randomUUIDv7();
    const { served, done } = this.#open(
      id,
      slot,
      reason,
      from,
      to,
      from && reason !== "start" ? "refuse" : "keep",
    );
    return { id, served: served.promise, done: done.promise };
  }

  /**
   * Writes down that a transition has reached a stage.
   *
   * @param generation that was routed
   * @param detail why
   */
  record(slot: string, transition: Transition, generation?: number, detail?: string): void {
    const { id, binding, reason, stage } = transition;
    const running = this.#running.get(id) ?? this.#open(id, slot, reason, binding, binding, "keep");
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
    // The last stage is told when the record is whole.
    if (stage !== "done" && stage !== "failed") this.report({ kind: "swap", slot, swap: record });
    if (stage === "routed") running.served.resolve(record);
  }

  /** Writes down what came of the stage that a transition is in. */
  annotate({ id, stage }: Transition, detail: string): void {
    const running = this.#running.get(id);
    const entry = running?.record.stages.at(-1);
    if (!running || entry?.stage !== stage) return;
    entry.detail = detail;
    this.journal.detailStage(running.record, entry);
  }

  finish(id: string, error: SyrinxError | undefined): void {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    const { record } = running;
    record.endedAt = new Date(this.clock.now()).toISOString();
    if (error) record.error = { code: error.code, message: error.message };
    this.journal.endSwap(record);
    const what = `${record.reason}: ${record.to.plugin}${record.to.model ? ` + ${record.to.model}` : ""}`;
    const ms = Math.round(record.stages.at(-1)?.elapsedMs ?? 0);
    if (error)
      this.log.error(
        { slot: record.slot, swap: id, code: error.code },
        `${what} failed after ${ms} ms: ${error.message}`,
      );
    else
      this.log.info(
        { slot: record.slot, swap: id, generation: record.generation, ms },
        `${what} ${record.stage} in ${ms} ms`,
      );
    this.report({ kind: "swap", slot: record.slot, swap: record });
    running.served.resolve(record);
    running.done.resolve(record);
  }

  #open(
    id: string,
    slot: string,
    reason: SwapRecord["reason"],
    from: Binding | undefined,
    to: Binding,
    whenUnwritable: "refuse" | "keep",
  ): RunningSwap {
    const record: SwapRecord = {
      id,
      slot,
      reason,
      from: from ? describeBinding(from) : null,
      to: describeBinding(to),
      stage: "planned",
      stages: [],
      startedAt: new Date(this.clock.now()).toISOString(),
    };
    const running: RunningSwap = {
      record,
      began: this.clock.monotonic(),
      served: Promise.withResolvers<SwapRecord>(),
      done: Promise.withResolvers<SwapRecord>(),
    };
    this.journal.beginSwap(record, whenUnwritable);
    this.#running.set(id, running);
    return running;
  }
}
