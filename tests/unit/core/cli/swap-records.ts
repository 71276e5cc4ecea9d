import type { ResolvedBinding, SwapRecord } from "../../../../schemas/generated/swap.ts";

export const OLD: ResolvedBinding = { plugin: "tone@1.0.0", settings: {}, device: "auto" };
export const NEW: ResolvedBinding = {
  plugin: "piper@1.0.0",
  model: "tiny@2.0.0",
  settings: {},
  device: "cpu",
};
export const ID = "019a0000-0000-7000-8000-000000000001";

/** A swap of `voices.tone` that has come as far as the last of `stages`, 10 ms each. `to` may be null. */
export function swapRecord(
  stages: readonly SwapRecord["stage"][],
  more: Omit<Partial<SwapRecord>, "to"> & { to?: ResolvedBinding | null } = {},
): SwapRecord {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    id: ID,
    slot: "voices.tone",
    reason: "request",
    from: OLD,
    to: NEW,
    stage: stages.at(-1) ?? "planned",
    stages: stages.map((stage, i) => ({ stage, at, elapsedMs: i * 10 })),
    startedAt: at,
    ...more,
  } as SwapRecord;
}

/** One that is over. */
export function endedRecord(...[stages, more]: Parameters<typeof swapRecord>): SwapRecord {
  return swapRecord(stages, { endedAt: "2026-01-01T00:00:01.000Z", ...more });
}
