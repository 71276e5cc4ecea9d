/**
 * Takes a snapshot, or restores one.
 *
 * @module
 */
import type { SnapshotView } from "../../../../schemas/generated/api.ts";
import { getSnapshots, type Outcome, snapshotName, takeSnapshot, timeText } from "../../../client/mod.ts";
import type { ChoiceItem } from "../../dialogs/mod.ts";
import { type Line, tone } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect } from "../pane.ts";
import { restore } from "./restore.ts";

/** @returns the effect that lets the user take a snapshot or choose one to restore */
export function openSnapshots<S>(): Effect<Change<S>> {
  return ask("reading the snapshots", getSnapshots, (outcome) => (state, { now }) => {
    if (!outcome.ok) return { state, effects: [errorDialog("Snapshots", outcome.error)] };
    const { snapshots } = outcome.value;
    const items: ChoiceItem[] = [
      { label: "Take a snapshot now", note: "the config, the bindings, and the state of plugins" },
      ...snapshots.map((one) => ({ label: snapshotName(one), note: noteOf(one, now) })),
    ];
    return {
      state,
      effects: [
        {
          kind: "dialog",
          dialog: {
            kind: "choice",
            title: "Snapshots: take one, or choose one to restore",
            items,
            choose(index) {
              const chosen = snapshots[index - 1];
              return (state) => ({ state, effects: [chosen ? restore<S>(chosen) : nameSnapshot<S>()] });
            },
          },
        },
      ],
    };
  });
}

function nameSnapshot<S>(): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "entry",
      title: "Take a snapshot",
      body: [
        ["A name for it, for people; it may be empty."],
        [tone("dim", "$ syrinx snapshot create NAME")],
        [],
      ],
      text: "",
      enter: (text) => (state) => ({
        state,
        effects: [ask("taking a snapshot", takeSnapshot(text.trim()), taken<S>)],
      }),
    },
  };
}

function taken<S>(outcome: Outcome<SnapshotView>): Change<S> {
  return (state) => {
    if (!outcome.ok) return { state, effects: [errorDialog("No snapshot was taken", outcome.error)] };
    const { id, version, slots } = outcome.value;
    const lacking = slots.flatMap(({ slot, problem }): Line[] =>
      problem === undefined ? [] : [[`${slot}: ${problem}`]],
    );
    const text = `Snapshot ${id} was taken: config version ${version}, slots: ${slots.length}`;
    const body = [[`${text}. The state of these plugins is not in it:`], [], ...lacking];
    return {
      state,
      effects: [
        { kind: "notice", tone: "good", text },
        ...(lacking.length > 0
          ? [{ kind: "dialog", dialog: { kind: "text", title: "Snapshot", body } } as const]
          : []),
        { kind: "refresh", resources: ["snapshots"] },
      ],
    };
  };
}

function noteOf({ at, version, actor }: SnapshotView, now: number): string {
  return `${timeText(at, now)}  config ${version}  by ${actor}`;
}
