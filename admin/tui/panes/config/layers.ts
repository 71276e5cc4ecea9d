/**
 * Which layer of the config set what: the layers laid over each other by JSON Merge Patch (RFC 7396), as the engine does, with
 * whose each value is.
 *
 * @module
 */
import { isObject } from "../../../../core/json-pointer.ts";
import type { ConfigLayer } from "../../../../schemas/generated/api.ts";

/** What the layers together say at one pointer. */
export type Said =
  | { readonly kind: "value"; readonly value: unknown; readonly source: string }
  /** The layer has removed what the lower ones say. */
  | { readonly kind: "gone"; readonly source: string }
  | { readonly kind: "branch"; readonly children: ReadonlyMap<string, Said>; readonly source: string };

/** @param layers the lowest first @returns the merged document, with the topmost layer that sets each part of it */
export function laid(layers: readonly Pick<ConfigLayer, "source" | "document">[]): Said | undefined {
  return layers.reduce<Said | undefined>(
    (lower, { source, document }) => over(lower, document, source),
    undefined,
  );
}

function over(lower: Said | undefined, patch: unknown, source: string): Said {
  if (patch === null) return { kind: "gone", source };
  if (!isObject(patch)) return { kind: "value", value: patch, source };
  const children = new Map(lower?.kind === "branch" ? lower.children : []);
  for (const [key, value] of Object.entries(patch)) children.set(key, over(children.get(key), value, source));
  return { kind: "branch", children, source };
}
