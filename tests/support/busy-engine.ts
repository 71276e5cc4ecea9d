/**
 * What answers as an engine does with hundreds of slots, to which as much happens as a test wants: for the screen under load.
 * Nothing runs behind it.
 *
 * @module
 */
import type {
  ConfigVersionList,
  ConfigView,
  MemoryView,
  ModelList,
  PluginList,
  SlotList,
  SlotView,
  SnapshotList,
  Status,
  SwapList,
  VoiceList,
} from "../../schemas/generated/api.ts";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { ResolvedBinding, SwapRecord, SwapStage } from "../../schemas/generated/swap.ts";

/** From one event of the steady rate to the next, at most so many ms. */
const TICK_MS = 20;
/** Events in one piece of the stream, as the engine sends them. */
const BATCH = 50;
/** What a swap goes through; each is an event. */
const STAGES: readonly SwapStage[] = [
  "planned",
  "admitted",
  "starting",
  "loading",
  "probing",
  "routed",
  "done",
];
/** Events of one slot, one after the other: a swap, its state, and now and then something else. */
const ROUND = STAGES.length + 3;

export class BusyEngine implements AsyncDisposable {
  readonly #server: Bun.Server<undefined>;
  readonly #began = Date.now();
  readonly #wakers = new Set<() => void>();
  #newest = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param slots how many voices there are */
  constructor(private readonly slots = 200) {
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch: (request) => this.#answer(request),
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  /** Lets so many events happen each second from now on. */
  happenEachSecond(rate: number): void {
    clearInterval(this.#timer);
    const [begin, first] = [performance.now(), this.#newest];
    if (rate > 0)
      this.#timer = setInterval(() => {
        this.#happenUntil(first + Math.floor(((performance.now() - begin) * rate) / 1_000));
      }, TICK_MS);
  }

  /**
   * Lets so many events happen at once, or a few more; they are told as fast as readers take them.
   *
   * @returns what the Events pane shows of the last of them
   */
  happen(count: number): string {
    const rounds = Math.ceil((this.#newest + count + 1) / ROUND);
    this.#happenUntil(rounds * ROUND - 1);
    return `version ${rounds - 1} applied`;
  }

  #happenUntil(id: number): void {
    if (id <= this.#newest) return;
    this.#newest = id;
    for (const wake of this.#wakers) wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#server.stop(true);
  }

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    if (pathname === "/control/events")
      return this.#stream(Number(request.headers.get("Last-Event-ID") ?? NaN));
    const body = request.method === "GET" ? this.#bodies[pathname]?.() : undefined;
    return body === undefined ? new Response("no such route", { status: 404 }) : Response.json(body);
  }

  readonly #bodies: Readonly<Record<string, () => unknown>> = {
    "/healthz": () => ({}),
    "/control/status": () => this.#status(),
    "/control/slots": (): SlotList => ({ slots: this.#indices.map((index) => this.#slot(index)) }),
    "/control/memory": () => this.#memory(),
    "/control/plugins": (): PluginList => ({ plugins: [], problems: [] }),
    "/control/models": (): ModelList => ({ models: [], problems: [] }),
    "/control/swaps": (): SwapList => ({
      swaps: this.#indices.slice(0, 100).map((index) => swapOf(index, STAGES.length, this.slots)),
    }),
    "/control/config": (): ConfigView => {
      const document = {
        voices: Object.fromEntries(this.#indices.map((index) => [voiceOf(index), { plugin: "piper" }])),
      };
      return { version: 1, document, layers: [{ source: "file", origin: "syrinx.jsonc", document }] };
    },
    "/control/config/versions": (): ConfigVersionList => ({ versions: [], rejections: [] }),
    "/control/snapshots": (): SnapshotList => ({ snapshots: [] }),
    "/v1/audio/voices": (): VoiceList => {
      const voices = this.#indices.map((index) => ({
        id: voiceOf(index),
        name: voiceOf(index),
        language: "en",
      }));
      return { object: "list", voices, data: voices };
    },
  };

  get #indices(): number[] {
    return Array.from({ length: this.slots }, (_, index) => index);
  }

  #status(): Status {
    const zeros = { utterancesActive: 0, utterancesDone: 0, utterancesFailed: 0, requestsPerSecond: 0 };
    return {
      name: "syrinx",
      version: "0.1.0",
      pluginApi: "1.0.0",
      uptimeSeconds: Math.round((Date.now() - this.#began) / 1_000),
      ready: true,
      caller: { name: "loopback", scopes: ["speak", "read", "admin"] },
      sandbox: { enforced: true, summary: "made up" },
      config: { version: 1, sources: [] },
      counts: { ...zeros, slots: this.slots, slotsReady: this.slots, plugins: 0, models: 0 },
    };
  }

  #slot(index: number): SlotView {
    const generation = 1 + Math.floor(this.#newest / ROUND / this.slots);
    const round = Math.floor(this.#newest / ROUND);
    const isSwapped = round % this.slots === index && this.#newest % ROUND < STAGES.length;
    return {
      slot: slotOf(index),
      kind: "voice",
      state: "ready",
      load: "eager",
      generation,
      desired: { plugin: "piper", model: "voice" },
      running: bindingOf(generation),
      voices: [voiceOf(index)],
      ...(isSwapped && { swap: `swap-${round}` }),
      traffic: {
        requestsPerSecond: index / 10,
        firstAudioP95Ms: 20 + index,
        failedLastMinute: 0,
        active: index % 3,
        queued: 0,
        maxQueue: 32,
      },
      instances: [
        {
          pid: 10_000 + index,
          state: "serving",
          generation,
          inflight: index % 3,
          rssBytes: 120e6 + index * 1e5,
          device: "cpu",
          startedAt: new Date(this.#began).toISOString(),
        },
      ],
    };
  }

  #memory(): MemoryView {
    const instances = this.#indices.map((index) => ({
      slot: slotOf(index),
      pid: 10_000 + index,
      generation: 1,
      state: "serving" as const,
      device: "cpu",
      hostBytes: 120e6 + index * 1e5,
      reservedBytes: 150e6,
    }));
    const host = {
      id: "host",
      name: "host",
      totalBytes: 256e9,
      usedBytes: 60e9,
      budgetBytes: 200e9,
      reservedBytes: 30e9,
    };
    return { devices: [host], instances };
  }

