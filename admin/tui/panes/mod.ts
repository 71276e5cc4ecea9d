/**
 * The panes, in the order of their keys.
 *
 * @module
 */

import { findPlayer } from "../../client/terminal/mod.ts";
import { config } from "./config/pane.ts";
import { events } from "./events/pane.ts";
import { history } from "./history/pane.ts";
import { memory } from "./memory/pane.ts";
import type { PaneName } from "./pane.ts";
import { type RunningPane, running } from "./running-pane.ts";
import { slots } from "./slots/pane.ts";
import { speakPane } from "./speak/pane.ts";

export { type Hint, PANE_NAMES, type PaneName, type View } from "./pane.ts";
export type { Job, PaneEffect, RunningPane } from "./running-pane.ts";

/** @returns every pane in its first state */
export function openPanes(): ReadonlyMap<PaneName, RunningPane> {
  const all = [
    running(slots),
    running(memory),
    running(history),
    running(config),
    running(speakPane(findPlayer())),
    running(events),
  ];
  return new Map(all.map((pane) => [pane.name, pane]));
}
