import type {
  ConfigRejection,
  ConfigVersionList,
  ConfigVersionSummary,
} from "../../../../schemas/generated/api.ts";
import { causeText, timeText } from "../../../client/mod.ts";
import { type Column, type Glyphs, hasWords, type Part, tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";

/** A version, or a change that was refused. */
export type VersionItem =
  | {
      readonly kind: "version";
      readonly id: string;
      readonly at: string;
      readonly version: ConfigVersionSummary;
    }
  | {
      readonly kind: "rejection";
      readonly id: string;
      readonly at: string;
      readonly rejection: ConfigRejection;
    };

/** @param pages what was requested, the newest first @returns what has all the words of the filter, the newest first */
export function versionItems(pages: readonly ConfigVersionList[], { filter, now }: View): VersionItem[] {
  // By their ids, as two pages overlap once there are newer versions.
  const items = new Map<string, VersionItem>();
  for (const { versions, rejections } of pages) {
    for (const version of versions) {
      const id = `version ${version.number}`;
      items.set(id, { kind: "version", id, at: version.at, version });
    }
    for (const rejection of rejections) {
      const id = `rejection ${rejection.id}`;
      items.set(id, { kind: "rejection", id, at: rejection.at, rejection });
    }
  }
  return [...items.values()]
    .filter((item) => hasWords(searchText(item, now), filter))
    .sort((a, b) => b.at.localeCompare(a.at));
}

export function versionColumns({ glyphs, now, engine }: View): Column<VersionItem>[] {
  const active = engine.known.status?.value.config.version;
  return [
    { title: "VERSION", cell: (item) => numberCell(item, active, glyphs) },
    { title: "WHEN", cell: ({ at }) => timeText(at, now) },
    { title: "WHY", cell: whyText, most: 48 },
    { title: "WHAT", cell: whatText },
  ];
}

function numberCell(item: VersionItem, active: number | undefined, glyphs: Glyphs): Part {
  if (item.kind === "rejection") return tone("bad", `${glyphs.bad} refused`);
  const { number } = item.version;
  return number === active ? tone("good", `${glyphs.good} ${number} active`) : `  ${number}`;
}

function whyText(item: VersionItem): string {
  return causeText(item.kind === "version" ? item.version : item.rejection);
}

/** Pointers of what it changed, or what was wrong. */
function whatText(item: VersionItem): string {
  if (item.kind === "rejection")
    return item.rejection.problems.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join("; ");
  return (item.version.patch ?? []).map(({ path }) => path || "/").join(" ");
}

function searchText(item: VersionItem, now: number): string {
  const number = item.kind === "version" ? String(item.version.number) : "refused";
  return `${number} ${timeText(item.at, now)} ${whyText(item)} ${whatText(item)}`;
}