  #stream(after: number): Response {
    let sent = Number.isNaN(after) ? this.#newest : after;
    let isOpen = false;
    let wake: (() => void) | undefined;
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          if (!isOpen) {
            isOpen = true;
            return controller.enqueue(encoder.encode(`retry: 1000\nid: ${sent}\n\n`));
          }
          while (sent >= this.#newest) {
            const { promise, resolve } = Promise.withResolvers<void>();
            wake = resolve;
            this.#wakers.add(wake);
            await promise;
            this.#wakers.delete(wake);
          }
          const ids = Array.from(
            { length: Math.min(BATCH, this.#newest - sent) },
            (_, index) => sent + 1 + index,
          );
          sent += ids.length;
          controller.enqueue(encoder.encode(ids.map((id) => this.#block(id)).join("")));
        },
        cancel: () => wake?.(),
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { headers: { "Content-Type": "text/event-stream" } });
  }

  #block(id: number): string {
    const event = eventOf(id, this.slots);
    return `event: ${event.kind}\nid: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
  }
}

/** @returns what event `id` is, always the same but for its time */
function eventOf(id: number, slots: number): EngineEvent {
  const at = new Date().toISOString();
  const step = id % ROUND;
  const round = Math.floor(id / ROUND);
  const slot = slotOf(round % slots);
  if (step < STAGES.length) return { id, at, kind: "swap", slot, swap: swapOf(round, step + 1, slots) };
  if (step === STAGES.length) return { id, at, kind: "slot", slot, state: "ready", generation: round };
  if (step === STAGES.length + 1)
    return {
      id,
      at,
      kind: "refusal",
      slot,
      target: "example.org:443",
      reason: "it was not granted",
      untold: 0,
    };
  return { id, at, kind: "config", outcome: "applied", version: round, source: "file", cause: "source" };
}

function swapOf(index: number, stages: number, slots: number): SwapRecord {
  const reached = STAGES.slice(0, stages);
  const at = new Date().toISOString();
  return {
    id: `swap-${index}`,
    slot: slotOf(index % slots),
    reason: "config",
    strategy: "blue-green",
    from: bindingOf(index),
    to: bindingOf(index + 1),
    stage: reached.at(-1) ?? "planned",
    stages: reached.map((stage, step) => ({ stage, at, elapsedMs: 60 * step })),
    startedAt: at,
    ...(stages === STAGES.length && { endedAt: at, generation: index + 1 }),
  };
}

function bindingOf(version: number): ResolvedBinding {
  return {
    plugin: "piper@1.0.0",
    model: `en_US-voice@1.${version}.0`,
    settings: { lengthScale: 1, noiseScale: 0.667 },
    device: "cpu",
  };
}

function voiceOf(index: number): string {
  return `voice-${String(index).padStart(3, "0")}`;
}

function slotOf(index: number): string {
  return `voices.${voiceOf(index)}`;
}
