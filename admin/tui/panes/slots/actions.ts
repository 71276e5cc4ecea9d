/**
 * Actions on the chosen slot. Each asks first.
 *
 * @module
 */
import { bindingText, endCanary, startAction, wantedText } from "../../../client/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { askToBegin } from "../swaps/begun-swaps.ts";
import { memoryText } from "./memory-text.ts";
import type { SlotRow } from "./slot-rows.ts";
import type { SlotsEffect } from "./slots-state.ts";

/** @returns the question whether to unload a slot, or that nothing is loaded */
export function askUnload(row: SlotRow): SlotsEffect {
  const { slot: name, kind, running, instances, load, generation } = row.slot;
  if (!running && instances.length === 0) return notice(`${name}: nothing is loaded`);
  const held = memoryText(row);
  const frees = held === undefined ? "Its memory is given back." : `It gives back ${held}.`;
  const idle = kind === "voice" ? "Requests for it are refused" : "It does nothing";
  const after =
    load === "eager" ? `${idle} until it is loaded again (l).` : "The next request loads it again.";
  return question({
    name,
    what: "unload",
    yes: "Unload",
    body: [
      [`${bindingText(running)}, generation ${generation}, is unloaded when it has finished its utterances.`],
      [frees],
      [after],
    ],
  });
}

/** @returns the question whether to load a slot, or that it is loaded */
export function askLoad({ slot }: SlotRow): SlotsEffect {
  const { slot: name, state, running } = slot;
  if (state === "ready")
    return notice(`${name}: ${bindingText(running)} is loaded already. To start it again: r`);
  return question({
    name,
    what: "load",
    yes: "Load",
    body: [[`${wantedText(slot)} is loaded, and serves.`]],
  });
}

/** @returns the question whether to end the trial of a canary, or that there is none */
export function askCanary({ slot, swap }: SlotRow, how: "promote" | "abort"): SlotsEffect {
  const { slot: name } = slot;
  if (swap?.stage !== "canary") return notice(`${name}: no canary is on trial`);
  const [canary, old] = [bindingText(swap.to), bindingText(swap.from)];
  const isPromote = how === "promote";
  const yes = isPromote ? "Promote" : "Roll back";
  return askToBegin({
    slot: name,
    what: how,
    title: `${yes} the canary of ${name}`,
    body: [
      [
        isPromote
          ? `${canary} gets all new requests; ${old} finishes its utterances.`
          : `${canary} gets no more requests; ${old} gets them all.`,
      ],
    ],
    yes,
    command: `syrinx ${how} ${name}`,
    request: endCanary(swap.id, how),
  });
}

interface Asked {
  readonly name: string;
  readonly what: "unload" | "load";
  readonly yes: string;
  readonly body: readonly Line[];
}

function question({ name, what, yes, body }: Asked): SlotsEffect {
  return askToBegin({
    slot: name,
    what,
    title: `${yes} ${name}`,
    body,
    yes,
    command: `syrinx ${what} ${name}`,
    request: startAction(name, what),
  });
}

function notice(text: string): SlotsEffect {
  return { kind: "notice", tone: "plain", text };
}
