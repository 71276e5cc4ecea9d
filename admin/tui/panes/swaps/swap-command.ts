/**
 * The command that asks for the same swap.
 *
 * @module
 */

import { keysOf } from "../../../../core/json-pointer.ts";
import type { SwapPlan, SwapRequest } from "../../../../schemas/generated/api.ts";
import { quoted } from "../quoted.ts";

/** The changes that the command names. */
export interface CommandedChange extends Pick<SwapRequest, "plugin" | "model" | "device" | "strategy"> {
  /** Settings that change, while others stay; null: back to the default. */
  readonly set?: Readonly<Record<string, unknown>>;
}

export function swapCommand(
  slot: string,
  { plugin, model, device, set = {}, strategy = "auto" }: CommandedChange,
): string {
  return [
    `syrinx swap ${slot}`,
    ...(plugin === undefined ? [] : [`--plugin ${plugin}`]),
    ...(model === undefined ? [] : [model === null ? "--no-model" : `--model ${model}`]),
    ...(device === undefined ? [] : [`--device ${device}`]),
    ...Object.entries(set).map(([key, value]) => `--set ${quoted(`${key}=${valueText(value)}`)}`),
    ...(strategy === "auto" ? [] : [`--strategy ${strategy}`]),
  ].join(" ");
}

/** @returns only the changes of a plan, because the command need not name the rest */
export function differenceIn({ from, to, changes }: SwapPlan): CommandedChange {
  const settings = to.settings as Record<string, unknown>;
  const keys = changes.flatMap(({ pointer }) => {
    const [part, key] = keysOf(pointer);
    return part === "settings" && key !== undefined ? [key] : [];
  });
  return {
    ...(to.plugin !== from?.plugin && { plugin: to.plugin }),
    ...(to.model !== from?.model && { model: to.model ?? null }),
    ...(to.device !== from?.device && { device: to.device }),
    set: Object.fromEntries(keys.map((key) => [key, settings[key] ?? null])),
  };
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
