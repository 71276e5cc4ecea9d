/**
 * Actions on the whole config: pin, unpin, roll back, confirm, and read the sources again.
 *
 * @module
 */
import type { ConfigView } from "../../../../schemas/generated/api.ts";
import {
  confirmConfig,
  type Outcome,
  reloadConfig,
  rollbackConfig,
  timeText,
  unpinConfig,
} from "../../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import { CHANGED, planConfigChange } from "../change-config.ts";
import { changeLines } from "../config-changes.ts";
import { problemLines } from "../config-problems.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";

/** @returns the question whether to unpin the config, or to pin it */
export function pinOrUnpin<S>({ pinned, version }: ConfigView): Effect<Change<S>> {
  return pinned
    ? planConfigChange({
        action: unpinConfig,
        title: "Unpin the config",
        yes: "Unpin",
        command: "syrinx config unpin",
        body: [["The sources and the overrides apply again."]],
      })
    : planConfigChange({
        // A rollback to what is active changes nothing, and pins it.
        action: rollbackConfig(version),
        title: `Pin version ${version}`,
        yes: "Pin",
        command: "syrinx config pin",
        body: [PINS],
      });
}

/** @returns the question whether to apply a version once more */
export function rollBack<S>(version: number): Effect<Change<S>> {
  return planConfigChange({
    action: rollbackConfig(version),
    title: `Roll back to version ${version}`,
    yes: "Roll back",
    command: `syrinx config rollback ${version}`,
    body: [PINS, ["A snapshot of the current state is taken first."]],
  });
}

/** @returns what an unpin would change */
export function heldDialog<S>({ held, pinned }: ConfigView, view: View): Effect<Change<S>> {
  if (!held) {
    const why = pinned ? "an unpin would change nothing" : "the config is not pinned";
    return { kind: "notice", tone: "plain", text: `Nothing is held: ${why}` };
  }
  const { problems, changes } = held;
  const body = problems
    ? [["What the sources say now would be refused:"], [], ...problemLines(problems)]
    : [["An unpin would change:"], [], ...changeLines(changes, dialogColumns(view.size), view.glyphs)];
  const command = "syrinx config unpin --dry-run";
  return { kind: "dialog", dialog: { kind: "text", title: "Held", body, command } };
}

/** @returns the question whether to keep a change that would revert by itself */
export function confirm<S>({ unconfirmed }: ConfigView, now: number): Effect<Change<S>> {
  if (!unconfirmed) return { kind: "notice", tone: "plain", text: "No change waits for a confirmation" };
  const { version, until, actor } = unconfirmed;
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title: `Confirm version ${version}`,
      body: [[`It was set by ${actor}, and reverts by itself at ${timeText(until, now)}.`], ["Keep it?"]],
      yes: "Confirm",
      command: "syrinx config confirm",
      then: (state) => ({
        state,
        effects: [
          ask(
            "confirming",
            confirmConfig,
            told("Confirm", ({ version }) => `Version ${version} stays`),
          ),
        ],
      }),
    },
  };
}

/** @returns the question whether to ask the sources for their documents now */
export function reload<S>(before: ConfigView): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title: "Reload the config",
      body: [
        ["Every source is asked for its document now."],
        [before.pinned ? "The config is pinned: changes are held." : "Changes are applied at once."],
      ],
      yes: "Reload",
      command: "syrinx config reload",
      then: (state) => ({
        state,
        effects: [
          ask(
            "asking the sources",
            reloadConfig,
            told("Reload", ({ version }) =>
              version === before.version
                ? `The sources were asked: version ${version} stays active`
                : `The sources were asked: version ${version} is active`,
            ),
          ),
        ],
      }),
    },
  };
}

const PINS = ["This pins the config: later changes of the sources are held until an unpin."];

function told<S>(what: string, text: (view: ConfigView) => string) {
  return (outcome: Outcome<ConfigView>): Change<S> =>
    (state) => ({
      state,
      effects: [
        outcome.ok
          ? { kind: "notice", tone: "good", text: text(outcome.value) }
          : errorDialog(`${what}: not done`, outcome.error),
        { kind: "refresh", resources: CHANGED },
      ],
    });
}
