import { hasWords } from "../screen/mod.ts";
import type { Choice } from "./dialog.ts";

/** @returns indices of the items that have all the words of the filter */
export function matching<C>({ items }: Choice<C>, filter: string): number[] {
  return items.flatMap(({ label, note = "" }, index) =>
    hasWords(`${label} ${note}`, filter) ? [index] : [],
  );
}
