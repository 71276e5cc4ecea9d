/**
 * LAME, compiled to WebAssembly. One instance of it serves several streams.
 *
 * @module
 */
import type { WasmMediaEncoder } from "wasm-media-encoders/esnext";

export type Lame = WasmMediaEncoder<"audio/mpeg">;

/**
 * How many streams one instance serves. Bun 1.4.5 gives only the first eight WebAssembly memories of a process a guard
 * region. Code on any further memory checks each access, and takes about a fifth longer. With an instance for each stream,
 * most streams would be slow.
 */
const STREAMS_PER_INSTANCE = 16;
/** How many instances are kept when nothing uses them: enough for 64 streams, 0.7 MB each. */
const MAX_KEPT = 4;

/** An encoder of one stream, on loan. */
export interface LentLame {
  readonly lame: Lame;
  /** Gives it back for a later stream. If it is dropped instead, it is freed together with its instance. */
  giveBack(): void;
}

class Instance {
  readonly #idle: Lame[] = [];
  #made = 0;

  /** @param first never configured, so that it has no state of a stream */
  constructor(private readonly first: Lame) {}

  get isFull(): boolean {
    return this.#idle.length === 0 && this.#made === STREAMS_PER_INSTANCE;
  }

  get isUnused(): boolean {
    return this.#idle.length === this.#made;
  }

  take(): LentLame {
    const used = this.#idle.pop();
    if (!used) this.#made++;
    // The library's object has the state of a stream and a reference to the instance. Its constructor is private, so
    // further objects inherit from the first one.
    const lame = used ?? (Object.create(this.first) as Lame);
    return {
      lame,
      giveBack: () => {
        this.#idle.push(lame);
        keep(this);
      },
    };
  }
}

/** Those that can serve one more stream. A full one is held by its streams only, so it is freed when they are dropped. */
let instances: Instance[] = [];

/** @returns an encoder that may have been used before: `configure` begins a new stream */
export async function takeLame(): Promise<LentLame> {
  // Another stream may have filled it meanwhile.
  while (instances.length === 0) await (making ??= makeInstance());
  const instance = instances[0]!;
  const lent = instance.take();
  if (instance.isFull) instances = instances.filter((one) => one !== instance);
  return lent;
}

/** Streams that begin at the same time wait for the same instance. */
let making: Promise<void> | undefined;

async function makeInstance(): Promise<void> {
  try {
    const { createEncoder, module } = await (library ??= load());
    instances.push(new Instance(await createEncoder("audio/mpeg", module)));
  } finally {
    making = undefined;
  }
}

/** An instance that is not used is dropped if enough others can serve. */
function keep(instance: Instance): void {
  const others = instances.filter((one) => one !== instance);
  instances = instance.isUnused && others.length >= MAX_KEPT ? others : [...others, instance];
}

let library: ReturnType<typeof load> | undefined;

/** Loads the library at the first MP3: 4 ms for the wrapper, which also contains the encoders as text, and 3 ms to compile. */
async function load() {
  const { createEncoder } = await import("wasm-media-encoders/esnext");
  const file = Bun.file(new URL(import.meta.resolve("wasm-media-encoders/wasm/mp3")));
  return { createEncoder, module: await WebAssembly.compile(await file.arrayBuffer()) };
}
