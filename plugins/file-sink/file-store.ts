import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { PluginError, type SunkUtterance } from "syrinx/sdk";
import type { KeptFiles } from "./kept-files.ts";
import type { NameTemplate } from "./name-template.ts";
import { publishNew, replaceOwn, syncFolder } from "./publish.ts";

/** Writes utterances as files into a folder: whole and on the disk, or not at all. */
export class FileStore {
  readonly #directory: string;
  readonly #template: NameTemplate;
  readonly #kept: KeptFiles;
  readonly #writing = new Set<string>();

  /** @param directory absolute */
  constructor(directory: string, template: NameTemplate, kept: KeptFiles) {
    this.#directory = resolve(directory);
    this.#template = template;
    this.#kept = kept;
  }

  /**
   * Streams the audio into a hidden file beside its place, syncs it to the disk and moves it there. Another utterance's
   * file is never replaced: a name that is taken gets `-2`, `-3`... The file of the same utterance is.
   *
   * @returns the absolute path
   * @throws PluginError `plugin-failed` if fewer or more bytes came than were announced; what `audio` throws and the
   *   reason of `signal` as they are. Nothing is left behind then.
   */
  async write(
    utterance: SunkUtterance,
    audio: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<string> {
    const { id } = utterance;
    if (this.#writing.has(id)) {
      throw new PluginError("plugin-failed", `Cannot keep utterance ${id} as it is being written already`);
    }
    this.#writing.add(id);
    try {
      const own = this.#ownFile(id);
      const wanted = own ?? join(this.#directory, ...this.#template.parts(utterance));
      const folder = dirname(wanted);
      const firstMade = await mkdir(folder, { recursive: true });
      const temporary = join(folder, temporaryName(basename(wanted), id));
      try {
        await receive(temporary, utterance, audio, signal);
        const path = own
          ? await replaceOwn(temporary, own)
          : await publishNew(temporary, wanted, { sameBytesAreSame: this.#template.hasId });
        await this.#sync(folder, firstMade);
        this.#kept.set(id, path);
        return path;
      } finally {
        await rm(temporary, { force: true });
      }
    } finally {
      this.#writing.delete(id);
    }
  }

  /** @returns the file that holds the utterance already, unless the sink keeps its files elsewhere by now */
  #ownFile(id: string): string | undefined {
    const path = resolve(this.#kept.get(id) ?? "/");
    return path.startsWith(this.#directory + sep) ? path : undefined;
  }

  /** Syncs the folder, and those around it that were made for it: an entry that is lost loses the file. */
  async #sync(folder: string, firstMade: string | undefined): Promise<void> {
    await syncFolder(folder);
    if (firstMade === undefined) return;
    for (let at = folder; at !== dirname(firstMade) && at !== this.#directory;) {
      at = dirname(at);
      await syncFolder(at);
    }
  }
}

/** The id makes it unique among utterances of the same name, and the same when an utterance is offered again. */
function temporaryName(name: string, id: string): string {
  return `.${name}.${createHash("sha256").update(id).digest("hex").slice(0, 8)}.part`;
}

async function receive(
  path: string,
  { id, bytes }: SunkUtterance,
  audio: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  // What a process that died has left is of no use, and another process may still hold it open.
  await rm(path, { force: true });
  await using file = await open(path, "wx");
  let received = 0;
  for await (const chunk of audio) {
    signal.throwIfAborted();
    await file.writeFile(chunk);
    received += chunk.byteLength;
  }
  signal.throwIfAborted();
  if (received !== bytes) {
    throw new PluginError(
      "plugin-failed",
      `Cannot keep utterance ${id} as ${received} of its ${bytes} bytes came`,
    );
  }
  await file.sync();
}
