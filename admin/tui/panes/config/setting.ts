/**
 * Changes one setting: entry, plan, question, change.
 *
 * @module
 */

import { patchAt, pointerWithin, valueAt } from "../../../../core/json-pointer.ts";
import type { ConfigView } from "../../../../schemas/generated/api.ts";
import { patchConfig, settingName, typedValue, unsetOverride } from "../../../client/mod.ts";
import { type Line, tone } from "../../screen/mod.ts";
import { planConfigChange } from "../change-config.ts";
import type { Change, Effect } from "../pane.ts";
import { quoted } from "../quoted.ts";
import { DEFAULT, type Entry, PIN } from "./entries.ts";

/** What stands above a field that takes a value. */
const HOW: Line = [tone("dim", "JSON; a bare word is text. A list is set as a whole. null removes it.")];
/** A text that begins like JSON but is not JSON is a mistake, not a word. */
const MEANS_JSON = /^\s*[[{"]/;

/** @returns the dialog that sets a leaf */
export function edit<S>({ pointer, value, by }: Entry): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "entry",
      title: `Set ${settingName(pointer)}`,
      body: [[`${value === undefined ? "Removed" : "Set"} by ${by} now.`], HOW, []],
      text: value === undefined ? "" : JSON.stringify(value),
      check: (text) => complaintOf(text),
      enter: (text) => (state) => ({ state, effects: [set<S>(pointer, text)] }),
    },
  };
}

/** @returns the dialog that adds a key to a branch */
export function add<S>({ pointer, children = [] }: Entry): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "entry",
      title: `Add to ${settingName(pointer)}`,
      body: [[`key=value, e.g. narrator={"plugin": "piper", "model": "en_US-rms-tiny"}`], HOW, []],
      text: "",
      check(text) {
        const [key, value] = keyAndValue(text);
        if (key === "" || value === undefined) return "Type a key, then =, then its value";
        const isThere = children.some((one) => one.key === key && one.value !== undefined);
        return isThere ? `There is a ${key} already: put the cursor on it, and press e` : complaintOf(value);
      },
      enter(text) {
        const [key, value = ""] = keyAndValue(text);
        return (state) => ({ state, effects: [set<S>(pointerWithin(pointer, key), value)] });
      },
    },
  };
}

/** @returns the question whether to unset an override, or a notice who set the value instead */
export function unset<S>(
  { overrides, pinned }: ConfigView,
  { pointer, by, children }: Entry,
): Effect<Change<S>> {
  const name = settingName(pointer);
  if (valueAt(overrides ?? {}, pointer) === undefined)
    return {
      kind: "notice",
      tone: "warn",
      text: `${name} is no override: ${whose(by, children !== undefined)}`,
    };
  return planConfigChange<S>({
    action: unsetOverride(pointer),
    title: `Unset ${name}`,
    yes: "Unset",
    command: `syrinx config unset ${quoted(name)}`,
    body: unsetWhilePinned(pinned),
  });
}

/** @returns the question whether to unset all overrides */
export function unsetAll<S>({ overrides, pinned }: ConfigView): Effect<Change<S>> {
  if (!overrides)
    return { kind: "notice", tone: "plain", text: "Nothing was set over the API: there is no override" };
  return planConfigChange<S>({
    action: unsetOverride(),
    title: "Unset all overrides",
    yes: "Unset all",
    command: "syrinx config unset --all",
    body: unsetWhilePinned(pinned),
  });
}

/** @returns the command that sets it */
export function setCommand(pointer: string, text: string): string {
  // A text that begins like an option needs `--` before it; a negative number does not.
  const end = /^-\D/.test(text) ? "-- " : "";
  return `syrinx config set ${end}${quoted(settingName(pointer))} ${quoted(text)}`;
}

function set<S>(pointer: string, given: string): Effect<Change<S>> {
  const text = given.trim();
  return planConfigChange<S>({
    action: patchConfig(patchAt(pointer, typedValue(text))),
    title: `Set ${settingName(pointer)}`,
    yes: "Set",
    command: setCommand(pointer, text),
  });
}

function unsetWhilePinned(pinned: ConfigView["pinned"]): Line[] {
  return pinned ? [["The config is pinned: the change shows after an unpin."]] : [];
}

function complaintOf(text: string): string | undefined {
  if (text.trim() === "") return `Type a value; "" is an empty text`;
  if (!MEANS_JSON.test(text)) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `That is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function keyAndValue(text: string): [key: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function whose(by: string, isBranch: boolean): string {
  if (isBranch) return "nothing in it was set over the API";
  if (by === DEFAULT) return "it is a default";
  if (by === PIN) return "the pinned config sets it (p unpins)";
  return `${by} sets it: change it there, or set another value (e)`;
}
