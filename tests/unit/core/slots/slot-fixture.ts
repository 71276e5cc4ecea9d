/**
 * Slots with all that surrounds them but processes: a clock that is moved by hand, devices with as much memory as the
 * test says, and instances that are values. A swap takes less than a millisecond.
 *
 * @module
 */

import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Devices } from "../../../../core/devices/devices.ts";
import { EgressProxy } from "../../../../core/instances/mod.ts";
import { type EventBody, openJournal } from "../../../../core/journal/mod.ts";
import { Admission, type Evictable } from "../../../../core/slots/admission.ts";
import type { Lease } from "../../../../core/slots/generation.ts";
import type { LoadReason } from "../../../../core/slots/lifecycle/mod.ts";
import { Slot } from "../../../../core/slots/slot.ts";
import {
  EAGER,
  FIRST_RULES,
  type LoadPolicy,
  type SlotChoice,
  type SlotEnvironment,
  type SwapManner,
  type SwapRules,
} from "../../../../core/slots/slot-environment.ts";
import { SwapLog } from "../../../../core/slots/swap-log.ts";
import type { PluginKind } from "../../../../schemas/generated/plugin.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { bindingOf, modelRelease } from "../releases/releases.ts";
import { type Behaviour, type FakeInstance, FakePlugins } from "./fake-instance.ts";

export const MB = 1e6;
/** How many turns of the event loop something may take that waits for no timer. */
const MAX_TURNS = 200;

/** Rules under which nothing happens by itself within the first minutes. */
export const RULES: SwapRules = {
  ...FIRST_RULES,
  drainTimeoutMs: 30_000,
  parkForMs: 0,
  memoryIntervalMs: 3_600_000,
  watch: { windowMs: 600_000, minRequests: 4, maxErrorRate: 0.5 },
  canary: { percent: 50, windowMs: 600_000, minRequests: 4, maxErrorRate: 0.5 },
};

/**
 * Waits for something that no timer brings about.
 *
 * @param what for the message, e.g. `the slot is ready`
 */
export async function until(what: string, condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    if (condition()) return;
    await new Promise((turned) => setImmediate(turned));
  }
  throw new Error(`it never happened: ${what}`);
}

/** Lets everything happen that waits for no timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((turned) => setImmediate(turned));
}

/** What the slots of a test share. */
export class SlotSurroundings {
  readonly clock = new HandClock(1_000_000);
  readonly plugins = new FakePlugins();
  readonly events: EventBody[] = [];
  readonly journal = openJournal(":memory:");
  readonly devices: Devices;
  readonly environment: SlotEnvironment;
  /** The GPUs of the machine. */
  gpus: DeviceReading[] = [];
  /** Host memory that each process uses; undefined: nothing tells. */
  processBytes: number | undefined;
  /** What may be ended to make room. */
  evictable: readonly Evictable[] = [];
  /** Slots that somebody wanted who found them unloaded. */
  readonly demands: string[] = [];
  /** What somebody chose, or a rollback led back to. */
  readonly choices: SlotChoice[] = [];

  /** @param hostBytes that all plugins together may take */
  constructor(rules: Partial<SwapRules> = {}, hostBytes = 1_000 * MB) {
    const { clock, events, journal } = this;
    const log = silentLog();
    const report = (event: EventBody) => void events.push(structuredClone(event));
    const host = { id: "host", name: "host", totalBytes: 8 * hostBytes, usedBytes: 0, processes: new Map() };
    this.devices = new Devices({
      clock,
      log,
      memoryHistory: journal.memoryHistory,
      budgets: { host: hostBytes },
      readers: {
        host: () => host,
        gpus: () => Promise.resolve(this.gpus),
        tree: (pid) => Promise.resolve([pid]),
        hostBytes: () => Promise.resolve(this.processBytes),
        residentBytes: () => this.processBytes,
        bytesNotResident: () => Promise.resolve(0),
        tasks: () => undefined,
        tasksOfMachine: () => undefined,
      },
    });
    this.environment = {
      clock,
      log,
      report,
      runner: { launch: "none", serve: "none" },
      sandbox: {
        support: { landlockAbi: 0, seccomp: false, egress: false, enforced: false, summary: "none" },
        require: false,
      },
      home: "/nowhere",
      maxProcesses: 1_024,
      paths: { plugins: [], models: [] },
      dataDirectory: "/nowhere",
      timeouts: {
        startMs: 10_000,
        loadMs: 10_000,
        healthIntervalMs: 3_600_000,
        healthMs: 10_000,
        audioMs: 60_000,
        cancelMs: 10_000,
      },
      cores: 1,
      egress: new EgressProxy({ clock, log, report }),
      startInstance: this.plugins.start,
      devices: this.devices,
      admission: new Admission(this.devices, () => this.evictable),
      swaps: new SwapLog(journal.swaps, clock, log, report),
      rules: { ...RULES, ...rules },
      demand: (slot) => void this.demands.push(slot),
      chosen: (choice) => void this.choices.push(choice),
      killed: new AbortController().signal,
    };
  }

  behave(mark: unknown, behaviour: Behaviour): void {
    this.plugins.behaviours.set(mark, behaviour);
  }

  slot(name = "voices.a", loadPolicy: Partial<LoadPolicy> = {}, kind: PluginKind = "voice"): Slot {
    const policy = { ...EAGER, ...loadPolicy };
    const slot = new Slot(name, kind, { plugin: "beep" }, policy, this.environment);
    slot.setLoadPolicy(policy);
    return slot;
  }

  /** Swaps a slot to `bindingOf(mark)`. @returns its record, and the instance that serves now */
  async serve(
    slot: Slot,
    mark: string,
    { reason = "request", ...manner }: SwapManner & { reason?: LoadReason } = {},
  ): Promise<{ record: SwapRecord; instance: FakeInstance }> {
    const record = await slot.swap(bindingOf(mark), reason, manner).served;
    return { record, instance: this.plugins.newest };
  }

  /** The record of the swap of a slot that began last. */
  lastSwap(slot: Slot): SwapRecord {
    const [last] = this.journal.swaps.swaps({ slot: slot.name, limit: 1 });
    if (!last) throw new Error("there was no swap");
    return last;
  }

  /** Speaks a segment for each outcome, and gives the lease of each back. */
  async speak(slot: Slot, ...outcomes: Parameters<Lease["report"]>[0][]): Promise<number[]> {
    const generations: number[] = [];
    for (const outcome of outcomes) {
      const lease = await slot.acquire(0);
      generations.push(lease.generation);
      lease.report(outcome);
      lease.release();
    }
    return generations;
  }
}

/** @returns a binding that needs so much memory */
export function heavyBinding(mark: string, bytes: number) {
  return { ...bindingOf(mark), model: modelRelease({ memory: { bytes } }) };
}
