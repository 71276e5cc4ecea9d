import type { SlotView } from "../../../../schemas/generated/api.ts";
import { bindingText, bytesText, shortBindingText, tookText, wantedText } from "../../../client/mod.ts";
import { type Column, type Part, tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { type SlotRow, stateSign, stateWord } from "./slot-rows.ts";
import { stageText } from "./stages.ts";

/** From this many columns on, a binding is shown whole and devices have a column. */
const WIDE = 110;
const NOTHING = tone("dim", "-");

export function slotColumns(view: View, rows: readonly SlotRow[]): Column<SlotRow>[] {
  const { glyphs, size } = view;
  const isWide = size.columns >= WIDE;
  const hasGpu = (view.engine.known.memory?.value.devices ?? []).some(({ id }) => id !== "host");
  const columns: (Column<SlotRow> | false)[] = [
    { title: "SLOT", cell: ({ slot }) => slot.slot, most: isWide ? 40 : 24 },
    {
      title: "STATE",
      cell({ slot }) {
        const [sign, meaning] = stateSign(slot, glyphs);
        return tone(meaning, `${sign} ${stateWord(slot)}`);
      },
    },
    {
      title: "BINDING",
      cell: (row) => bindingCell(row, view, isWide),
      stretch: { least: 18, most: 70 },
      // So that the version stays in sight.
      cut: "middle",
    },
    isWide && { title: "DEVICE", cell: ({ slot }) => deviceCell(slot), drop: 8 },
    { title: "GEN", cell: ({ slot }) => String(slot.generation), align: "right", drop: 6 },
    { title: "REQ/S", cell: ({ slot }) => rateCell(slot), align: "right", drop: 1 },
    { title: "P95", cell: ({ slot }) => p95Cell(slot), align: "right", drop: 4 },
    rows.some(({ slot }) => (slot.traffic?.failedLastMinute ?? 0) > 0) && {
      title: "FAILED/MIN",
      cell: ({ slot }) => failedCell(slot),
      align: "right",
      drop: 7,
    },
    { title: "QUEUE", cell: ({ slot }) => queueCell(slot), align: "right", drop: 5 },
    { title: "MEM", cell: ({ hostBytes }) => sizeCell(hostBytes), align: "right", drop: 2 },
    hasGpu && { title: "GPU", cell: ({ gpuBytes }) => sizeCell(gpuBytes), align: "right", drop: 3 },
  ];
  return columns.filter((column) => column !== false);
}

/** During a swap: its stage and its new binding. */
function bindingCell({ slot, swap }: SlotRow, { glyphs, now }: View, isWide: boolean): Part {
  const text = isWide ? bindingText : shortBindingText;
  if (swap) {
    const to = `${glyphs.arrow} ${text(swap.to)}`;
    return tone("warn", `${glyphs.busy} ${stageText(swap, now)} ${to}`);
  }
  // A binding that does not run yet is in brackets.
  return slot.running ? text(slot.running) : tone("dim", `(${wantedText(slot)})`);
}

function deviceCell({ instances }: SlotView): Part {
  const devices = new Set(instances.flatMap(({ device }) => device ?? []));
  // Instances that need no device do not say where they run.
  devices.delete("auto");
  return devices.size === 0 ? NOTHING : [...devices].join(" ");
}

function rateCell({ traffic }: SlotView): Part {
  if (!traffic) return NOTHING;
  const { requestsPerSecond: rate } = traffic;
  return rate === 0 ? tone("dim", "0") : rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

function p95Cell({ traffic }: SlotView): Part {
  return traffic?.firstAudioP95Ms === undefined ? NOTHING : tookText(traffic.firstAudioP95Ms);
}

function failedCell({ traffic }: SlotView): Part {
  const failed = traffic?.failedLastMinute ?? 0;
  return failed === 0 ? NOTHING : tone("bad", String(failed));
}

function queueCell({ traffic }: SlotView): Part {
  if (!traffic) return NOTHING;
  const text = `${traffic.active}/${traffic.queued}`;
  return traffic.active === 0 ? tone("dim", text) : traffic.queued > 0 ? tone("warn", text) : text;
}

function sizeCell(bytes: number | undefined): Part {
  return bytes === undefined ? NOTHING : bytesText(bytes);
}
