/**
 * The host's slots, in the terms of the config.
 *
 * @module
 */
import type { PlannedEnd } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type {
  ConfigPlan,
  ConfigSlots,
  FullConfig,
  KeptSlotChange,
  SlotEntry,
  SlotPreview,
} from "../config/mod.ts";
import { SyrinxError, type Violation } from "../errors.ts";
import { secretsInClear, type WantedBinding } from "../releases/mod.ts";
import type { Host } from "../slots/mod.ts";
import { slotViolations } from "./slot-violations.ts";
import { type AnyChange, rooted, violationsOf, wantedOf, wantedSlotOf } from "./wanted-slots.ts";

export class HostSlots implements ConfigSlots {
  /**
   * @param configPath of the file that the first source reads, regardless of the config
   * @param voicesOnDemand whether no voice is loaded at the start
   */
  constructor(
    private readonly host: Pick<Host, "catalog" | "change" | "check" | "endedBy" | "fill" | "preview">,
    private readonly configPath: string,
    private readonly voicesOnDemand = false,
  ) {}

  need(entry: SlotEntry) {
    return this.host.preview.need(entry.slot, entry.kind, wantedOf(this.#rooted(entry)));
  }

  endedBy({ memory, voices, sinks }: FullConfig): Promise<PlannedEnd[]> {
    const limits = (group: string, entries: Record<string, { memoryLimitBytes?: number }>) =>
      Object.entries(entries).map(([name, entry]) => [`${group}.${name}`, entry.memoryLimitBytes] as const);
    return this.host.endedBy({
      budgets: memory.budgets,
      limits: new Map([...limits("voices", voices), ...limits("sinks", sinks)]),
    });
  }

  previewSlot(change: KeptSlotChange): Promise<SlotPreview> {
    return this.host.preview.previewSlot(change.slot, change.kind, wantedOf(this.#rooted(change)));
  }

  secretsInClear({ sources, voices, sinks }: FullConfig): Violation[] {
    return [
      ...this.#secretsOf("sources", "config-source", sources),
      ...this.#secretsOf("voices", "voice", voices),
      ...this.#secretsOf("sinks", "sink", sinks),
    ];
  }

  unfillable(config: FullConfig): Violation[] {
    return slotViolations(this.host, config, this.configPath);
  }

  /** Fills the slots of a start. A slot that fails stands as failed, and the others serve. */
  async fill(changes: readonly AnyChange[]): Promise<void> {
    const wanted = changes.flatMap((change) => wantedSlotOf(this.#rooted(change)));
    await Promise.all(
      wanted.map(({ slot, kind, wanted, loadPolicy }) => {
        const load = this.voicesOnDemand && kind === "voice" ? "on-demand" : loadPolicy.load;
        return this.host.fill(slot, kind, wanted, "start", { ...loadPolicy, load });
      }),
    );
  }

  /**
   * Changes the slots of a plan, all or none. Slots that the plan removes keep serving.
   *
   * @throws SyrinxError slot-failed, with a violation for each slot that failed to load; the slots are as before then
   */
  async change({ slots, sources }: ConfigPlan): Promise<void> {
    const wanted = [...slots, ...sources].flatMap((change) => wantedSlotOf(this.#rooted(change)));
    const leaving = slots.flatMap(({ slot, action }) => (action === "remove" ? [slot] : []));
    const faults = await this.host.change(wanted, leaving);
    if (faults.length === 0) return;
    const names = faults.map(({ slot }) => slot).join(", ");
    throw new SyrinxError("slot-failed", `Cannot bring up ${names}`, {
      violations: faults.flatMap(violationsOf),
    });
  }

  #rooted<Change extends AnyChange | SlotEntry>(change: Change): Change {
    return rooted(change, this.configPath);
  }

  #secretsOf(group: string, kind: PluginKind, entries: Record<string, WantedBinding>): Violation[] {
    return Object.entries(entries).flatMap(([name, { plugin, settings }]) =>
      this.#releaseSecrets(kind, plugin, settings).map(({ pointer, message }) => ({
        pointer: `/${group}/${name}/settings${pointer}`,
        message,
      })),
    );
  }

  #releaseSecrets(kind: PluginKind, plugin: string, settings: unknown): Violation[] {
    try {
      return secretsInClear(this.host.catalog.plugin(kind, plugin), settings);
    } catch {
      // The plugin is not there, so nothing is known of its secrets. That it is missing is reported when its slot is filled.
      return [];
    }
  }
}
