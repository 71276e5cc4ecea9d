import type { ConfigVersionSummary, ConfigView } from "../../../../schemas/generated/api.ts";
import { causeText, pinnedTo, timeText } from "../../../client/mod.ts";
import { type Glyphs, type Line, type Part, type Tone, tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { isRejected, type SourceStatus } from "./rows.ts";

/** @returns what is active, since when and by whom; whether it is pinned or reverts by itself; and the sources */
export function headLines({ engine, glyphs, now }: View): Line[] {
  const status = engine.known.status?.value.config;
  const config = engine.known.config?.value;
  const number = config?.version ?? status?.version;
  if (number === undefined) return [];
  const made = engine.known.versions?.value.versions.find((one) => one.number === number);
  const since = made ? `  ${sinceText(made, now)}` : "";
  return [
    [tone("strong", `Version ${number}`), " is active", tone("dim", since)],
    ...(config ? [pinLine(config, glyphs, now)] : []),
    ...(config?.unconfirmed ? [unconfirmedLine(config.unconfirmed, glyphs, now)] : []),
    sourcesLine(status?.sources ?? [], glyphs),
  ];
}

/** @returns e.g. since 14:03:22, set by loopback */
function sinceText(version: ConfigVersionSummary, now: number): string {
  const cause = causeText(version);
  return `since ${timeText(version.at, now)}${cause === "" ? "" : `, ${cause}`}`;
}

function pinLine({ pinned, held }: ConfigView, glyphs: Glyphs, now: number): Line {
  if (!pinned) return [tone("dim", "Not pinned: changes of the sources are applied")];
  const { actor, at, reason } = pinned;
  const why = reason === undefined ? "" : `; ${reason}`;
  return [
    tone("warn", `${glyphs.busy} Pinned to ${pinnedTo(pinned)}`),
    ` by ${actor} since ${timeText(at, now)}`,
    ...heldParts(held),
    why,
  ];
}

function heldParts(held: ConfigView["held"]): Part[] {
  if (!held) return [];
  if (held.problems) return ["; ", tone("bad", "the documents of the sources would be refused")];
  const count = held.changes.length;
  return ["; ", tone("warn", count === 1 ? "1 change is held" : `${count} changes are held`)];
}

function unconfirmedLine(
  { version, until, actor }: NonNullable<ConfigView["unconfirmed"]>,
  glyphs: Glyphs,
  now: number,
): Line {
  return [
    tone("warn", `${glyphs.busy} Version ${version} reverts at ${timeText(until, now)}`),
    `, unless it is confirmed (c); set by ${actor}`,
  ];
}

const STATES: Record<SourceStatus["state"], readonly [Tone, "good" | "busy" | "idle" | "bad"]> = {
  accepted: ["good", "good"],
  held: ["warn", "busy"],
  waiting: ["dim", "idle"],
  rejected: ["bad", "bad"],
};

function sourcesLine(sources: readonly SourceStatus[], glyphs: Glyphs): Line {
  if (sources.length === 0) return [tone("dim", "No sources")];
  // A rejected source has a line of its own too. Here it keeps its position, because a later source overrides an earlier one.
  const states = sources.map(({ name, state }): Line => {
    const [meaning, sign] = STATES[state];
    return [`  ${name} `, tone(meaning, `${glyphs[sign]} ${state}`)];
  });
  const rejected = sources.filter(isRejected).length;
  return ["Sources", ...states.flat(), ...(rejected > 0 ? [tone("dim", "  Enter shows why")] : [])];
}
