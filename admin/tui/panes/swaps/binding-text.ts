/**
 * Releases, and what binds them to a slot, in words.
 *
 * @module
 */
import type { PluginView, SlotView } from "../../../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../../../schemas/generated/swap.ts";
import { type Line, tone } from "../../screen/mod.ts";

/** A binding as the config writes it. */
export interface Wanted {
  readonly plugin?: string;
  readonly model?: string;
  readonly device?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** @returns e.g. `tone@1.1.0` */
export function releaseText({ name, version }: Pick<PluginView, "name" | "version">): string {
  return `${name}@${version}`;
}

/** @returns e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0`, as everywhere in Syrinx; `nothing` for null */
export function bindingText(binding: ResolvedBinding | null): string {
  return binding ? releasesText(binding.plugin, binding.model) : "nothing";
}

/** @returns what tells bindings of one slot apart: the model, where there is one */
export function shortBindingText(binding: ResolvedBinding | null): string {
  return binding?.model ?? bindingText(binding);
}

/** @returns what a slot is to run, whether it does or not */
export function wantedText(slot: SlotView): string {
  const { plugin = "nothing", model } = wantedOf(slot);
  return releasesText(plugin, model);
}

export function wantedOf({ desired }: SlotView): Wanted {
  return desired as Wanted;
}

/** @returns e.g. `noise 0.3, hertz 440`; empty for none */
export function settingsText(settings: object): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}

/** @returns what fills a slot now, and what will, one beneath the other */
export function nowThenLines(now: string, then: string): Line[] {
  return [
    [tone("dim", "now   "), now],
    [tone("dim", "then  "), tone("strong", then)],
  ];
}

function releasesText(plugin: string, model: string | undefined): string {
  return model === undefined ? plugin : `${plugin}+${model}`;
}
