import { PluginError } from "syrinx/sdk";

/** Number of utterances that are remembered. The engine offers one again within minutes, if at all. */
const CAPACITY = 4096;
/** Largest state for the next release, in bytes of JSON. The engine allows 1 MiB. */
const SNAPSHOT_BYTES = 768 * 1024;

type Pair = [id: string, path: string];

/** The state that a new release takes over. Another format needs another `version`. */
interface Snapshot {
  version: 1;
  /** Number of utterances stored since the slot was first filled. */
  count: number;
  /** The newest of them with their absolute paths, oldest first. */
  files: Pair[];
}

/** Remembers the files of the newest utterances. A new release takes this over. */
export class KeptFiles {
  readonly #paths = new Map<string, string>();
  #count = 0;

  /** Number of stored utterances, including those of earlier releases. */
  get count(): number {
    return this.#count;
  }

  /** Number of remembered utterances. */
  get remembered(): number {
    return this.#paths.size;
  }

  /** @returns the absolute path of the utterance's file, if it is remembered */
  get(id: string): string | undefined {
    return this.#paths.get(id);
  }

  /** Records that an utterance was stored, for the first time or again. */
  set(id: string, path: string): void {
    if (!this.#paths.delete(id)) this.#count++;
    this.#paths.set(id, path);
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= CAPACITY) return;
      this.#paths.delete(oldest);
    }
  }

  /** @returns the newest utterances, as many as fit {@linkcode SNAPSHOT_BYTES} */
  snapshot(): Snapshot {
    const files: Pair[] = [];
    let bytes = 0;
    for (const pair of [...this.#paths].reverse()) {
      bytes += Buffer.byteLength(JSON.stringify(pair));
      if (bytes > SNAPSHOT_BYTES) break;
      files.push(pair);
    }
    return { version: 1, count: this.#count, files: files.reverse() };
  }

  /** @throws PluginError `plugin-failed` if the format of `state` is unknown; nothing of it is then taken over */
  restore(state: unknown): void {
    if (!isSnapshot(state)) {
      throw new PluginError(
        "plugin-failed",
        "Cannot restore the sink's state because it must be version 1: a count, and pairs of id and path",
      );
    }
    for (const [id, path] of state.files) this.set(id, path);
    this.#count = state.count;
  }
}

function isSnapshot(state: unknown): state is Snapshot {
  const { version, count, files } = (state ?? {}) as Partial<Record<keyof Snapshot, unknown>>;
  return version === 1 && Number.isSafeInteger(count) && Array.isArray(files) && files.every(isPair);
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string";
}
