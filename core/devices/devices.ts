/**
 * Admits instances by memory, keeps account of who holds what, and measures it.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { type DeviceReaders, type DeviceReading, type DeviceView, HOST, type Usage } from "./device.ts";
import { Inventory, systemReaders } from "./inventory.ts";
import { Ledger, RecentlyFreed, type Reservation } from "./ledger.ts";
import type { MeasuredMemory, MemoryHistory, MemoryHistoryKey, MemoryRequest } from "./memory-request.ts";
import { type Admitted, place, type Verdict } from "./placement.ts";
import { type Accounts, budgetOf, type DeviceState, foreignUse, type MemoryBudgets, roomOn } from "./room.ts";

export interface DevicesOptions {
  clock: Clock;
  log: Logger;
  memoryHistory: MemoryHistory;
  /** `memory.budgets` of the config. */
  budgets?: MemoryBudgets;
  /** Where readings come from. Default: the kernel and the NVIDIA driver. */
  readers?: DeviceReaders;
}

/** What an instance holds. */
export interface InstanceShare {
  key: string;
  slot: string;
  /** `cpu`, or a GPU's id. */
  device: string;
  /** Of that device, as measured; an estimate until then. */
  reservedBytes: number;
}

/** How often a GPU is read until its memory is free, in ms. As in Ollama. */
const POLL_MS = 250;
/** How long the memory of an ended process may still be reported as used, in ms. Ollama found 0.5 to 1.5 s as a rule. */
export const RECOVERY_MS = 5_000;

export class Devices {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #memoryHistory: MemoryHistory;
  readonly #inventory: Inventory;
  readonly #ledger = new Ledger();
  readonly #recentlyFreed: RecentlyFreed;
  /** Device to the bytes that other programs used when all of ours was measured. */
  readonly #foreign = new Map<string, number>();
  #budgets: MemoryBudgets;

  constructor({
    clock,
    log,
    memoryHistory,
    budgets = {},
    readers = systemReaders({ clock, log }),
  }: DevicesOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#memoryHistory = memoryHistory;
    this.#budgets = budgets;
    this.#inventory = new Inventory(clock, readers);
    this.#recentlyFreed = new RecentlyFreed(clock, RECOVERY_MS);
  }

  /** Sets the budgets for admissions from now on. Instances that are admitted stay. */
  configure(budgets: MemoryBudgets): void {
    this.#budgets = budgets;
  }

  /**
   * Decides like {@linkcode admit}, and reserves nothing.
   *
   * @param gone keys of instances that do not count
   * @throws SyrinxError device-unavailable
   */
  async preview(request: MemoryRequest, gone: readonly string[] = []): Promise<Verdict> {
    return this.#place(request, await this.#read(request), this.#ledger.without(gone));
  }

  /**
   * Decides, and reserves what the instance needs until {@linkcode release}. If `evict` names instances, nothing is reserved
   * yet: the caller unloads them and admits again. After `fits-after-unload`, the instance and those in `givesBack` share
   * one reservation.
   *
   * @throws SyrinxError device-unavailable
   */
  async admit(request: MemoryRequest): Promise<Verdict> {
    const readings = await this.#read(request);
    // No await between here and the reservation, so that no other admission comes between.
    const verdict = this.#place(request, readings);
    if (verdict.verdict !== "refused" && verdict.evict.length === 0) this.#reserve(request, verdict);
    return verdict;
  }

