import { dirname } from "node:path";
import type { Format, SourceItem } from "syrinx/sdk";
import { FolderIdentity, FolderReplaced } from "./folder-identity.ts";
import { type Changes, FolderWatch } from "./folder-watch.ts";
import { interpret, type Meaning } from "./interpret.ts";
import { type Reading, readFile } from "./read-file.ts";

/** All in ms. */
export interface Timing {
  /** How long a complete document of a self-delimiting format must stay the same. */
  readonly quietMs: number;
  /**
   * The same for other formats. Half a YAML file may be valid YAML, so only a pause of the writer shows that it is
   * complete.
   */
  readonly longQuietMs: number;
  /** How long a file must stay invalid, empty or missing, because it may be in the middle of a save. */
  readonly patienceMs: number;
  /** Time between two reads without an event: network mounts and links to other folders send no events. */
  readonly recheckMs: number;
  /** The same while the folder is not there: what is around it may not be watched. */
  readonly goneMs: number;
}

export const TIMING: Timing = {
  quietMs: 20,
  longQuietMs: 150,
  patienceMs: 250,
  recheckMs: 30_000,
  goneMs: 500,
};

/** The folders as they were when this process started, for all calls of {@linkcode watchFile}. */
const atStart = new FolderIdentity();

/**
 * Yields the document in the file at `path`, and again when its content has changed and settled. Yields a problem if
 * the text is not a document. Never yields the same content or problem twice in a row.
 *
 * @param path absolute; the file need not exist yet
 * @throws FolderReplaced if only a new process can read the file
 * @param watchFolder may miss a change within `timing.quietMs` of one that it reported
 */
export async function* watchFile(
  path: string,
  format: Format,
  signal: AbortSignal,
  timing: Timing = TIMING,
  watchFolder: (folder: string) => Promise<Changes & AsyncDisposable> = (folder) => FolderWatch.start(folder),
  identity: Pick<FolderIdentity, "note" | "state"> = atStart,
): AsyncGenerator<SourceItem, void, void> {
  await identity.note(path);
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
    const isGone = meaning.kind !== "document" && (await identity.state(path)) === "gone";
    await folder.changedSince(seen, isGone ? timing.goneMs : timing.recheckMs, signal);
    seen = folder.changes;
  }

  /**
   * Reads until the content stays the same for long enough, even if it was yielded last. The runtime's watch drops an
   * event within a millisecond or two of another. So a file that is emptied and then written may cause only one event,
   * while it is empty.
   */
  async function settled(): Promise<Meaning> {
    let reading = await readAndFollow();
    let meaning = interpret(path, format, reading, hadDocument);
    let deadline = performance.now() + quietFor(meaning, reading);
    while (!signal.aborted) {
      const left = deadline - performance.now();
      if (left > 0) await folder.changedSince(folder.changes, left, signal);
      const again = await readAndFollow();
      if (again.fingerprint !== reading.fingerprint) {
        reading = again;
        meaning = interpret(path, format, reading, hadDocument);
        deadline = performance.now() + quietFor(meaning, reading);
      } else if (performance.now() >= deadline) break;
    }
    return meaning;
  }

  async function readAndFollow(): Promise<Reading> {
    const reading = await readFile(path);
    folder.follow(path, reading.state === "file" ? reading.inode : undefined);
    if (reading.state === "unreadable" && reading.isDenied && (await identity.state(path)) === "other")
      throw new FolderReplaced(path);
    return reading;
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
    // At the start, an old file needs no wait.
    if (isFirst && reading.state === "file" && Date.now() - reading.modifiedAt > quiet) return 0;
    return quiet;
  }
}
