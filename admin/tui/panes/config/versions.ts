/**
 * The versions of the config and the changes that were refused, newest first.
 *
 * @module
 */
import type { ConfigRejection, ConfigVersionList } from "../../../../schemas/generated/api.ts";
import { getDiff, getVersions } from "../../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import {
  AT_TOP,
  type Cursor,
  type Key,
  type Line,
  moved,
  tableLines,
  tone,
  windowOf,
} from "../../screen/mod.ts";
import { PAGE } from "../../state/mod.ts";
import { changeLines } from "../config-changes.ts";
import { problemLines } from "../config-problems.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type Hint, type View } from "../pane.ts";
import { type VersionItem, versionColumns, versionItems } from "./version-items.ts";
import { rollBack } from "./whole-config.ts";

export interface VersionsState {
  readonly cursor: Cursor;
  /** Pages of older versions. */
  readonly older: readonly ConfigVersionList[];
}

export const NEWEST: VersionsState = { cursor: AT_TOP, older: [] };

/** A change of the versions' state, wherever that is kept. */
type Keep<S> = (change: (state: VersionsState) => VersionsState) => Change<S>;

/** @returns what the key does; undefined if it does nothing here */
export function versionsKey<S>(
  state: VersionsState,
  key: Key,
  view: View,
  keep: Keep<S>,
): { state: VersionsState; effects?: readonly Effect<Change<S>>[] } | undefined {
  const items = versionItems(pagesOf(state, view), view);
  const ids = items.map(({ id }) => id);
  const rows = view.size.rows - HEAD;
  const cursor = moved(state.cursor, key, ids, rows);
  if (cursor) return { state: { ...state, cursor } };
  const item = items[windowOf(state.cursor, ids, rows).chosen];
  const before = olderBefore(state, view);
  if (key.name === "o" && before !== undefined) return { state, effects: [askOlder(before, keep)] };
  if (!item) return undefined;
  const effect = effectOf<S>(item, key, view);
  return effect && { state, effects: [effect] };
}

export function versionsLines(state: VersionsState, view: View): Line[] {
  const { size, glyphs, engine } = view;
  if (!engine.known.versions) return [[engine.problems.versions?.message ?? "loading ..."]];
  const items = versionItems(pagesOf(state, view), view);
  const window = windowOf(
    state.cursor,
    items.map(({ id }) => id),
    size.rows - HEAD,
  );
  return [
    [
      tone("strong", "Versions"),
      tone("dim", "  newest first; Enter: what it changed; Esc: back to the config"),
    ],
    ...tableLines(versionColumns(view), items, window, size.columns, glyphs),
  ];
}

export function versionsHints(state: VersionsState, view: View): Hint[] {
  const older = olderBefore(state, view) === undefined ? [] : [OLDER];
  return [...HINTS, ...older, BACK];
}

const HINTS: readonly Hint[] = [
  { key: "Enter", what: "changed", help: "what the version changed, or why the document was refused" },
  { key: "d", what: "diff", help: "how the version differs from the active one" },
  { key: "b", what: "roll back", help: "apply the version once more, and pin it; the plan is shown first" },
];
const OLDER: Hint = { key: "o", what: "older", help: "older versions" };
const BACK: Hint = { key: "v Esc", what: "back", help: "back to the active config" };

/** Rows above the list: the title and the headings. */
const HEAD = 2;

function effectOf<S>(item: VersionItem, { name }: Key, view: View): Effect<Change<S>> | undefined {
  if (!["enter", "d", "b"].includes(name)) return undefined;
  if (item.kind === "rejection") {
    if (name === "enter") return refusal(item.rejection);
    return {
      kind: "notice",
      tone: "warn",
      text: "That was refused, so it is not a version: Enter shows why",
    };
  }
  const { number } = item.version;
  if (name === "b") return rollBack(number);
  if (name === "enter")
    return item.version.patch
      ? diff(number)
      : { kind: "notice", tone: "plain", text: `Version ${number} is the first: there is none before it` };
  const active = view.engine.known.status?.value.config.version;
  if (active === number)
    return { kind: "notice", tone: "plain", text: `Version ${number} is the active one` };
  return active === undefined ? undefined : diff(active, number);
}

function diff<S>(number: number, against?: number): Effect<Change<S>> {
  return ask(`comparing with version ${number}`, getDiff(number, against), (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog("Diff", outcome.error)] };
    const { from, to, changes } = outcome.value;
    const lines = changeLines(changes, dialogColumns(view.size), view.glyphs);
    const body = lines.length > 0 ? lines : [["No value differs."]];
    const title = `From version ${from} to ${to}`;
    return {
      state,
      effects: [
        {
          kind: "dialog",
          dialog: { kind: "text", title, body, command: `syrinx config diff ${from} ${to}` },
        },
      ],
    };
  });
}

function refusal<S>({ base, outcome, problems }: ConfigRejection): Effect<Change<S>> {
  const what = outcome === "failed" ? "It could not be applied" : "It was refused";
  const body = [[`${what}, and version ${base} stayed active.`], [], ...problemLines(problems)];
  return { kind: "dialog", dialog: { kind: "text", title: "Why it was refused", body } };
}

function pagesOf({ older }: VersionsState, { engine }: View): ConfigVersionList[] {
  const newest = engine.known.versions?.value;
  return newest ? [newest, ...older] : [];
}

function olderBefore(state: VersionsState, view: View): number | undefined {
  return pagesOf(state, view).at(-1)?.before;
}

function askOlder<S>(before: number, keep: Keep<S>): Effect<Change<S>> {
  return ask("asking for older versions", getVersions(PAGE, before), (outcome) =>
    outcome.ok
      ? keep((state) => ({ ...state, older: [...state.older, outcome.value] }))
      : (state) => ({ state, effects: [errorDialog("Older versions", outcome.error)] }),
  );
}