  /**
   * To be called before a process starts. If a process that used the same GPU ended a moment ago, waits until the GPU
   * reports enough free memory, for at most 5 s. Returns at once on the CPU: the kernel has freed everything when a process
   * has ended.
   *
   * @returns whether the memory is free, or not known
   */
  async awaitRoom(key: string): Promise<boolean> {
    const shares = [...(this.#ledger.get(key)?.shares ?? [])].filter(([device]) => device !== HOST);
    const waits = shares.map(([device, { bytes }]) => this.#awaitFree(device, bytes));
    return (await Promise.all(waits)).every(Boolean);
  }

  /**
   * Measures an instance, replaces its reservation by the result, and remembers it. To be called when it has spoken its
   * probe, and again later: an inference takes memory as well.
   *
   * @param pid of its process
   * @param runsOn the device that it reports, `cpu` or `cuda:N`: an instance on `auto` may have fallen back to the CPU
   */
  async measure(key: string, pid: number, runsOn?: string): Promise<void> {
    const reservation = this.#ledger.get(key);
    if (!reservation) return;
    if (runsOn === "cpu") this.#ledger.moveToHost(key);
    const { device, plugin, model } = reservation;
    const { hostBytes, gpuBytes } = await this.#usage(pid, device === HOST ? undefined : device);
    // It was released in the meantime, and its process may have ended during the measurement.
    if (this.#ledger.get(key) !== reservation || hostBytes === undefined) return;
    this.#ledger.settle(key, HOST, hostBytes);
    const measured: MeasuredMemory = { hostBytes };
    if (device !== HOST && gpuBytes !== undefined) {
      this.#ledger.settle(key, device, gpuBytes);
      measured.gpuBytes = gpuBytes;
    }
    this.#log.debug({ device, ...measured }, `${key} was measured`);
    this.#remember({ plugin, ...(model && { model }), device: device === HOST ? "cpu" : device }, measured);
  }

  /** Gives back what an instance held. To be called after its process has ended, not before; idempotent. */
  release(key: string): void {
    const reservation = this.#ledger.release(key);
    for (const [device, { bytes }] of reservation?.shares ?? []) {
      if (device !== HOST) this.#recentlyFreed.add(device, bytes);
    }
  }

  /** @returns the memory that a process and what it has started use now */
  usage(pid: number): Promise<Usage> {
    return this.#usage(pid);
  }

  /**
   * An upper bound that takes under 1 ms; {@linkcode usage} takes 1 to 12 ms, and the process stands still for that time.
   *
   * @returns bytes of host memory: a process and what it has started use at most so many; undefined if it is not known
   */
  async usesAtMost(pid: number): Promise<number | undefined> {
    return this.#inventory.mostHostBytes(await this.#inventory.tree(pid));
  }

  /** @returns how many processes and threads there are of a process and what it has started; undefined if it is not known */
  tasks(pid: number): number | undefined {
    return this.#inventory.tasks(pid);
  }

  /** @returns all processes and threads of the machine; undefined if it is not known */
  tasksOfMachine(): number | undefined {
    return this.#inventory.tasksOfMachine();
  }

  /** The most host memory that all plugins together may take, in bytes. */
  get hostBudgetBytes(): number {
    return this.hostBudgetOf(this.#budgets);
  }

  /** @returns the most host memory that plugins may take by other budgets, in bytes */
  hostBudgetOf(budgets: MemoryBudgets): number {
    return budgetOf(this.#inventory.host(), budgets).bytes;
  }

  /**
   * @param without keys of instances that do not count
   * @returns how much host memory the others leave, in bytes
   */
  hostRoom(without: readonly string[]): number {
    const host = this.#state(this.#inventory.host());
    return Math.max(0, Math.floor(roomOn(host, this.#ledger, new Set(without))));
  }

  /** @returns every device, and who holds how much of it */
  async overview(): Promise<{ devices: DeviceView[]; instances: InstanceShare[] }> {
    const readings = [this.#inventory.host(), ...(await this.#inventory.gpus())];
    return {
      devices: readings.map((reading) => this.#view(reading)),
      instances: this.#ledger.all().map(({ key, slot, device, shares }) => ({
        key,
        slot,
        device: device === HOST ? "cpu" : device,
        reservedBytes: shares.get(device)?.bytes ?? 0,
      })),
    };
  }

  /** Reads the GPUs only if the instance may be placed on one: a voice for the CPU does not wait for the driver. */
  async #read({ device, mayUseGpu }: MemoryRequest): Promise<readonly DeviceReading[]> {
    const isForCpu = device === "cpu" || (device === "auto" && !mayUseGpu);
    const gpus = isForCpu ? [] : await this.#inventory.gpus();
    return [this.#inventory.host(), ...gpus];
  }

  #place(
    request: MemoryRequest,
    readings: readonly DeviceReading[],
    ledger: Accounts["ledger"] = this.#ledger,
  ): Verdict {
    const { plugin, model } = request;
    return place(request, {
      devices: readings.map((reading) => this.#state(reading)),
      ledger,
      measured: (device) => this.#memoryHistory.find({ plugin, ...(model && { model }), device }),
    });
  }

  #state(reading: DeviceReading): DeviceState {
    const { id, totalBytes, usedBytes, problem, uuid } = reading;
    const { measured, estimated } = this.#ledger.parts(id);
    const estimatedBytes = estimated + this.#recentlyFreed.bytes(id);
    const before = this.#foreign.get(id) ?? 0;
    const foreignBytes = foreignUse({ usedBytes, measuredBytes: measured, estimatedBytes, before });
    if (estimatedBytes === 0 && problem === undefined) this.#foreign.set(id, foreignBytes);
    const budget = budgetOf(reading, this.#budgets);
    return { id, totalBytes, foreignBytes, budget, ...(problem && { problem }), ...(uuid && { uuid }) };
  }

  #reserve(
    { key, slot, plugin, model, givesBack }: MemoryRequest,
    { verdict, device, needs }: Admitted,
  ): void {
    const replaces = verdict === "fits-after-unload" ? givesBack : [];
    const id = device === "cpu" ? HOST : device;
    const of: Omit<Reservation, "shares"> = {
      key,
      slot,
      plugin,
      ...(model && { model }),
      device: id,
      replaces,
    };
    this.#ledger.reserve(of, needs);
  }

  async #awaitFree(device: string, bytes: number): Promise<boolean> {
    if (this.#recentlyFreed.bytes(device) === 0) return true;
    const until = this.#clock.monotonic() + RECOVERY_MS;
    for (;;) {
      const reading = (await this.#inventory.gpus(0)).find(({ id }) => id === device);
      const isFree =
        !reading || reading.problem !== undefined || reading.totalBytes - reading.usedBytes >= bytes;
      const isLate = this.#clock.monotonic() >= until;
      // In both cases the device no longer lags behind.
      if (isFree || isLate) this.#recentlyFreed.forget(device);
      if (isFree || isLate) return isFree;
      await new Promise<void>((wake) => this.#clock.after(POLL_MS, wake));
    }
  }

  /** @param gpu the one to read now; absent: all of them, by the last reading */
  async #usage(pid: number, gpu?: string): Promise<Usage> {
    const pids = await this.#inventory.tree(pid);
    const needsGpus = gpu !== undefined || this.#ledger.all().some(({ device }) => device !== HOST);
    const [hostBytes, gpus] = await Promise.all([
      this.#inventory.hostBytes(pids),
      needsGpus ? this.#inventory.gpus(gpu === undefined ? undefined : 0) : [],
    ]);
    const listed = gpus
      .filter(({ id }) => gpu === undefined || id === gpu)
      .flatMap(({ processes }) => pids.flatMap((one) => processes.get(one) ?? []));
    const gpuBytes = listed.length > 0 ? listed.reduce((sum, bytes) => sum + bytes, 0) : undefined;
    return { ...(hostBytes !== undefined && { hostBytes }), ...(gpuBytes !== undefined && { gpuBytes }) };
  }

  #remember(of: MemoryHistoryKey, measured: MeasuredMemory): void {
    try {
      this.#memoryHistory.remember(of, measured, new Date(this.#clock.now()).toISOString());
    } catch (error) {
      this.#log.warn({ err: error }, `the memory of ${of.plugin} could not be written to the journal`);
    }
  }

  #view(reading: DeviceReading): DeviceView {
    const { id, name, totalBytes, usedBytes, problem } = reading;
    const budgetBytes = problem === undefined ? budgetOf(reading, this.#budgets).bytes : 0;
    const reservedBytes = this.#ledger.charge(id);
    return { id, name, totalBytes, usedBytes, budgetBytes, reservedBytes, ...(problem && { problem }) };
  }
}
