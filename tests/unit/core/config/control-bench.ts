import {
  ConfigControl,
  ConfigHistory,
  type ConfigPlan,
  ConfigStore,
  type FullConfig,
  JournaledVersions,
  recallConfig,
  Snapshots,
} from "../../../../core/config/mod.ts";
import { type EventBody, type Journal, openJournal } from "../../../../core/journal/mod.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { PLAIN_SLOTS } from "./plain-slots.ts";

export type Bench = Awaited<ReturnType<typeof benchOf>>;

/** Document of a source: voices of the plugin tone, by name and hertz, and no others. */
export function tones(hertz: Record<string, number>, more: object = {}): Record<string, unknown> {
  const voices = Object.entries(hertz).map(([name, hz]) => [
    name,
    { plugin: "tone", settings: { hertz: hz } },
  ]);
  return {
    voices: { slt: null, rms: null, ...Object.fromEntries(voices) },
    speech: { defaultVoice: Object.keys(hertz)[0] },
    ...more,
  };
}

/**
 * A store and its control on a journal, which are given to the next to start again.
 *
 * @param file what the source `file` says first; absent: it says nothing
 */
export async function benchOf(
  file?: Record<string, unknown>,
  {
    journal = openJournal(":memory:"),
    clock = new HandClock(),
  }: { journal?: Journal; clock?: HandClock } = {},
) {
  const events: EventBody[] = [];
  const applied: { plan: ConfigPlan; config: FullConfig }[] = [];
  const bench = {
    failure: undefined as Error | undefined,
    /** An apply waits for it. */
    gate: Promise.resolve() as Promise<unknown>,
  };
  const versions = new JournaledVersions(journal, clock, silentLog());
  const store = new ConfigStore({
    recalled: recallConfig(["file"], { versions, apiChanges: journal.apiChanges }),
    applier: {
      async apply(plan, config) {
        await bench.gate;
        if (bench.failure) throw bench.failure;
        applied.push({ plan, config });
      },
    },
    slots: PLAIN_SLOTS,
    report: (event) => events.push(event),
  });
  const history = new ConfigHistory(journal.configs, journal.rejections);
  const control = new ConfigControl({
    store,
    history,
    snapshots: new Snapshots({
      store,
      slots: { record: () => Promise.resolve([]) },
      journal: journal.snapshots,
      clock,
    }),
    sources: { reread: () => Promise.resolve() },
    slots: PLAIN_SLOTS,
    clock,
  });
  const says = (document: Record<string, unknown>) =>
    store.offer("file", { document, origin: "/etc/a.jsonc" });
  if (file) await says(file);
  await store.start();
  store.keepVersions();
  const ask = (next: Parameters<ConfigControl["ask"]>[0]["next"], confirmMs?: number, base?: number) =>
    control.ask({ next, cause: "patch", actor: "ann", ...(base !== undefined && { base }) }, confirmMs);
  return Object.assign(bench, {
    store,
    control,
    history,
    journal,
    clock,
    events,
    applied,
    says,
    patch: (patch: object, confirmMs?: number, base?: number) => ask(control.patched(patch), confirmMs, base),
    drop: (pointer: string) => ask(control.withoutOverride(pointer)),
    rollback: (version: number, reason?: string) => {
      const who = { actor: "ann", ...(reason !== undefined && { reason }) };
      const next = control.rolledBack(version, who);
      return control.ask({ next, cause: "rollback", rollbackTo: version, ...who });
    },
    unpin: () => control.ask({ next: control.unpinned(), cause: "unpin", actor: "ann" }),
    /** Another engine on the same journal. */
    again: (document?: Record<string, unknown>) => benchOf(document, { journal, clock }),
  });
}
