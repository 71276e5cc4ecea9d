import { pinnedTo } from "../../../admin/client/mod.ts";
import type { ConfigView } from "../../../schemas/generated/api.ts";

/** @returns which version is active, whether it is pinned, and when it reverts by itself, a line each */
export function viewLines({ version, pinned, held, unconfirmed }: ConfigView): string[] {
  return [
    `config version ${version} is active`,
    ...(pinned ? [pinText(pinned)] : []),
    ...(held ? [heldText(held)] : []),
    ...(unconfirmed ? [`it reverts by itself at ${unconfirmed.until}, unless: syrinx config confirm`] : []),
  ];
}

function pinText(pinned: NonNullable<ConfigView["pinned"]>): string {
  const { actor, at, reason } = pinned;
  const why = reason === undefined ? "" : ` (${reason})`;
  return `it is pinned to ${pinnedTo(pinned)} by ${actor} since ${at}${why}; to go by the sources again: syrinx config unpin`;
}

function heldText({ changes, problems = [] }: NonNullable<ConfigView["held"]>): string {
  if (problems.length > 0)
    return `what the sources say now would be refused: ${problems.map(({ message }) => message).join("; ")}`;
  return `an unpin would change ${changes.map(({ pointer }) => pointer).join(", ")}`;
}
