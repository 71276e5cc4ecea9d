/**
 * The part of espeak-ng (compiled to WebAssembly) that Piper needs: text to IPA, no audio.
 *
 * @module
 */
import { PluginError } from "syrinx/sdk";

/**
 * Bun leaves code that begins so as it is. espeak-ng.js is 842 kB of plain JavaScript: to transpile it takes 90 ms of CPU time and
 * 27 MB, at each start of a voice.
 */
const AS_IT_IS = "// @bun";

Bun.plugin({
  name: "espeak-ng",
  setup(build) {
    build.onLoad({ filter: /\/espeak-ng-emscripten\/espeak-ng\.js$/ }, async ({ path }) => {
      const code = await Bun.file(path).text();
      // Its first line is empty, so the others keep their numbers.
      return { contents: code.startsWith("\n") ? AS_IT_IS + code : code, loader: "js" };
    });
  },
});

/** espeak-ng's variants of voices, such as `en-us+f3`, and the voices of MBROLA, in espeak-ng's own file system. */
const VARIANTS = "/usr/share/espeak-ng-data/voices/";

/**
 * espeak-ng reads every file of a voice when it starts. Those of variants change the sound alone, and nobody hears it: Piper
 * takes the phonemes. Without these 198 files, its start takes 30 % less CPU time (95 ms), and a voice 6 MB less memory.
 *
 * @param path in espeak-ng's own file system
 * @param voice that is going to be chosen, e.g. `en-us`
 * @returns whether the file is needed. A voice that names a variant needs all
 */
export function needsFile(path: string, voice: string): boolean {
  return !path.startsWith(VARIANTS) || /^mb|\+/.test(voice);
}

/** The used part of the package, which has no types. */
interface EspeakModule {
  HEAPU8: Uint8Array;
  FS_createDataFile(path: string, ...more: unknown[]): void;
  _free(pointer: number): void;
  eSpeakNGWorker: new () => EspeakWorker;
}

interface EspeakWorker {
  /** @returns 0 if there is such a voice */
  set_voice(name: string): number;
  /**
   * The phonemes of all clauses, with ` | ` between clauses and `_` between phonemes. A C string; the caller frees it.
   */
  convert_to_phonemes(text: string, ipa: boolean): { ptr: number };
}

/** espeak-ng with one chosen voice. For one thread; synchronous, 0.1 to 1 ms per sentence. */
export class Espeak {
  readonly #module: EspeakModule;
  readonly #worker: EspeakWorker;

  private constructor(module: EspeakModule, worker: EspeakWorker) {
    this.#module = module;
    this.#worker = worker;
  }

  /**
   * @param voice e.g. `en-us`
   * @throws PluginError `model-unsupported` if espeak-ng has no such voice
   */
  static async load(voice: string): Promise<Espeak> {
    const module = await createFor(voice);
    const worker = new module.eSpeakNGWorker();
    if (worker.set_voice(voice) !== 0) {
      throw new PluginError(
        "model-unsupported",
        `Cannot speak with espeak-ng's voice "${voice}" because there is none: correct espeak.voice in the model's config`,
      );
    }
    return new Espeak(module, worker);
  }

  /** @returns IPA, one string for each clause that espeak-ng finds, without punctuation */
  clauses(text: string): string[] {
    // A NUL would end the text early, and a lone surrogate has no UTF-8.
    const { ptr } = this.#worker.convert_to_phonemes(text.replaceAll("\0", " ").toWellFormed(), true);
    const bytes = this.#module.HEAPU8;
    const ipa = new TextDecoder().decode(bytes.subarray(ptr, bytes.indexOf(0, ptr)));
    this.#module._free(ptr);
    return ipa.split(" | ").map((clause) => clause.replaceAll("_", ""));
  }
}

/** @returns espeak-ng with the files that a voice needs */
async function createFor(voice: string): Promise<EspeakModule> {
  const { default: createModule } = await import("@echogarden/espeak-ng-emscripten");
  const options: Partial<EspeakModule> & { preRun: (() => void)[] } = {
    preRun: [
      () => {
        const create = options.FS_createDataFile!;
        options.FS_createDataFile = (path, ...more) => {
          if (needsFile(path, voice)) create(path, ...more);
        };
      },
    ],
  };
  return (await createModule(options)) as EspeakModule;
}
