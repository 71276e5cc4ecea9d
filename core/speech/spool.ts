/**
 * Keeps an utterance for a sink on disk, so that nothing is lost while the sink is slow, swapped or not there.
 *
 * @module
 */
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type AudioFormat,
  type EncodePool,
  fileExtension,
  patchWavSizes,
  type StreamEncoder,
  WAV_HEADER_BYTES,
} from "../audio/mod.ts";

/** A spool file that is complete and synced to disk. */
export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly durationMs: number;
}

export interface SpoolOptions {
  format: AudioFormat;
  /** Rate of the samples, in Hz. */
  voiceRate: number;
  encoders: EncodePool;
}

/** Encodes one utterance into its own file. */
export class Spool {
  #bytes = 0;

  private constructor(
    private readonly path: string,
    private readonly file: Awaited<ReturnType<typeof open>>,
    private readonly encoder: StreamEncoder,
    private readonly format: AudioFormat,
  ) {}

  /**
   * Makes the file, which must not be there already.
   *
   * @param name of the file, without its extension
   */
  static async open(
    directory: string,
    name: string,
    { format, voiceRate, encoders }: SpoolOptions,
  ): Promise<Spool> {
    await mkdir(directory, { recursive: true });
    const path = join(directory, `${name}.${fileExtension(format)}`);
    return new Spool(path, await open(path, "wx"), await encoders.open(format, voiceRate), format);
  }

  async write(samples: Float32Array): Promise<void> {
    for await (const bytes of this.encoder.encode(samples)) await this.#append(bytes);
  }

  /** Completes the file. Resolves when every byte is synced to disk. */
  async finish(): Promise<Spooled> {
    for await (const bytes of this.encoder.finish()) await this.#append(bytes);
    if (this.format === "wav") await this.#writeWavSizes();
    await this.file.sync();
    await this.file.close();
    this.encoder.release();
    const { contentType, durationMs } = this.encoder;
    return { path: this.path, bytes: this.#bytes, contentType, durationMs };
  }

  /** Deletes the file of an utterance that was not finished. */
  async discard(): Promise<void> {
    this.encoder.release();
    await this.file.close().catch(() => {});
    await rm(this.path, { force: true });
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.file.write(bytes);
    this.#bytes += bytes.byteLength;
  }

  /** The header was written before the length was known. */
  async #writeWavSizes(): Promise<void> {
    const header = new Uint8Array(WAV_HEADER_BYTES);
    const reader = await open(this.path, "r+");
    try {
      await reader.read(header, 0, header.byteLength, 0);
      patchWavSizes(header, this.#bytes - header.byteLength);
      await reader.write(header, 0, header.byteLength, 0);
    } finally {
      await reader.close();
    }
  }
}
