import type { ResolvedBinding } from "../../schemas/generated/swap.ts";

/** @returns e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0`, as X-Syrinx-Release has it; `nothing` for null */
export function bindingText(binding: ResolvedBinding | null): string {
  if (!binding) return "nothing";
  return binding.model ? `${binding.plugin}+${binding.model}` : binding.plugin;
}
