import { type Glyphs, type Line, type Span, type Tone, tone } from "../../screen/mod.ts";
import type { DeviceUse } from "./device-use.ts";

const SHARE_TONES: readonly Tone[] = ["share-a", "share-b", "share-c"];

/** @returns the tone of a share, which differs from its neighbours' */
export function shareTone(index: number): Tone {
  return SHARE_TONES[index % SHARE_TONES.length] ?? "plain";
}

/**
 * The instances from the left, each beginning with its letter, and what was reserved besides; other programs from the right;
 * a mark where the budget ends. So the free space between is the room for more.
 *
 * @param columns how wide it is, at least 2
 * @returns the bar; empty if the device's size is not known
 */
export function deviceBar(use: DeviceUse, columns: number, glyphs: Glyphs): Line {
  const { device, shares, promisedBytes, othersBytes } = use;
  if (device.totalBytes === 0) return [];
  // One cell is the mark's.
  const width = columns - 1;
  const cellOf = (bytes: number) => Math.min(width, Math.round((bytes / device.totalBytes) * width));
  const filled: Span[] = [];
  let bytes = 0;
  const fill = (more: number, draw: (length: number) => Span) => {
    if (more <= 0 || filled.length >= width) return;
    bytes += more;
    // Even the smallest share gets a cell.
    const length = Math.min(width, Math.max(cellOf(bytes), filled.length + 1)) - filled.length;
    const { text, tone } = draw(length);
    filled.push(...[...text].map((text): Span => ({ text, tone })));
  };
  for (const [index, share] of shares.entries())
    fill(share.bytes, (length) => tone(shareTone(index), share.letter + glyphs.used.repeat(length - 1)));
  fill(promisedBytes, (length) => tone("warn", glyphs.reserved.repeat(length)));
  const rest = width - filled.length;
  const others = Math.min(rest, othersBytes > 0 ? Math.max(1, cellOf(othersBytes)) : 0);
  for (let at = 0; at < rest; at++)
    filled.push(at < rest - others ? tone("dim", glyphs.free) : tone("plain", glyphs.others));
  const mark = cellOf(device.budgetBytes);
  return joined([...filled.slice(0, mark), tone("strong", glyphs.vertical), ...filled.slice(mark)]);
}

/** @returns neighbours of one tone as one span, which takes fewer bytes to send */
function joined(spans: readonly Span[]): Line {
  return spans.reduce<Span[]>((line, { text, tone }) => {
    const last = line.at(-1);
    if (last?.tone !== tone) return [...line, { text, tone }];
    return [...line.slice(0, -1), { text: last.text + text, tone }];
  }, []);
}
