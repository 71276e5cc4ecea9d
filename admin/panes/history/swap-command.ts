import type { SwapPlan } from "../../../schemas/generated/api.ts";

/** @returns the command that asks for what was planned: it names what differs, and no more */
export function swapCommand({ slot, from, to, changes }: SwapPlan): string {
  const settings = to.settings as Record<string, unknown>;
  const keys = new Set(
    changes.flatMap(({ pointer }) => {
      const [, part, key] = pointer.split("/");
      return part === "settings" && key !== undefined
        ? [key.replaceAll("~1", "/").replaceAll("~0", "~")]
        : [];
    }),
  );
  const model = to.model === undefined ? "--no-model" : `--model ${to.model}`;
  return [
    `syrinx swap ${slot}`,
    ...(to.plugin === from?.plugin ? [] : [`--plugin ${to.plugin}`]),
    ...(to.model === from?.model ? [] : [model]),
    ...(to.device === from?.device ? [] : [`--device ${to.device}`]),
    ...[...keys].map((key) => `--set ${quoted(`${key}=${valueText(settings[key])}`)}`),
  ].join(" ");
}

/** null: back to its default. */
function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
