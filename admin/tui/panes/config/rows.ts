/**
 * The lines of the pane that the cursor can be on: sources whose document was rejected, then the tree.
 *
 * @module
 */
import type { Status } from "../../../../schemas/generated/api.ts";
import { hasWords } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { DEFAULT, type Entry, entriesOf, leavesOf } from "./entries.ts";

export type SourceStatus = Status["config"]["sources"][number];

export interface RejectedRow {
  readonly kind: "rejected";
  readonly id: string;
  readonly source: SourceStatus;
}

/** `id` is the pointer; `name` the key, or the pointer in a filtered list. */
export type TreeRow =
  | {
      readonly kind: "branch";
      readonly id: string;
      readonly entry: Entry;
      readonly depth: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: "leaf";
      readonly id: string;
      readonly entry: Entry;
      readonly depth: number;
      readonly name: string;
    };

export type Row = RejectedRow | TreeRow;

/** Which branches were opened and closed by hand; others are open if anything in them is not a default. */
export type Opened = ReadonlyMap<string, boolean>;

/** @returns all rows; with a filter, only the leaves that have all its words */
export function rowsOf({ engine, filter }: View, opened: Opened): readonly Row[] {
  const config = engine.known.config?.value;
  const entries = config ? entriesOf(config) : [];
  if (filter.trim() !== "")
    return entries
      .flatMap(leavesOf)
      .filter((entry) => hasWords(searchText(entry), filter))
      .map((entry) => leafRow(entry, 0, entry.pointer));
  const rejected = (engine.known.status?.value.config.sources ?? []).filter(isRejected);
  return [
    ...rejected.map((source): Row => ({ kind: "rejected", id: `rejected ${source.name}`, source })),
    ...entries.flatMap((entry) => treeRows(entry, 0, opened)),
  ];
}

/** @returns who set the values in a branch, each once; the default comes last */
export function settersIn(entry: Entry): readonly string[] {
  const all = new Set(leavesOf(entry).map(({ by }) => by));
  return [...all].sort((a, b) => Number(a === DEFAULT) - Number(b === DEFAULT));
}

/** @returns the value as JSON on one line */
export function valueText(value: unknown): string {
  return value === undefined ? "(removed)" : JSON.stringify(value);
}

export function isRejected({ state }: SourceStatus): boolean {
  return state === "rejected";
}

function treeRows(entry: Entry, depth: number, opened: Opened): TreeRow[] {
  const { pointer, children, key } = entry;
  if (!children) return [leafRow(entry, depth, key)];
  const isOpen = opened.get(pointer) ?? leavesOf(entry).some(({ by }) => by !== DEFAULT);
  const inner = isOpen ? children.flatMap((child) => treeRows(child, depth + 1, opened)) : [];
  return [{ kind: "branch", id: pointer, entry, depth, isOpen }, ...inner];
}

function leafRow(entry: Entry, depth: number, name: string): TreeRow {
  return { kind: "leaf", id: entry.pointer, entry, depth, name };
}

function searchText({ pointer, value, by }: Entry): string {
  return `${pointer} ${valueText(value)} ${by}`;
}
