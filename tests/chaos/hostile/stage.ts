/**
 * Plays one behaviour in a slot of an engine, and hears what the engine says of it.
 *
 * @module
 */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "../../../schemas/generated/event.ts";
import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import type { EngineProcess } from "../../support/engine-process.ts";
import { EventReader } from "../../support/event-reader.ts";
import type { Behaviour } from "./plugin/behaviour.ts";
import { BEHAVIOURS } from "./plugin/behaviours.ts";

const PLUGIN = join(import.meta.dir, "plugin");
const SLOT = "voices.hostile";
/** Two releases that behave well: the one that serves, and another one for comparison. */
const HONEST = "honest";
const HONEST_TOO = "honest-too";

/** @returns the release that plays a behaviour */
function releaseOf(name: string): string {
  return `hostile@1.0.0-${name}`;
}

/** Puts a release for each behaviour into a home, and two that behave well. */
export async function addReleases(home: string): Promise<void> {
  const names = [HONEST, HONEST_TOO, ...Object.keys(BEHAVIOURS)];
  const manifest = JSON.parse(await readFile(join(PLUGIN, "plugin.json"), "utf8")) as object;
  await mkdir(join(home, "plugins/hostile"), { recursive: true });
  await Promise.all(
    names.map(async (name) => {
      const version = `1.0.0-${name}`;
      const directory = join(home, "plugins/hostile", version);
      await cp(PLUGIN, directory, { recursive: true });
      await writeFile(join(directory, "plugin.json"), JSON.stringify({ ...manifest, version }));
    }),
  );
}

/** The voice that the behaviours are played in, as the config has it. */
export const FIRST = { plugin: releaseOf(HONEST), memoryLimitBytes: 300_000_000 };

/** The slot of the behaviours. Between two of them an honest release of the same plugin serves there. */
export class Stage implements AsyncDisposable {
  private constructor(
    private readonly engine: EngineProcess,
    private readonly events: EventReader,
  ) {}

  static async open(engine: EngineProcess): Promise<Stage> {
    return new Stage(engine, await EventReader.open(engine.url, { slot: SLOT }));
  }

  /** Plays a behaviour, and hands the slot back to the honest release. @throws Error if no event says what it should */
  async play(name: string, behaviour: Behaviour): Promise<void> {
    const release = releaseOf(name);
    const { as, seen } = behaviour;
    const swap = await this.engine.swap(SLOT, { plugin: release });
    if (as === "failed") return this.#heard(name, (record) => failedWith(record, release, seen));
    if (swap.generation === undefined) throw new Error(`${name} does not serve: ${JSON.stringify(swap)}`);
    switch (as) {
      case "rolled-back":
        // Two of two is too many.
        for (let n = 0; n < 2; n++) await this.#listen();
        await this.#heard(name, (record) => rolledBackWith(record, release, seen));
        break;
      case "replaced": {
        // A listener to whom nothing was said yet waits for the next process, and the honest release speaks.
        const listening = behaviour.cancel ? this.#leave() : behaviour.speak && this.#listen();
        await this.#heard(name, (record) => replacedWith(record, release, seen));
        await this.#back();
        await listening;
        break;
      }
      case "noted":
        await this.#back();
        await this.#heard(name, (record) => notedWith(record, release, seen));
    }
    await this.#isHonest();
  }

  /**
   * What a plugin costs that behaves well: a swap, an utterance, a while in which it serves, perhaps a second process, and
   * the way back.
   */
  async playHonest({ whileMs = 0, reload = false } = {}): Promise<void> {
    const swap = await this.engine.swap(SLOT, { plugin: releaseOf(HONEST_TOO) });
    if (swap.generation === undefined)
      throw new Error(`The honest release does not serve: ${JSON.stringify(swap)}`);
    await this.#listen();
    await Bun.sleep(whileMs);
    if (reload) await this.engine.post(`/control/slots/${SLOT}/reload`);
    await this.#back();
    await this.#isHonest();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.events[Symbol.asyncDispose]();
  }

  async #heard(name: string, is: (swap: SwapRecord) => boolean): Promise<void> {
    try {
      await this.events.until((event: EngineEvent) => event.kind === "swap" && is(event.swap));
    } catch (error) {
      const swaps = this.events.events.flatMap((event) => (event.kind === "swap" ? [event.swap] : []));
      const told = swaps.slice(-5).map((swap) => `${swap.reason} ${JSON.stringify(swap.stages)}`);
      throw new Error(`No event says what ${name} did. The last swaps:\n${told.join("\n")}`, {
        cause: error,
      });
    }
  }

  #speak(signal?: AbortSignal): Promise<Response> {
    const body = { input: "Hello there.", voice: "hostile", response_format: "pcm" };
    return this.engine.post("/v1/audio/speech", body, signal ? { signal } : {});
  }

  async #listen(): Promise<void> {
    const response = await this.#speak();
    await response.bytes().catch(() => {});
  }

  /** Begins to listen, and leaves. */
  async #leave(): Promise<void> {
    const leaving = new AbortController();
    const response = await this.#speak(leaving.signal);
    await response.body?.getReader().read();
    leaving.abort();
  }

  /** Goes back to the honest release, whose process was kept. */
  async #back(): Promise<void> {
    const response = await this.engine.post(`/control/slots/${SLOT}/rollback`);
    if (!response.ok) throw new Error(`No way back: ${await response.text()}`);
  }

  /** The slot serves as before: it is not stuck. */
  async #isHonest(): Promise<void> {
    await this.engine.slotUntil(
      SLOT,
      ({ state, running }) => state === "ready" && running?.plugin === releaseOf(HONEST),
    );
    const response = await this.#speak();
    const { byteLength } = await response.bytes();
    if (!response.ok || byteLength < 1_000)
      throw new Error(`The slot does not speak: ${response.status}, ${byteLength} bytes`);
  }
}

function failedWith({ to, stage, error }: SwapRecord, release: string, seen: RegExp): boolean {
  return to?.plugin === release && stage === "failed" && seen.test(error?.message ?? "");
}

function replacedWith({ to, reason, stages }: SwapRecord, release: string, seen: RegExp): boolean {
  return to?.plugin === release && reason === "recovery" && seen.test(stages[0]?.detail ?? "");
}

function rolledBackWith({ to, stage, stages }: SwapRecord, release: string, seen: RegExp): boolean {
  return to?.plugin === release && stage === "rolled-back" && seen.test(stages.at(-1)?.detail ?? "");
}

function notedWith({ from, stages }: SwapRecord, release: string, seen: RegExp): boolean {
  return from?.plugin === release && stages.some(({ detail }) => seen.test(detail ?? ""));
}
