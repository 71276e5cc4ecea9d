import { cpus, loadavg } from "node:os";

/** The machine that the figures were taken on; two runs are compared by their ratios alone. */
export interface Machine {
  cores: number;
  cpu: string;
  platform: string;
  bun: string;
  /** Runnable processes, mean of the last minute: much above 0 at the start, and others share the cores. */
  load: number;
}

export function describeMachine(): Machine {
  const known = cpus();
  return {
    cores: known.length,
    cpu: known[0]?.model.trim() ?? "unknown CPU",
    platform: `${process.platform} ${process.arch}`,
    bun: Bun.version,
    load: loadavg()[0] ?? 0,
  };
}
