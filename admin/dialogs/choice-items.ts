import type { Choice } from "./dialog.ts";

/** @returns indices of the items that have all the words of the filter */
export function matching<C>({ items }: Choice<C>, filter: string): number[] {
  const words = filter.toLowerCase().split(/\s+/);
  return items.flatMap(({ label, note = "" }, index) => {
    const text = `${label} ${note}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [index] : [];
  });
}
