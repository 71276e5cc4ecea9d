/**
 * Turns what a plugin's entry exports into answers to the protocol's calls, kind by kind.
 *
 * @module
 */
import type {
  LoadParams,
  LoadResult,
  OpenParams,
  RestoreParams,
  SpeakParams,
  WatchParams,
  WriteParams,
  WriteResult,
} from "../../schemas/generated/hooks.ts";
import type { Method } from "../../schemas/generated/protocol.ts";
import type { ServedCall } from "../protocol/mod.ts";
import type {
  configSource,
  ConfigSourceDefinition,
  sink,
  Sink,
  SinkDefinition,
  voice,
  Voice,
  VoiceDefinition,
} from "../sdk/mod.ts";

type Exported = ReturnType<typeof voice> | ReturnType<typeof sink> | ReturnType<typeof configSource>;
type Answer = (call: ServedCall) => Promise<unknown>;
type Answers = Partial<Record<Method, Answer>>;

/** State and end of life, which voices and sinks have in common. */
type Living = Pick<Voice & Sink, "snapshot" | "restore" | "close">;

/**
 * @param exported the default export of the plugin's entry
 * @throws TypeError if it was not made by voice(), sink() or configSource()
 */
export function answererOf(exported: unknown, entry: string) {
  const { kind, definition } = (exported ?? {}) as Partial<Exported>;
  let answers: Answers;
  if (kind === "voice" && definition) answers = voiceAnswers(definition as VoiceDefinition<unknown>);
  else if (kind === "sink" && definition) answers = sinkAnswers(definition as SinkDefinition<unknown>);
  else if (kind === "config-source" && definition)
    answers = sourceAnswers(definition as ConfigSourceDefinition<unknown>);
  else
    throw new TypeError(
      `Cannot serve ${entry} as its default export is not made by voice(), sink() or configSource()`,
    );
  return {
    answer(method: Method, call: ServedCall): Promise<unknown> {
      const answer = answers[method];
      if (!answer) throw new TypeError(`Cannot answer ${method} as a ${kind} plugin has no such method`);
      return answer(call);
    },
  };
}

function voiceAnswers(definition: VoiceDefinition<unknown>): Answers {
  let loaded: Voice | undefined;
  return {
    async load({ params }): Promise<LoadResult> {
      loaded = await definition.load(params as unknown as LoadParams);
      return {
        sampleRate: loaded.sampleRate,
        speakers: [...loaded.speakers],
        device: loaded.device,
        concurrency: loaded.concurrency ?? 1,
        notes: [...(loaded.notes ?? [])],
      };
    },
    async speak({ params, signal, sendAudio }) {
      for await (const samples of present(loaded, "load").speak(params as unknown as SpeakParams, signal)) {
        await sendAudio(samples);
      }
    },
    ...livingAnswers(() => loaded),
  };
}

function sinkAnswers(definition: SinkDefinition<unknown>): Answers {
  let opened: Sink | undefined;
  return {
    async open({ params }) {
      opened = await definition.open(params as unknown as OpenParams);
    },
    async write({ params, signal, bytes }): Promise<WriteResult> {
      const { utterance } = params as unknown as WriteParams;
      return { location: await present(opened, "open").write(utterance, bytes(), signal) };
    },
    ...livingAnswers(() => opened),
  };
}

function sourceAnswers(definition: ConfigSourceDefinition<unknown>): Answers {
  return {
    async watch({ params, signal, sendItem }) {
      for await (const item of definition.watch(params as unknown as WatchParams, signal)) sendItem(item);
    },
    ...livingAnswers(() => undefined),
  };
}

function livingAnswers(living: () => Living | undefined): Answers {
  return {
    async health() {
      return { ok: true };
    },
    async snapshot() {
      return (await living()?.snapshot?.()) ?? null;
    },
    async restore({ params }) {
      const { state, from } = params as unknown as RestoreParams;
      await living()?.restore?.(state, from);
    },
    async close() {
      await living()?.close?.();
    },
  };
}

function present<T>(value: T | undefined, first: Method): T {
  if (value === undefined) throw new TypeError(`Cannot answer before ${first} has succeeded`);
  return value;
}
