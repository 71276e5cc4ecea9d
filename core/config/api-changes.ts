/**
 * What was asked of the config over the API: overrides and a pin. What they make of the sources' documents, and how they are
 * kept for the next start.
 *
 * @module
 */
import type { ConfigApiChanges, ConfigCause, ConfigPin } from "../../schemas/generated/api.ts";
import { keysOf, valueAt } from "../json-pointer.ts";
import { changedPointers, mergePatch } from "./json/mod.ts";
import { type FullConfig, type Layer, type Validation, validate, validateWhole } from "./layers/mod.ts";

/** The name of the topmost layer. Sources cannot have this name. */
export const OVERRIDES = "overrides";

/** A merge patch. Each new patch is merged into it. */
export type Overrides = Readonly<Record<string, unknown>>;

export interface ApiChanges {
  readonly overrides?: Overrides;
  /** While it is there, this document is the config, regardless of sources and overrides. */
  readonly pinned?: { readonly pin: ConfigPin; readonly document: FullConfig };
}

/** A change that is undone unless somebody confirms it. */
export type Unconfirmed = Required<NonNullable<ConfigApiChanges["unconfirmed"]>>;

/** @returns the overrides as the topmost layer, if there are any */
export function overridesLayer({ overrides }: ApiChanges): Layer[] {
  return overrides ? [{ document: overrides, origin: OVERRIDES }] : [];
}

/** @returns the config of the sources and the overrides. A pin is not looked at */
export function layeredConfig(documents: readonly Layer[], apiChanges: ApiChanges): Validation {
  return validate([...documents, ...overridesLayer(apiChanges)]);
}

/** @returns the config that applies: the pinned one, else that of the sources and the overrides */
export function effectiveConfig(documents: readonly Layer[], apiChanges: ApiChanges): Validation {
  const { pinned } = apiChanges;
  if (!pinned) return layeredConfig(documents, apiChanges);
  return validateWhole({ document: pinned.document, origin: pinOrigin(pinned.pin) });
}

/** @returns overrides without the value at a pointer, and without objects that are empty then; undefined if there is no value */
export function withoutOverride(overrides: Overrides, pointer: string): Overrides | undefined {
  if (valueAt(overrides, pointer) === undefined) return undefined;
  return without(overrides, keysOf(pointer)) ?? {};
}

/** @returns JSON pointers of the values of a document that overrides replace by others */
export function overriddenIn(document: unknown, { overrides = {} }: ApiChanges): string[] {
  return changedPointers(document, mergePatch(document, overrides)).filter(
    (pointer) => valueAt(document, pointer) !== undefined,
  );
}

function without(value: Overrides, [key, ...inner]: readonly string[]): Overrides | undefined {
  if (key === undefined) return undefined;
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  const left = inner.length > 0 ? without(value[key] as Overrides, inner) : undefined;
  const result = left ? { ...rest, [key]: left } : rest;
  return Object.keys(result).length > 0 ? result : undefined;
}

function pinOrigin({ version, snapshot }: ConfigPin): string {
  return version === undefined
    ? `the pinned config of snapshot ${snapshot}`
    : `the pinned config of version ${version}`;
}

/** Keeps the API changes from one start to the next. */
export interface ApiChangesJournal {
  read(): ConfigApiChanges;
  /** @throws SyrinxError journal-unwritable with `refuse`; with `keep`, it is written as soon as it can be */
  write(apiChanges: ConfigApiChanges, whenUnwritable: "refuse" | "keep"): void;
}

/** The API changes as they are now, and as they are kept. */
export class StoredApiChanges {
  #now: ApiChanges;
  #unconfirmed: Unconfirmed | undefined;
  /** Resolves when the change that waits to be confirmed was confirmed or undone. */
  #settled: PromiseWithResolvers<void> | undefined;

  /** Whether this start has undone a change: it was not confirmed, or the engine ended while it was applied. */
  readonly reverted: boolean;

  /** @param journal undefined: nothing is kept, and nothing was requested before this start */
  constructor(private readonly journal: ApiChangesJournal | undefined) {
    const { unconfirmed, ...kept } = journal?.read() ?? {};
    // The journal holds what was validated before it was written.
    this.#now = (unconfirmed ? unconfirmed.before : kept) as ApiChanges;
    this.reverted = unconfirmed !== undefined;
  }

  get now(): ApiChanges {
    return this.#now;
  }

  /** A change that waits to be confirmed. */
  get unconfirmed(): Unconfirmed | undefined {
    return this.#unconfirmed;
  }

  /**
   * Writes down a change that is about to be applied. If the engine ends before {@linkcode keep}, the next start undoes it.
   *
   * @throws SyrinxError journal-unwritable
   */
  begin(after: ApiChanges, { cause, actor }: { cause: ConfigCause; actor: string }): void {
    if (cause === "revert") this.journal?.write(after, "keep");
    else this.journal?.write({ ...after, unconfirmed: { actor, before: this.#now } }, "refuse");
  }

  /**
   * Takes over a change that applies now. {@linkcode keep} writes it down.
   *
   * @param document the config that applies: it may have newer defaults than the one that was pinned
   */
  change(after: ApiChanges, document: FullConfig, unconfirmed: Unconfirmed | undefined): void {
    this.#now = after.pinned ? { ...after, pinned: { ...after.pinned, document } } : after;
    this.#await(unconfirmed);
  }

  /** From now on, the last change is not undone. */
  confirm(): void {
    this.#await(undefined);
    this.keep();
  }

  /** Resolves when no change waits to be confirmed. */
  async settled(): Promise<void> {
    await this.#settled?.promise;
  }

  #await(unconfirmed: Unconfirmed | undefined): void {
    this.#unconfirmed = unconfirmed;
    this.#settled?.resolve();
    this.#settled = unconfirmed && Promise.withResolvers();
  }

  /** Forgets a pin that does not fit this engine. The next change writes that down. */
  unpin(): void {
    const { pinned: _, ...rest } = this.#now;
    this.#now = rest;
  }

  /** Writes down the changes of now, and that none is being applied. */
  keep(): void {
    const unconfirmed = this.#unconfirmed && { unconfirmed: this.#unconfirmed };
    this.journal?.write({ ...this.#now, ...unconfirmed }, "keep");
  }
}
