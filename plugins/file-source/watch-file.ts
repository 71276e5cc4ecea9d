import { dirname } from "node:path";
import type { Format, SourceItem } from "syrinx/sdk";
import { type Changes, FolderWatch } from "./folder-watch.ts";
import { interpret, type Meaning } from "./interpret.ts";
import { readFile, type Reading } from "./read-file.ts";

/** All in ms. */
export interface Timing {
  /** How long a whole document of a self-delimiting format has to stay the same. */
  readonly quietMs: number;
  /** The same for the other formats: half a YAML file may be YAML, and only its writer's silence tells it is whole. */
  readonly longQuietMs: number;
  /** How long what looks broken, empty or gone has to stay so: it may be a save that is under way. */
  readonly patienceMs: number;
  /** A net under the watch: network mounts and links that lead out of the folder send no events. */
  readonly recheckMs: number;
}

export const TIMING: Timing = { quietMs: 20, longQuietMs: 150, patienceMs: 250, recheckMs: 30_000 };

/**
 * Yields the document in the file at `path`, and again whenever its content changed and has settled. A text that is
 * no document is yielded as a problem; the same content or the same problem is not yielded twice in a row.
 *
 * @param path absolute; nothing needs to be there yet
 * @param watchFolder may leave out a change that comes within `timing.quietMs` of one that it told of
 */
export async function* watchFile(
  path: string,
  format: Format,
  signal: AbortSignal,
  timing: Timing = TIMING,
  watchFolder: (folder: string) => Promise<Changes & AsyncDisposable> = (folder) => FolderWatch.start(folder),
): AsyncGenerator<SourceItem, void, void> {
  await using folder = await watchFolder(dirname(path));
  let seen = 0;
  let last: Meaning | undefined;
  let hadDocument = false;

  while (!signal.aborted) {
    const meaning = await settled();
    if (signal.aborted) return;
    if (meaning.key !== last?.key) {
      last = meaning;
      hadDocument ||= meaning.kind === "document";
      yield meaning.item;
    }
    await folder.changedSince(seen, timing.recheckMs, signal);
    seen = folder.changes;
  }

  /**
   * Reads until the same was found for long enough, even if that is what was yielded last: the runtime's watch drops
   * an event that comes within a millisecond or two of another, so that a file that is emptied and then written may be
   * told of once alone, while it is empty.
   */
  async function settled(): Promise<Meaning> {
    let reading = await readFile(path);
    let meaning = interpret(path, format, reading, hadDocument);
    let deadline = performance.now() + quietFor(meaning, reading);
    while (!signal.aborted) {
      const left = deadline - performance.now();
      if (left > 0) await folder.changedSince(folder.changes, left, signal);
      const again = await readFile(path);
      if (again.fingerprint !== reading.fingerprint) {
        reading = again;
        meaning = interpret(path, format, reading, hadDocument);
        deadline = performance.now() + quietFor(meaning, reading);
      } else if (performance.now() >= deadline) break;
    }
    return meaning;
  }

  function quietFor(meaning: Meaning, reading: Reading): number {
    const isFirst = last === undefined;
    if (isFirst && meaning.kind === "nothing") return 0;
    const quiet =
      meaning.kind !== "document"
        ? timing.patienceMs
        : format.selfDelimiting
          ? timing.quietMs
          : timing.longQuietMs;
    // At the start a file that nobody has touched for long need not be waited for.
    if (isFirst && reading.state === "file" && Date.now() - reading.modifiedAt > quiet) return 0;
    return quiet;
  }
}
