/**
 * The config over the API: see it, plan a change, change, confirm, roll back to a version, and unpin.
 *
 * Overrides are one merge patch, the topmost layer. A `null` in a patch removes what the layers below say, and stays in the
 * overrides. To remove an override, so that the layers below apply again, is another operation. A patch that says what
 * applies already is stored anyway.
 *
 * A rollback pins: the document of that version is the config, regardless of sources and overrides. A patch under a pin goes
 * into the pinned document and into the overrides, so that it still holds after the unpin.
 *
 * A change to be confirmed reverts when its time is over, or at the next start. Overrides and pin are restored then; what a
 * source sends meanwhile is applied and stays. Until then, every other change is refused.
 *
 * @module
 */
import type {
  ConfigPin,
  ConfigPlanRequest,
  ConfigPlanView,
  ConfigView,
} from "../../schemas/generated/api.ts";
import type { Config } from "../../schemas/generated/config.ts";
import type { Clock, Timer } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import { type ApiChanges, layeredConfig, type Overrides, withoutOverride } from "./api-changes.ts";
import type { ConfigHistory } from "./history.ts";
import { changesBetween, composePatches, mergeLayers, mergePatch } from "./json/mod.ts";
import { DEFAULT_DOCUMENT, type FullConfig, type Validation, validate } from "./layers/mod.ts";
import { type OfferOutcome, type RequestedChange, stale, waiting } from "./outcome.ts";
import type { RunningSlots } from "./plan.ts";
import { planView, type SlotPreviewer } from "./plan-view.ts";
import type { Snapshots } from "./snapshots.ts";
import type { SourceSet } from "./sources/mod.ts";
import type { ConfigStore } from "./store.ts";

export interface ConfigControlOptions {
  store: ConfigStore;
  history: ConfigHistory;
  /** A snapshot is taken before every rollback. */
  snapshots: Pick<Snapshots, "take">;
  sources: Pick<SourceSet, "reread">;
  slots: SlotPreviewer & RunningSlots;
  clock: Clock;
}

type Next = RequestedChange["next"];

/** A change as it is asked for. */
export interface AskedChange extends Omit<RequestedChange, "until"> {
  /** Whether it waits for its turn however long that takes, because the slots have it already. Default: false. */
  readonly patient?: boolean;
}

/** How long a change may wait for its turn, in ms. Those before it load voices. */
const BEGIN_WITHIN_MS = 30_000;

/** When to ask again, in s. */
const ASK_AGAIN = 10;

function busy(): SyrinxError {
  return new SyrinxError(
    "config-busy",
    `Nothing was changed because other changes of the config came before this one, and it could not begin within ${BEGIN_WITHIN_MS / 1000} s. Ask again later`,
    { retryAfter: ASK_AGAIN },
  );
}

export class ConfigControl {
  #timer: Timer | undefined;
  /** Resolves when the unconfirmed change was undone, or cannot be. */
  #reverted: Promise<void> = Promise.resolve();

  constructor(private readonly options: ConfigControlOptions) {}

  /** Asks every source for its document now, without waiting for it to notice a change. */
  async reload(): Promise<ConfigView> {
    await this.options.sources.reread();
    return this.view();
  }

  view(): ConfigView {
    const { store } = this.options;
    const { version, layers, apiChanges, unconfirmed } = store;
    const { overrides, pinned } = apiChanges;
    const held = pinned && this.#held();
    return {
      version,
      document: this.#config,
      layers,
      ...(overrides && { overrides }),
      ...(pinned && { pinned: pinned.pin }),
      ...(held && { held }),
      ...(unconfirmed && {
        unconfirmed: {
          version: unconfirmed.version,
          until: unconfirmed.until,
          actor: unconfirmed.actor,
        },
      }),
    };
  }

  /**
   * @throws SyrinxError config-stale, or body-invalid for a source that is not there
   */
  async plan(request: ConfigPlanRequest): Promise<ConfigPlanView> {
    const { store } = this.options;
    if ("patch" in request) return this.planOf(this.patched(request.patch), request.base);
    const { document, source, base } = request;
    this.#requireBase(base);
    const layer = { document, origin: source ?? "the request" };
    if (source === undefined) return this.#show(validate([layer]));
    if (!store.hasSource(source))
      throw new SyrinxError(
        "body-invalid",
        `Cannot plan a document of "${source}" because it is not a config source`,
      );
    return this.#show(store.candidateWith({ source, layer }));
  }

  /**
   * @param base the version that the change is meant for
   * @returns what {@linkcode ask} would do with a change
   * @throws SyrinxError config-stale
   */
  async planOf(next: Next, base?: number): Promise<ConfigPlanView> {
    const { store } = this.options;
    this.#requireBase(base);
    return this.#show(store.candidateOf(next(store.apiChanges)));
  }

  /**
   * Adds a merge patch to the overrides. While the config is pinned, the patch changes the pinned document as well: so it holds
   * at once, and after an unpin.
   */
  patched(patch: object): Next {
    return this.changed(() => patch);
  }

