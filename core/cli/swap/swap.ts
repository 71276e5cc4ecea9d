import { Command, InvalidArgumentError } from "commander";
import { getSlot, planSwap, typedValue } from "../../../admin/client/mod.ts";
import type { SlotView, SwapRequest } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { slotName } from "../arguments.ts";
import { withRunningEngine } from "../find-engine.ts";
import { printPlan } from "../print-plan.ts";
import { send } from "../send.ts";
import { runSwap, type SwapFlags, swapOptions, swapOrder } from "./run-swap.ts";
import { type StrategyFlags, strategyOf, strategyOptions } from "./strategy-options.ts";

type Setting = readonly [key: string, value: unknown];

interface Flags extends SwapFlags, StrategyFlags {
  plugin?: string;
  /** false: --no-model. */
  model?: string | false;
  device?: string;
  set?: readonly Setting[];
  untilRestart?: boolean;
  reason?: string;
  dryRun?: boolean;
}

export function swapCommand(): Command {
  const command = new Command("swap")
    .description("replace the binding of a slot while it serves")
    .argument("<slot>", "slot: slt, voices.slt, sinks.archive")
    .option("--plugin <release>", "plugin: NAME or NAME@RANGE; another plugin begins with its own defaults")
    .option("--model <release>", "model: NAME or NAME@RANGE")
    .option("--no-model", "remove the model, for a plugin that runs without one")
    .option("--device <device>", "auto, cpu, cuda or cuda:N")
    .option("--set <key=value>", "change a setting, null for its default; may be repeated", addSetting)
    .option("--until-restart", "leave the config as it is, so that it decides again at the next start")
    .option("--reason <text>", "a note for the history of the config")
    .option("--dry-run", "show what it would do, and do nothing");
  return swapOptions(strategyOptions(command)).action((given: string, flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const how = strategyOf(flags);
      const slot = slotName(given);
      const { untilRestart, reason } = flags;
      const change = {
        ...changeOf(await send(client, getSlot(slot)), flags),
        ...how,
        ...(untilRestart && { persist: false }),
        ...(reason !== undefined && { reason }),
      };
      if (!flags.dryRun) return runSwap(client, swapOrder(slot, change), flags);
      printPlan(await send(client, planSwap(slot, change)), flags.json ?? false);
    }),
  );
}

function changeOf({ slot, desired }: SlotView, { plugin, model, device, set }: Flags): SwapRequest {
  const { plugin: present = "", settings = {} } = desired as {
    plugin?: string;
    settings?: Record<string, unknown>;
  };
  const isAnother = plugin !== undefined && nameOf(plugin) !== nameOf(present);
  const change: SwapRequest = {
    ...(plugin !== undefined && { plugin }),
    ...(model !== undefined && { model: model === false ? null : model }),
    ...(device !== undefined && { device }),
    ...((set || isAnother) && { settings: withSettings(isAnother ? {} : settings, set ?? []) }),
  };
  if (Object.keys(change).length > 0) return change;
  throw new SyrinxError(
    "usage",
    `Name what to change in ${slot}: --plugin, --model, --device or --set. To start it again: syrinx reload ${slot}`,
  );
}

function withSettings(
  settings: Record<string, unknown>,
  changes: readonly Setting[],
): Record<string, unknown> {
  const changed = new Map(Object.entries(settings));
  for (const [key, value] of changes) {
    if (value === null) changed.delete(key);
    else changed.set(key, value);
  }
  return Object.fromEntries(changed);
}

function addSetting(text: string, before: readonly Setting[] = []): Setting[] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError("A setting is key=value.");
  return [...before, [key, typedValue(value)]];
}

function nameOf(release: string): string {
  return release.split("@")[0] ?? release;
}
