import { isObject, keysOf } from "../../json-pointer.ts";

/** Sections whose entries are independent of each other. */
const GROUPS: readonly string[] = ["sources", "voices", "sinks"];

/**
 * @param document a merged config that breaks the schema
 * @param pointers of the mistakes
 * @returns the document without each part that has a mistake: an entry of sources, voices or sinks, else the whole section;
 *   undefined: nothing is left to look at. Pure
 */
export function fittingPart(document: unknown, pointers: readonly string[]): object | undefined {
  if (!isObject(document)) return undefined;
  const part: Record<string, unknown> = { ...document };
  for (const pointer of pointers) {
    const [section, entry] = keysOf(pointer);
    if (section === undefined) return undefined;
    const group = part[section];
    if (entry !== undefined && GROUPS.includes(section) && isObject(group))
      part[section] = without(group, entry);
    else delete part[section];
  }
  return part;
}

function without(group: Record<string, unknown>, entry: string): Record<string, unknown> {
  const { [entry]: _, ...rest } = group;
  return rest;
}
