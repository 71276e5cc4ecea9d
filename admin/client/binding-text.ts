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

/** @returns the binding that the slot is to have: that of the config, or one that was chosen since */
export function wantedOf({ desired }: Pick<SlotView, "desired">): Wanted {
  return desired as Wanted;
}

/** @returns why a slot with `configured` is not what the config says */
export function notInConfigText({
  desired,
  configured = desired,
}: Pick<SlotView, "desired" | "configured">): string {
  const [now, then] = [wantedOf({ desired }), wantedOf({ desired: configured })];
  const what = (["plugin", "model", "device", "settings"] as const).filter(
    (key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]),
  );
  const { plugin = "nothing", model, settings = {} } = then;
  const has = what.every((key) => key === "settings")
    ? settingsText(settings) || "no settings"
    : releasesText(plugin, model);
  return `its ${what.join(" and ")} ${what.length === 1 && what[0] !== "settings" ? "is" : "are"} not in the config, which has ${has}; the next start brings that back`;
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
