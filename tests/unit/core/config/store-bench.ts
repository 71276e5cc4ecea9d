import {
  type ConfigPlan,
  ConfigStore,
  type FullConfig,
  recallConfig,
  type VersionJournal,
} from "../../../../core/config/mod.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";
import { PLAIN_SLOTS } from "./plain-slots.ts";

export const AT = "2026-01-01T00:00:00.000Z";

/** A store that keeps nothing. Its applies are recorded, wait for `gate`, and fail with `failure`. Two at once are a fault. */
export function storeOf(given: string[]) {
  const applied: { plan: ConfigPlan; config: FullConfig }[] = [];
  let running = 0;
  const bench = {
    applied,
    gate: Promise.resolve() as Promise<unknown>,
    /** Called when an apply has begun. */
    begun: () => {},
    failure: undefined as Error | undefined,
    store: new ConfigStore({
      recalled: recallConfig(given, {}),
      applier: {
        async apply(plan, config) {
          if (++running > 1) throw new Error("Two configs are applied at once");
          const { gate } = bench;
          bench.begun();
          await gate;
          running--;
          if (bench.failure) throw bench.failure;
          applied.push({ plan, config });
        },
      },
      slots: PLAIN_SLOTS,
    }),
  };
  return bench;
}

/** A store that goes on where those before it on the same `kept` ended. */
export function storeOn(kept: ConfigVersion[], given = ["file"]) {
  const plans: ConfigPlan[] = [];
  const versions: VersionJournal = {
    newest: () => kept.at(-1),
    write: (version) => kept.push({ ...version, at: AT }),
    reject: () => {},
  };
  const store = new ConfigStore({
    recalled: recallConfig(given, { versions }),
    applier: { apply: async (plan) => void plans.push(plan) },
    slots: PLAIN_SLOTS,
  });
  return { store, plans };
}

/** A document in which a voice is the default. */
export const speaking = (defaultVoice: string, origin = "file") => ({
  document: { speech: { defaultVoice } },
  origin,
});

export const doc = (document: object, origin: string) => ({
  document: document as Record<string, unknown>,
  origin,
});