  /**
   * As {@linkcode patched}, with a patch that depends on the document below it. Under a pin there are two such documents.
   *
   * @param patchOf may be called more than once
   */
  changed(patchOf: (document: Config) => object): Next {
    return ({ overrides, pinned }) => {
      const lower = mergeLayers([
        DEFAULT_DOCUMENT,
        ...this.options.store.sourceLayers.map(({ document }) => document),
      ]);
      const patch = patchOf(mergePatch(lower, overrides ?? {}) as Config);
      const document = pinned && (mergePatch(pinned.document, patchOf(pinned.document)) as FullConfig);
      return {
        overrides: composePatches(lower, overrides, patch) as Overrides,
        ...(pinned && document && { pinned: { ...pinned, document } }),
      };
    };
  }

  /**
   * Removes overrides: what sources and defaults say holds again. While the config is pinned, that shows from the unpin on.
   *
   * @param pointer of the override; "": all of them
   */
  withoutOverride(pointer: string): Next {
    return ({ overrides, ...rest }) => {
      if (pointer === "") return rest;
      const left = withoutOverride(overrides ?? {}, pointer);
      if (!left)
        throw new SyrinxError(
          "not-found",
          `No override was removed because there is none at ${pointer}: overrides are ${JSON.stringify(overrides ?? {})}`,
        );
      return Object.keys(left).length > 0 ? { ...rest, overrides: left } : rest;
    };
  }

  /**
   * Fixes the config at the document of a version.
   *
   * @throws SyrinxError config-version-not-found
   */
  rolledBack(version: number, { actor, reason }: { actor: string; reason?: string }): Next {
    const why = reason === undefined ? {} : { reason };
    return this.pinnedTo(this.options.history.document(version), { version, actor, ...why });
  }

  /** Fixes the config at a document that was active before. */
  pinnedTo(document: FullConfig, by: Omit<ConfigPin, "at">): Next {
    const pin = { ...by, at: new Date(this.options.clock.now()).toISOString() };
    return ({ overrides }) => ({ ...(overrides && { overrides }), pinned: { pin, document } });
  }

  /** What sources and overrides say holds again. */
  unpinned(): Next {
    return ({ overrides }) => (overrides ? { overrides } : {});
  }

  /**
   * Makes a change, in its turn. One that cannot begin in time is refused, so that nobody waits without an answer.
   *
   * @param confirmMs the change is undone after so many ms, and at the next start, unless it is confirmed
   * @throws SyrinxError config-invalid with every problem, config-stale, config-unconfirmed, config-busy, journal-unwritable,
   *   or why it could not be applied
   */
  async ask({ patient = false, ...change }: AskedChange, confirmMs?: number): Promise<ConfigView> {
    const { clock } = this.options;
    const until = confirmMs === undefined ? undefined : () => new Date(clock.now() + confirmMs).toISOString();
    const late = new AbortController();
    const timer = patient ? undefined : clock.after(BEGIN_WITHIN_MS, () => late.abort(busy()));
    const asked = { ...change, ...(until && { until }) };
    const outcome = await this.#change(asked, late.signal).finally(() => timer?.cancel());
    if (outcome.outcome === "rejected") {
      const { problems, failure } = outcome;
      const list = problems.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; ");
      if (failure) throw failure;
      throw new SyrinxError("config-invalid", `Nothing was changed: ${list}`, { violations: problems });
    }
    if (confirmMs !== undefined)
      this.#timer = clock.after(confirmMs, () => {
        this.#reverted = this.#revert();
      });
    return this.view();
  }

  /** @throws SyrinxError nothing-to-confirm */
  async confirm(): Promise<ConfigView> {
    await this.options.store.confirm();
    this.#timer?.cancel();
    return this.view();
  }

  /** An unconfirmed change is undone at the next start. Resolves when none is being undone. */
  close(): Promise<void> {
    this.#timer?.cancel();
    return this.#reverted;
  }

  /**
   * For a swap that the config is to have.
   *
   * @throws SyrinxError config-unconfirmed
   */
  requireConfirmed(): void {
    const { unconfirmed } = this.options.store;
    if (unconfirmed) throw waiting(unconfirmed);
  }

  /** A rollback takes a snapshot first. */
  async #change(change: RequestedChange, giveUp: AbortSignal): Promise<OfferOutcome> {
    const { store, snapshots } = this.options;
    if (change.cause === "rollback") {
      this.#requireBase(change.base);
      await snapshots.take("rollback", { actor: change.actor });
    }
    return store.change(change, giveUp);
  }

  #requireBase(base: number | undefined): void {
    const { version } = this.options.store;
    if (base !== undefined && base !== version) throw stale(base, version);
  }

  get #config(): FullConfig {
    return this.options.store.config as FullConfig;
  }

  /** If the config of before does not fit what the sources say by now, the change stays unconfirmed, and the rejections say why. */
  async #revert(): Promise<void> {
    const { unconfirmed } = this.options.store;
    if (!unconfirmed) return;
    const { actor, before } = unconfirmed;
    await this.options.store.change({ next: () => before as ApiChanges, cause: "revert", actor });
  }

  #held(): ConfigView["held"] {
    const { config, problems } = layeredConfig(
      this.options.store.sourceLayers,
      this.options.store.apiChanges,
    );
    if (!config) return { changes: [], problems };
    const changes = changesBetween(this.#config, config);
    return changes.length > 0 ? { changes } : undefined;
  }

  #show(candidate: Validation): Promise<ConfigPlanView> {
    const { store, slots } = this.options;
    return planView(store.version, this.#config, candidate, slots);
  }
}
