import type { SlotView } from "../../../../schemas/generated/api.ts";
import { bindingText, startAction } from "../../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import { changeLines } from "../config-changes.ts";
import type { Change, Effect, View } from "../pane.ts";
import { askToBegin, type BegunSwaps, type Follow } from "./begun-swaps.ts";
import { otherChanges } from "./binding-change.ts";
import { nowThenLines } from "./plan-lines.ts";

/** @returns the question whether a slot goes back to what served before, or that nothing did */
export function askRollback<S extends BegunSwaps>(
  { slot, running, rollback, generation, instances }: SlotView,
  { size, glyphs }: View,
  follow?: Follow<S>,
): Effect<Change<S>> {
  if (!rollback) {
    const text = `${slot}: there is nothing to go back to, because only ${bindingText(running)} has served it`;
    return { kind: "notice", tone: "plain", text };
  }
  const others = running ? otherChanges(running, rollback) : [];
  const isParked = instances.some(({ state }) => state === "parked");
  return askToBegin({
    slot,
    what: "rollback",
    title: `Roll back ${slot}`,
    body: [
      ...nowThenLines(
        `${bindingText(running)}, generation ${generation}`,
        `${bindingText(rollback)}, which served before`,
      ),
      ...(others.length > 0 ? [[], ...changeLines(others, dialogColumns(size), glyphs)] : []),
      [],
      [
        isParked
          ? "It still runs, so it serves at once."
          : "It is loaded first; what serves now serves until then.",
      ],
    ],
    yes: "Roll back",
    command: `syrinx rollback ${slot}`,
    request: startAction(slot, "rollback"),
    ...(follow && { follow }),
  });
}
