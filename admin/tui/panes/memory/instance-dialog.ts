import type { SlotView } from "../../../../schemas/generated/api.ts";
import { bindingText, bytesText, timeText } from "../../../client/mod.ts";
import { dialogColumns, type Text } from "../../dialogs/mod.ts";
import { tone } from "../../screen/mod.ts";
import { labelled } from "../labelled.ts";
import type { View } from "../pane.ts";
import type { Instance } from "./device-use.ts";

/** @returns all that is known of an instance, and how to free its memory */
export function instanceDialog(instance: Instance, { engine, now, size }: View): Text {
  const { slot, pid, generation, state, device } = instance;
  const view = engine.known.slots?.value.slots.find((one) => one.slot === slot);
  const process = view?.instances.find((one) => one.pid === pid);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["slot", slot],
    ["runs", state === "serving" && view?.running ? bindingText(view.running) : undefined],
    ["generation", String(generation)],
    ["state", state],
    ["pid", String(pid)],
    ["started", process && timeText(process.startedAt, now)],
    ["utterances", view?.kind === "config-source" ? undefined : process && String(process.inflight)],
    ["device", device],
    ["host", bytesOr(instance.hostBytes, "not known")],
    ["GPU", device === "cpu" ? undefined : bytesOr(instance.gpuBytes, "the driver does not say")],
    ["reserved", bytesText(instance.reservedBytes)],
  ];
  const lines = rows.flatMap(([name, value]) => labelled(name, value, dialogColumns(size)));
  const { text, command } = wayToFree(instance, view);
  return {
    kind: "text",
    title: `${slot}, process ${pid}`,
    body: [...lines, [], [tone("strong", "What would free it")], [text]],
    ...(command !== undefined && { command }),
  };
}

const LEAVES = "It ends by itself when it has finished its utterances.";
const LOADS = "It is being loaded. Once it serves, its slot can be unloaded.";

/** Of an instance that does not serve. */
const WAYS: Readonly<Record<Exclude<Instance["state"], "serving" | "canary">, string>> = {
  starting: LOADS,
  loading: LOADS,
  restoring: LOADS,
  probing: LOADS,
  draining: LEAVES,
  ending: LEAVES,
  parked: "It ends by itself: it is only kept for an instant rollback (swap.parkForMs).",
};

function wayToFree(
  { slot, state }: Instance,
  view: SlotView | undefined,
): { text: string; command?: string } {
  if (state === "canary") {
    const text =
      "It is a canary on trial: it ends if it is rolled back, and replaces the old one if it is promoted.";
    return { text, command: `syrinx abort ${slot}` };
  }
  if (state !== "serving") return { text: WAYS[state] };
  if (view?.kind === "config-source")
    return { text: "It stays for as long as the config names this source." };
  const then =
    view?.load === "on-demand"
      ? "the next request loads it again"
      : "it does not serve until it is loaded again";
  return { text: `To unload the slot (u in the Slots pane): ${then}.`, command: `syrinx unload ${slot}` };
}

function bytesOr(bytes: number | undefined, otherwise: string): string {
  return bytes === undefined ? otherwise : bytesText(bytes);
}
