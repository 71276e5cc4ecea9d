/**
 * The one way in which a pane changes the config. The engine plans the change, the plan is shown with a question, and the
 * change is made only if the active version is still the one that was planned for.
 *
 * @module
 */
import type { ConfigPlanView, ConfigView } from "../../../schemas/generated/api.ts";
import { type ConfigAction, changeConfig, type EngineError, planConfig } from "../../client/mod.ts";
import { dialogColumns } from "../dialogs/mod.ts";
import { type Line, tone } from "../screen/mod.ts";
import type { Resource } from "../state/mod.ts";
import { planLines } from "./config-plan.ts";
import { problemLines } from "./config-problems.ts";
import { errorDialog } from "./engine-error.ts";
import { ask, type Change, type Effect, type View } from "./pane.ts";

/** What has to be read again after a change of the config. */
export const CHANGED: readonly Resource[] = ["status", "config", "versions", "snapshots"];

/** A change that somebody wants, and how it is shown. */
export interface WantedChange {
  readonly action: ConfigAction;
  /** For titles, e.g. "Set speech.defaultVoice". */
  readonly title: string;
  /** The answer that does it, e.g. Set. */
  readonly yes: string;
  /** The command that does the same. */
  readonly command: string;
  /** Lines below the plan. */
  readonly body?: readonly Line[];
}

/** @returns the effect that plans the change, asks, and makes it. The state of the pane stays as it is */
export function planConfigChange<S>(wanted: WantedChange): Effect<Change<S>> {
  return ask(`planning: ${wanted.title}`, planConfig(wanted.action), (outcome) => (state, view) => ({
    state,
    effects: [outcome.ok ? planDialog(wanted, outcome.value, view) : failed(wanted.title, outcome.error)],
  }));
}

function planDialog<S>(wanted: WantedChange, plan: ConfigPlanView, view: View): Effect<Change<S>> {
  const { title, yes, command, body = [] } = wanted;
  const { problems = [], base } = plan;
  if (problems.length > 0) {
    const stays: Line[] = [[], [`Nothing was changed: version ${base} stays active.`]];
    return {
      kind: "dialog",
      dialog: { kind: "text", title: `${title}: refused`, body: [...problemLines(problems), ...stays] },
    };
  }
  const lines = planLines(plan, dialogColumns(view.size), view.glyphs);
  const isLacking = [...plan.slots, ...plan.sources].some(({ problem }) => problem !== undefined);
  const question: Line = isLacking
    ? [tone("bad", "It would be refused, because of a slot. Try it anyway?")]
    : [`Change version ${base} of the config like this?`];
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title,
      body: [...lines, ...(body.length > 0 ? [[], ...body] : []), [], question],
      yes,
      command,
      then: (state) => ({ state, effects: [makeChange(wanted, base)] }),
    },
  };
}

function makeChange<S>({ action, title }: WantedChange, base: number): Effect<Change<S>> {
  return ask(title, changeConfig(action, base), (outcome) => (state) => ({
    state,
    effects: [
      ...(outcome.ok ? [activeNotice<S>(title, outcome.value)] : [failed<S>(title, outcome.error)]),
      // Also after a refusal: another version may be the reason.
      { kind: "refresh", resources: CHANGED },
    ],
  }));
}

function activeNotice<S>(title: string, { version, pinned }: ConfigView): Effect<Change<S>> {
  const pin = pinned ? ", pinned" : "";
  return { kind: "notice", tone: "good", text: `${title}: done; version ${version} is active${pin}` };
}

function failed<S>(title: string, error: EngineError): Effect<Change<S>> {
  return errorDialog(`${title}: not done`, error);
}
