import { AT_TOP, type Cursor, type Line, moved, tone, windowOf } from "../../screen/mod.ts";
import type { Pane, View } from "../pane.ts";
import { deviceBlock, rowId, sharesShown } from "./device-block.ts";
import { type DeviceUse, deviceUses, HOST } from "./device-use.ts";
import { instanceDialog } from "./instance-dialog.ts";
import { scrolledBlocks } from "./scrolled-blocks.ts";

interface MemoryState {
  /** On a device, or on an instance that has memory there. */
  readonly cursor: Cursor;
}

export const memory: Pane<MemoryState> = {
  name: "memory",
  initial: { cursor: AT_TOP },
  needs: ["memory", "slots"],
  key(state, key, view) {
    const uses = usesOf(view);
    const ids = idsOf(uses, view.filter);
    if (key.name === "s") return { state, effects: [{ kind: "show", pane: "slots" }] };
    if (key.name === "enter") {
      const chosen = chosenOf(state, ids);
      const share = uses
        .flatMap((use) => use.shares.map((one) => ({ id: rowId(use, one.instance), one })))
        .find(({ id }) => id === chosen)?.one;
      if (!share) return { state };
      return { state, effects: [{ kind: "dialog", dialog: instanceDialog(share.instance, view) }] };
    }
    const isPage = key.name === "pagedown" || key.name === "pageup";
    const cursor = isPage
      ? byDevice(state, key.name === "pagedown" ? 1 : -1, uses, ids)
      : moved(state.cursor, key, ids, ids.length);
    return cursor && { state: { ...state, cursor } };
  },
  draw(state, view) {
    const { engine, filter, size } = view;
    const problem = engine.problems.memory;
    const told: Line[] = problem ? [[tone("bad", `${view.glyphs.bad} ${problem.message}`)]] : [];
    if (!engine.known.memory) return problem ? told : [[tone("dim", "loading ...")]];
    const uses = usesOf(view);
    const chosen = chosenOf(state, idsOf(uses, filter));
    const shown = uses.filter((use) => isShown(use, filter));
    const blocks = shown.map((use) => deviceBlock(use, chosen, view));
    if (blocks.length === 0) return [...told, [tone("dim", "Nothing here has these words.")]];
    const noGpu: Line[] = uses.some(({ device }) => device.id !== HOST)
      ? []
      : [[tone("dim", " No GPU was found here: every voice runs on the host.")]];
    return [...told, ...scrolledBlocks(noGpu, blocks, chosen, size.rows - told.length)];
  },
  hints: () => [
    { key: "Enter", what: "details", help: "what an instance holds, and what would free it" },
    { key: "PgDn", what: "next device", help: "the next device; PgUp the one before" },
    { key: "s", what: "slots", help: "go to the slots, to unload or swap one" },
  ],
};

function usesOf({ engine }: View): DeviceUse[] {
  const known = engine.known.memory?.value;
  return known ? deviceUses(known) : [];
}

/** A filter hides the devices of which it shows nothing. */
function isShown(use: DeviceUse, filter: string): boolean {
  return filter === "" || sharesShown(use, filter).length > 0;
}

function idsOf(uses: readonly DeviceUse[], filter: string): string[] {
  return uses
    .filter((use) => isShown(use, filter))
    .flatMap((use) => [
      use.device.id,
      ...sharesShown(use, filter).map(({ instance }) => rowId(use, instance)),
    ]);
}

function chosenOf({ cursor }: MemoryState, ids: readonly string[]): string | undefined {
  return ids[windowOf(cursor, ids, ids.length).chosen];
}

/** @returns the cursor on the device after or before */
function byDevice(
  state: MemoryState,
  step: number,
  uses: readonly DeviceUse[],
  ids: readonly string[],
): Cursor {
  const heads = ids.flatMap((id, index) => (uses.some(({ device }) => device.id === id) ? [index] : []));
  const at = windowOf(state.cursor, ids, ids.length).chosen;
  const next = step > 0 ? heads.find((head) => head > at) : heads.findLast((head) => head < at);
  const index = next ?? (step > 0 ? ids.length - 1 : 0);
  return { id: ids[index], index, top: 0 };
}
