/**
 * The active config, who set each value, older versions, and changes.
 *
 * @module
 */
import { AT_TOP, type Key } from "../../screen/mod.ts";
import type { Change, Pane, Step, View } from "../pane.ts";
import { type TreeState, treeKey } from "./tree-keys.ts";
import { treeHints, treeLines } from "./tree-view.ts";
import { NEWEST, type VersionsState, versionsHints, versionsKey, versionsLines } from "./versions.ts";

export interface ConfigState extends TreeState {
  /** Set while they are looked at. */
  readonly versions?: VersionsState;
}

type ConfigStep = Step<ConfigState>;

export const config: Pane<ConfigState> = {
  name: "config",
  initial: { cursor: AT_TOP, opened: new Map() },
  needs: ["status", "config", "versions"],
  key(state, key, view) {
    return state.versions ? keyInVersions(state, state.versions, key, view) : keyInTree(state, key, view);
  },
  draw(state, view) {
    return state.versions ? versionsLines(state.versions, view) : treeLines(state, view);
  },
  hints(state, view) {
    return state.versions ? versionsHints(state.versions, view) : treeHints(view);
  },
};

function keyInVersions(
  state: ConfigState,
  versions: VersionsState,
  key: Key,
  view: View,
): ConfigStep | undefined {
  const { versions: _, ...tree } = state;
  // The first Escape removes the filter.
  if (key.name === "v" || (key.name === "escape" && view.filter === "")) return { state: tree };
  const keep =
    (change: (versions: VersionsState) => VersionsState): Change<ConfigState> =>
    (now) => ({ state: now.versions ? { ...now, versions: change(now.versions) } : now });
  const step = versionsKey<ConfigState>(versions, key, view, keep);
  return step && { ...step, state: { ...state, versions: step.state } };
}

function keyInTree(state: ConfigState, key: Key, view: View): ConfigStep | undefined {
  if (key.name === "v") return { state: { ...state, versions: NEWEST } };
  const step = treeKey<ConfigState>(state, key, view);
  return step && { ...step, state: { ...state, ...step.state } };
}
