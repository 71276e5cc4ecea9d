/**
 * The active config as a tree, with who set each value.
 *
 * @module
 */

import { isObject, pointerWithin } from "../../../../core/json-pointer.ts";
import type { ConfigView } from "../../../../schemas/generated/api.ts";
import { laid, type Said } from "./layers.ts";

export interface Entry {
  readonly pointer: string;
  readonly key: string;
  /** undefined: a layer has removed it. */
  readonly value: unknown;
  /** `default`, the name of a source, {@linkcode OVERRIDE} or {@linkcode PIN}. */
  readonly by: string;
  /** Absent: it is a leaf. So are empty objects, and lists, which are set as a whole. */
  readonly children?: readonly Entry[];
}

export const DEFAULT = "default";
/** What was set over the API. */
export const OVERRIDE = "override";
/** The value holds only because the config is pinned. */
export const PIN = "pin";
/** What the engine calls the layer of the overrides. */
const OVERRIDES_LAYER = "overrides";

/** @returns the top of the tree, in the order of the document; removed values come last in their branch */
export function entriesOf(
  view: Pick<ConfigView, "document" | "layers" | "pinned" | "held">,
): readonly Entry[] {
  const { document, layers, pinned, held } = view;
  const heldAt = new Set(held?.changes.map(({ pointer }) => pointer));
  return childrenOf("", document, laid(layers), { isPinned: pinned !== undefined, heldAt, isHeld: false });
}

/** @returns the layer's name as it is shown */
export function layerName(source: string): string {
  return source === OVERRIDES_LAYER ? OVERRIDE : source;
}

/** @returns the leaves below an entry, or itself */
export function leavesOf(entry: Entry): readonly Entry[] {
  return entry.children ? entry.children.flatMap(leavesOf) : [entry];
}

interface Pinning {
  readonly isPinned: boolean;
  /** Pointers of what an unpin would change. */
  readonly heldAt: ReadonlySet<string>;
  /** Whether an unpin would change this value. */
  readonly isHeld: boolean;
}

function childrenOf(
  pointer: string,
  object: Readonly<Record<string, unknown>> | object,
  said: Said | undefined,
  pinning: Pinning,
): Entry[] {
  const children = said?.kind === "branch" ? said.children : new Map<string, Said>();
  const there = Object.entries(object).map(([key, value]) =>
    entryOf(pointerWithin(pointer, key), key, value, children.get(key), pinning),
  );
  const gone = [...children].flatMap(([key, { kind, source }]): Entry[] => {
    if (kind !== "gone" || Object.hasOwn(object, key)) return [];
    return [{ pointer: pointerWithin(pointer, key), key, value: undefined, by: layerName(source) }];
  });
  return [...there, ...gone];
}

function entryOf(
  pointer: string,
  key: string,
  value: unknown,
  said: Said | undefined,
  around: Pinning,
): Entry {
  const pinning = { ...around, isHeld: around.isHeld || around.heldAt.has(pointer) };
  const by = byOf(value, said, pinning);
  const children = isObject(value) ? childrenOf(pointer, value, said, pinning) : [];
  return { pointer, key, value, by, ...(children.length > 0 && { children }) };
}

function byOf(value: unknown, said: Said | undefined, { isPinned, isHeld }: Pinning): string {
  if (isHeld) return PIN;
  if (!said) return DEFAULT;
  // While the config is pinned, the layers are not what is active.
  const isSo =
    said.kind === "branch" ? isObject(value) : said.kind === "value" && Bun.deepEquals(said.value, value);
  return isPinned && !isSo ? PIN : layerName(said.source);
}
