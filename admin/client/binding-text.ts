/**
 * Releases, and the bindings made of them, in words.
 *
 * @module
 */
import type { PluginView, SlotView } from "../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../schemas/generated/swap.ts";

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

/** @returns e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0`, as the header X-Syrinx-Release has it; `nothing` for null */
export function bindingText(binding: ResolvedBinding | null): string {
  return binding ? releasesText(binding.plugin, binding.model) : "nothing";
}

/** @returns the part that tells the bindings of one slot apart: the model if there is one, else the plugin */
export function shortBindingText(binding: ResolvedBinding | null): string {
  return binding?.model ?? bindingText(binding);
}

/** @returns the releases that a slot is to run, whether it runs or not */
export function wantedText(slot: SlotView): string {
  const { plugin = "nothing", model } = wantedOf(slot);
  return releasesText(plugin, model);
}

/** @returns the binding that the config asks for */
export function wantedOf({ desired }: SlotView): Wanted {
  return desired as Wanted;
}

/** @returns e.g. `noise 0.3, hertz 440`; empty for none */
export function settingsText(settings: object): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}

function releasesText(plugin: string, model: string | undefined): string {
  return model === undefined ? plugin : `${plugin}+${model}`;
}
