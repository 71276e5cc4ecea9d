import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { PluginError, type SunkUtterance } from "syrinx/sdk";
import type { KeptFiles } from "./kept-files.ts";
import type { NameTemplate } from "./name-template.ts";
import { publishNew, replaceOwn, syncFolder } from "./publish.ts";

/** Writes utterances as files into a folder: complete and synced to the disk, or not at all. */
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
   * Streams the audio into a hidden file in the same folder, syncs it to the disk and renames it. Replaces a file of
   * the same utterance, but never one of another: if the name is taken, the new one gets `-2`, `-3`...
   *
   * @returns the absolute path
   * @throws PluginError `plugin-failed` if fewer or more bytes arrived than announced; also the error of `audio` and
   *   the reason of `signal`, unchanged. No file is then left.
   */
  async write(
    utterance: SunkUtterance,
    audio: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<string> {
    const { id } = utterance;
    if (this.#writing.has(id)) {
      throw new PluginError(
        "plugin-failed",
        `Cannot store utterance ${id} because it is already being written`,
      );
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

  /** @returns the existing file of the utterance, unless the sink now uses another folder */
  #ownFile(id: string): string | undefined {
    const path = resolve(this.#kept.get(id) ?? "/");
    return path.startsWith(this.#directory + sep) ? path : undefined;
  }

  /** Syncs the folder and the parent folders that were made for it: without their entries the file would be lost. */
  async #sync(folder: string, firstMade: string | undefined): Promise<void> {
    await syncFolder(folder);
    if (firstMade === undefined) return;
    for (let at = folder; at !== dirname(firstMade) && at !== this.#directory;) {
      at = dirname(at);
      await syncFolder(at);
    }
  }
}

/** The id makes the name unique among utterances, and the same if an utterance is offered again. */
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
  // Removes the file that a dead process left. Another process may still have it open.
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
      `Cannot store utterance ${id} because only ${received} of its ${bytes} bytes arrived`,
    );
  }
  await file.sync();
}
