import { PluginError } from "syrinx/sdk";

/** So many utterances are known again; the engine offers one again within minutes, if at all. */
const CAPACITY = 4096;
/** So much of them is handed over, in bytes of JSON: the engine takes 1 MiB of state. */
const SNAPSHOT_BYTES = 768 * 1024;

type Pair = [id: string, path: string];

/** What a new release takes over. Another `version` for another shape. */
interface Snapshot {
  version: 1;
  /** Utterances kept since the slot was first filled. */
  count: number;
  /** The newest of them and their absolute paths, the oldest first. */
  files: Pair[];
}

/** Remembers which file holds which utterance, the newest of them. It is what a new release takes over. */
export class KeptFiles {
  readonly #paths = new Map<string, string>();
  #count = 0;

  /** How many utterances were kept, those of the releases before among them. */
  get count(): number {
    return this.#count;
  }

  /** How many of them are remembered. */
  get remembered(): number {
    return this.#paths.size;
  }

  /** @returns the absolute path of the utterance's file, if it is remembered */
  get(id: string): string | undefined {
    return this.#paths.get(id);
  }

  /** Notes that an utterance was kept, anew or again. */
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

  /** @throws PluginError `plugin-failed` if `state` is no snapshot that it knows; nothing of it is taken over then */
  restore(state: unknown): void {
    if (!isSnapshot(state)) {
      throw new PluginError(
        "plugin-failed",
        "Cannot restore the sink's state as it needs to be version 1: a count, and pairs of id and path",
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
