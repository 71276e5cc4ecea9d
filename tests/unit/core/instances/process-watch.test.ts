import { describe, expect, test } from "bun:test";
import type { SyrinxError } from "../../../../core/errors.ts";
import { watchProcesses } from "../../../../core/instances/process-watch.ts";
import { HandClock } from "../../../support/hand-clock.ts";

/** A plugin with 10 processes and threads on a machine with 200. It may have 100. */
function watched() {
  const clock = new HandClock();
  const exited = Promise.withResolvers<void>();
  const state = { own: 10 as number | undefined, machine: 200 as number | undefined, counts: 0 };
  const failures: SyrinxError[] = [];
  const limits = {
    clock,
    maxProcesses: 100,
    devices: {
      tasks(pid: number) {
        state.counts++;
        return pid === 41 ? state.own : undefined;
      },
      tasksOfMachine: () => state.machine,
    },
  };
  watchProcesses({ slot: "voices.slt", pid: 41, exited: exited.promise }, limits, (error) => {
    failures.push(error);
  });
  clock.pass(200);
  return { clock, exited, failures, limits, state };
}

describe("a plugin whose processes are counted", () => {
  test("is ended within 200 ms of its first process too many, once, with the numbers and the setting", () => {
    const { clock, failures, state } = watched();
    Object.assign(state, { own: 101, machine: 291 });
    clock.pass(200);
    expect(failures).toMatchObject([
      {
        code: "processes-exceeded",
        message:
          "Process 41 of voices.slt was ended because it has 101 processes and threads: " +
          "its limit is 100 (plugins.maxProcesses of the config)",
      },
    ]);
    expect(clock.timers).toBe(0);
  });

  test("may have as many as its limit", () => {
    const { clock, failures, state } = watched();
    Object.assign(state, { own: 100, machine: 500 });
    clock.pass(10_000);
    expect(failures).toEqual([]);
  });

  test("is counted only where the machine has enough more than before, or after 2 s", () => {
    const { clock, state } = watched();
    expect(state.counts).toBe(1);
    state.machine = 290;
    clock.pass(1_800);
    expect(state.counts).toBe(1);
    clock.pass(200);
    expect(state.counts).toBe(2);
    state.machine = 381;
    clock.pass(200);
    expect(state.counts).toBe(3);
  });

  test("is counted after 2 s where nothing tells how many the machine has", () => {
    const { clock, failures, state } = watched();
    Object.assign(state, { own: 101, machine: undefined });
    clock.pass(1_800);
    expect(failures).toEqual([]);
    clock.pass(200);
    expect(failures).toHaveLength(1);
  });

  test("is held to the limit of the moment", () => {
    const { clock, failures, limits } = watched();
    limits.maxProcesses = 9;
    clock.pass(200);
    expect(failures).toHaveLength(1);
  });

  test("is left alone when it has ended, or nobody can count it", async () => {
    const { clock, exited, failures, state } = watched();
    state.own = undefined;
    clock.pass(10_000);
    expect(failures).toEqual([]);
    exited.resolve();
    await clock.settle();
    expect(clock.timers).toBe(0);
  });
});
