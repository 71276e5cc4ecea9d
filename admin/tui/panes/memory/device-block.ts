/**
 * A device: its numbers, a bar of who uses it, the parts of the bar, and the last minutes.
 *
 * @module
 */

import { bytesText } from "../../../client/mod.ts";
import {
  type Column,
  cells,
  chosenLine,
  hasWords,
  type Line,
  type Part,
  type Tone,
  tableLines,
  tone,
} from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { deviceBar, shareTone } from "./device-bar.ts";
import { type DeviceUse, type Instance, instanceId, type Share } from "./device-use.ts";
import { useChart } from "./use-chart.ts";

/** What the cursor can be on: a device by its id, or an instance on it. */
export interface Block {
  readonly lines: readonly Line[];
  /** Of each thing that the cursor can be on, its line. */
  readonly places: ReadonlyMap<string, number>;
}

/** A row for one part of the bar. */
interface Row {
  readonly sign: Part;
  readonly name: string;
  readonly bytes: number;
  readonly share?: Share;
}

const CHART_ROWS = { least: 4, most: 8, ofScreen: 0.28 };

/** @returns the id of an instance's row on a device */
export function rowId({ device }: DeviceUse, instance: Instance): string {
  return `${device.id} ${instanceId(instance)}`;
}

/** @returns the instances on the device that have the words of the filter; all of them if the device itself has */
export function sharesShown({ device, shares }: DeviceUse, filter: string): readonly Share[] {
  return shares.filter(({ instance: { slot, pid, state, generation } }) =>
    hasWords([device.id, device.name, slot, pid, state, generation].join(" "), filter),
  );
}

/** @param chosen what the cursor is on */
export function deviceBlock(use: DeviceUse, chosen: string | undefined, view: View): Block {
  const { device } = use;
  const { size, glyphs, filter } = view;
  const shares = sharesShown(use, filter);
  const rows = rowsOf(use, shares, view);
  const at = shares.findIndex(({ instance }) => rowId(use, instance) === chosen);
  const window = { chosen: at, top: 0, rows: rows.length };
  const head = [headLine(use, chosen === device.id, view), ...numberLines(use, view)];
  const bar = deviceBar(use, size.columns - 2, glyphs);
  const before: Line[] = bar.length > 0 ? [...head, [" ", ...bar], []] : [...head, []];
  const table = tableLines(columnsFor(use), rows, window, size.columns, glyphs);
  const chart = chartLines(use, view);
  return {
    lines: [...before, ...(rows.length > 0 ? table : []), ...(chart.length > 0 ? [[], ...chart] : [])],
    places: new Map([
      [device.id, 0],
      ...shares.map(({ instance }, index) => [rowId(use, instance), before.length + 1 + index] as const),
    ]),
  };
}

function headLine({ device }: DeviceUse, isChosen: boolean, { size, glyphs }: View): Line {
  const { id, name, usedBytes, totalBytes, problem } = device;
  const label = name === id ? id : `${id}  ${name}`;
  const right = problem === undefined ? `${bytesText(usedBytes)} of ${bytesText(totalBytes)} used` : "";
  const space = " ".repeat(Math.max(2, size.columns - cells(label) - cells(right) - 2));
  if (isChosen) return chosenLine([label, space, right], size.columns, glyphs);
  return [" ", tone("strong", label), space, right];
}

function numberLines({ device, roomBytes }: DeviceUse, { glyphs }: View): Line[] {
  const { problem, budgetBytes, reservedBytes } = device;
  if (problem !== undefined)
    return [[" ", tone("warn", `${glyphs.bad} its memory is not known: ${problem}`)]];
  const free: Tone = roomBytes > 0 ? "good" : "warn";
  return [
    [
      tone("dim", ` budget ${glyphs.vertical} `),
      bytesText(budgetBytes),
      tone("dim", "   reserved by this engine "),
      bytesText(reservedBytes),
      tone("dim", "   room for more "),
      tone(free, roomBytes > 0 ? bytesText(roomBytes) : "none"),
    ],
  ];
}

function rowsOf(use: DeviceUse, shares: readonly Share[], { glyphs, filter }: View): Row[] {
  const { device, promisedBytes, othersBytes } = use;
  const instances = shares.map((share): Row => {
    const sign = tone(shareTone(use.shares.indexOf(share)), share.letter);
    return { sign, name: share.instance.slot, bytes: share.bytes, share };
  });
  if (filter !== "" || device.problem !== undefined) return instances;
  const rest: Row[] = [
    { sign: tone("warn", glyphs.reserved), name: "reserved, not used yet", bytes: promisedBytes },
    { sign: glyphs.others, name: "other programs", bytes: othersBytes },
    { sign: tone("dim", glyphs.free), name: "free", bytes: device.totalBytes - device.usedBytes },
  ];
  return [...instances, ...rest.filter(({ bytes }) => bytes > 0)];
}

function columnsFor({ device }: DeviceUse): Column<Row>[] {
  const ofInstance = (cell: (share: Share) => Part) => (row: Row) => (row.share ? cell(row.share) : "");
  return [
    { title: "", cell: ({ sign }) => sign },
    { title: "WHO", cell: ({ name, share }) => (share ? tone("accent", name) : name), most: 40 },
    {
      title: "GEN",
      cell: ofInstance(({ instance }) => String(instance.generation)),
      align: "right",
      drop: 2,
    },
    { title: "STATE", cell: ofInstance(({ instance }) => instance.state) },
    { title: "PID", cell: ofInstance(({ instance }) => String(instance.pid)), align: "right", drop: 3 },
    { title: "MEMORY", cell: memoryCell, align: "right" },
    {
      title: "SHARE",
      cell: ({ bytes }) => shareText(bytes, device.totalBytes),
      align: "right",
    },
    {
      title: "RESERVED",
      cell: ofInstance(({ instance }) => reservedText(instance, device.id)),
      align: "right",
      drop: 1,
    },
  ];
}

function memoryCell({ bytes, share }: Row): string {
  if (share && bytes === 0) return "-";
  return share?.isEstimate ? `about ${bytesText(bytes)}` : bytesText(bytes);
}

function shareText(bytes: number, total: number): string {
  if (total === 0 || bytes === 0) return "-";
  const percent = (bytes / total) * 100;
  return percent < 1 ? "<1%" : `${Math.round(percent)}%`;
}

/** Reserved memory is shown on the device of the model. */
function reservedText({ device, reservedBytes }: Instance, id: string): string {
  const isHere = device === id || (id === "host" && device === "cpu");
  return isHere ? bytesText(reservedBytes) : "";
}

function chartLines({ device }: DeviceUse, { engine, now, size, glyphs }: View): Line[] {
  const { least, most, ofScreen } = CHART_ROWS;
  const rows = Math.max(least, Math.min(most, Math.floor(size.rows * ofScreen)));
  return useChart(engine.samples, device.id, now, { columns: size.columns - 2, rows }, glyphs).map(
    (line): Line => [" ", ...line],
  );
}
