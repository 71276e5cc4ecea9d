/**
 * What must hold of the record of each transition: its stages in order, and its one end.
 *
 * @module
 */
import type { EffectOf } from "../../../../../core/slots/lifecycle/mod.ts";

/** In the order in which a swap may go through them; `draining` comes before `starting` if there is no room for both. */
const STAGES = [
  "planned",
  "admitted",
  "starting",
  "loading",
  "restoring",
  "probing",
  "canary",
  "routed",
  "draining",
  "done",
] as const;
export class StageLaws {
  /** By the ids of transitions, in the order in which they were reached. */
  readonly stages = new Map<string, string[]>();
  /** Transitions that are over, and their last stages. */
  readonly finished = new Map<string, string>();
  /** Swaps that had their turn, in order. */
  readonly begun: string[] = [];
  readonly #hadTurn = new Set<string>();
  readonly #markedRolledBack = new Set<string>();

  /** @param count called with each thing that has happened, for a test to see that all of it does */
  constructor(private readonly count: (what: string) => void) {}

  annotate({ id, stage }: EffectOf<"annotate">): void {
    if (this.finished.has(id)) throw new Error("a transition that is over is told more of");
    if (this.stages.get(id)?.at(-1) !== stage)
      throw new Error("a transition is told of a stage that it is not in");
  }

  markRolledBack({ swap }: EffectOf<"mark-rolled-back">): void {
    if (this.finished.get(swap) !== "done") throw new Error("what never served is rolled back");
    if (this.#markedRolledBack.has(swap)) throw new Error("a swap is rolled back twice");
    this.#markedRolledBack.add(swap);
    this.count("rolled back after it was done");
  }

  begin({ id }: EffectOf<"begin">): void {
    if (this.stages.get(id)?.join() !== "planned" || this.finished.has(id))
      throw new Error(`${id} has its turn before it was planned, or after its first stage`);
    if (this.#hadTurn.has(id)) throw new Error(`${id} has its turn twice`);
    this.#hadTurn.add(id);
  }

  finish({ id, rolledBackBy }: EffectOf<"finish">): void {
    if ((this.stages.get(id)?.at(-1) === "rolled-back") !== (rolledBackBy !== undefined))
      throw new Error(`${id} was rolled back by nothing, or was not and says by what`);
    if (rolledBackBy) this.count(`rolled back by ${rolledBackBy}`);
    if (this.finished.has(id)) throw new Error("a swap finishes twice");
    this.finished.set(id, this.stages.get(id)?.at(-1) ?? "");
  }

  record({ transition: { id }, stage }: EffectOf<"record">): void {
    if (this.finished.has(id)) throw new Error(`${id} reaches ${stage} after it has finished`);
    const before = this.stages.get(id) ?? [];
    this.stages.set(id, [...before, stage]);
    if (before.length === 0 && stage !== "planned") throw new Error(`${id} begins with ${stage}`);
    if (before.length === 1 && id.startsWith("swap") && stage !== "failed") this.begun.push(id);
    this.count(stage);
    const served = before.includes("routed") || before.includes("canary");
    if (stage === "failed") {
      if (before.includes("routed")) throw new Error(`${id} fails after it was routed`);
    } else if (stage === "rolled-back") {
      if (!served) throw new Error(`${id} is rolled back and has never served`);
    } else if (stage === "draining" && !served) {
      if (!["planned", "admitted"].includes(before.at(-1) ?? "")) throw new Error(`${id} drains too late`);
      this.count("unloaded first");
    } else {
      const reached = Math.max(
        ...before.filter((one) => one !== "draining" || served).map((one) => STAGES.indexOf(one as "done")),
        -1,
      );
      if (STAGES.indexOf(stage as "done") <= reached)
        throw new Error(`${id} goes from ${before.at(-1)} to ${stage}`);
    }
  }
}
