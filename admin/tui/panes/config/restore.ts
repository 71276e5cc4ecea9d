/**
 * Restores a snapshot: plan, question, result.
 *
 * @module
 */
import type {
  SlotRestorePlan,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
} from "../../../../schemas/generated/api.ts";
import {
  bindingText,
  bytesText,
  notRestored,
  type Outcome,
  planRestore,
  restoreSnapshot,
  snapshotName,
} from "../../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import { cells, type Line, pad, tone } from "../../screen/mod.ts";
import { CHANGED } from "../change-config.ts";
import { planLines } from "../config-plan.ts";
import { problemLines } from "../config-problems.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";

/** @returns the effect that plans the restore, asks, and makes it */
export function restore<S>(snapshot: SnapshotView): Effect<Change<S>> {
  return ask("planning the restore", planRestore(snapshot.id), (outcome) => (state, view) => ({
    state,
    effects: [
      outcome.ok
        ? planned<S>(snapshot, outcome.value, view)
        : errorDialog("Restore: not planned", outcome.error),
    ],
  }));
}

function planned<S>(snapshot: SnapshotView, plan: SnapshotRestorePlan, view: View): Effect<Change<S>> {
  const { id, version } = snapshot;
  const { config, slots } = plan;
  const { problems = [] } = config;
  const title = `Restore snapshot ${snapshotName(snapshot)}`;
  if (problems.length > 0)
    return {
      kind: "dialog",
      dialog: { kind: "text", title: `${title}: refused`, body: problemLines(problems) },
    };
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title,
      body: [
        ...slotLines(slots, view),
        [],
        [tone("strong", `The config, to that of version ${version}:`)],
        ...planLines(config, dialogColumns(view.size), view.glyphs),
        [],
        ["This pins the config. A snapshot of the current state is taken first."],
        ["Restore it?"],
      ],
      yes: "Restore",
      command: `syrinx snapshot restore ${id}`,
      then: (state) => ({
        state,
        effects: [ask("restoring the snapshot", restoreSnapshot(id), restored<S>)],
      }),
    },
  };
}

function restored<S>(outcome: Outcome<SnapshotRestore>): Change<S> {
  return (state) => {
    if (!outcome.ok) return { state, effects: [errorDialog("Nothing was restored", outcome.error)] };
    const { before, config } = outcome.value;
    const failed = notRestored(outcome.value).map((text): Line => [tone("bad", text)]);
    const text = `Restored: config version ${config.version} is active, pinned; to undo it, restore ${before}`;
    const body = [
      ["The config is restored, but not every slot. These keep serving as before."],
      [],
      ...failed,
    ];
    const command = `syrinx snapshot restore ${before}`;
    return {
      state,
      effects: [
        failed.length === 0
          ? { kind: "notice", tone: "good", text }
          : {
              kind: "dialog",
              dialog: { kind: "text", title: "Restored in part; to undo it", body, command },
            },
        { kind: "refresh", resources: [...CHANGED, "slots"] },
      ],
    };
  };
}

/** The binding of each slot now and then, how much state its plugin gets back, and what prevents it. */
function slotLines(slots: readonly SlotRestorePlan[], { glyphs }: View): Line[] {
  const width = Math.max(0, ...slots.map(({ slot }) => cells(slot)));
  return slots.flatMap(({ slot, action, from, to, stateBytes, plan, problem }): Line[] => {
    const [now, then] = [bindingText(from), bindingText(to)];
    const state = stateBytes === 0 ? "" : `, with ${bytesText(stateBytes)} of state`;
    const what = now === then ? now : `${now} ${glyphs.arrow} ${then}`;
    const more =
      problem === undefined
        ? tone("dim", `  ${plan?.memory.message ?? ""}`)
        : tone("bad", `  ${glyphs.bad} ${problem}`);
    return [
      [tone("accent", pad(slot, width)), `  ${pad(action, ACTION)}  ${what}${state}`],
      ...(more.text.trim() === "" ? [] : [[more]]),
    ];
  });
}

/** Cells of the longest action. */
const ACTION = cells("unchanged");
