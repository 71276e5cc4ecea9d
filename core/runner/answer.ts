/**
 * Answers the protocol's calls with the functions that a plugin's entry exports, for each kind of plugin.
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
  ConfigSourceDefinition,
  configSource,
  Sink,
  SinkDefinition,
  sink,
  Voice,
  VoiceDefinition,
  voice,
} from "../sdk/mod.ts";

type Exported = ReturnType<typeof voice> | ReturnType<typeof sink> | ReturnType<typeof configSource>;
type Answer = (call: ServedCall) => Promise<unknown>;
type Answers = Partial<Record<Method, Answer>>;

/** The functions that voices and sinks share. */
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
      `Cannot serve ${entry} because its default export is not made by voice(), sink() or configSource()`,
    );
  return {
    answer(method: Method, call: ServedCall): Promise<unknown> {
      const answer = answers[method];
      if (!answer) throw new TypeError(`Cannot answer ${method} because a ${kind} plugin has no such method`);
      return answer(call);
    },
  };
}

function voiceAnswers(definition: VoiceDefinition<unknown>): Answers {
  let loaded: Voice<unknown> | undefined;
  let loadedWith: LoadParams["settings"] = {};
  return {
    async load({ params }): Promise<LoadResult> {
      const context = params as unknown as LoadParams;
      loadedWith = context.settings;
      loaded = await definition.load(context);
      return {
        sampleRate: loaded.sampleRate,
        speakers: [...loaded.speakers],
        device: loaded.device,
        concurrency: loaded.concurrency ?? 1,
        notes: [...(loaded.notes ?? [])],
      };
    },
    async speak({ params, signal, sendAudio }) {
      const segment = { settings: loadedWith, ...(params as unknown as SpeakParams) };
      for await (const samples of present(loaded, "load").speak(segment, signal)) await sendAudio(samples);
    },
    ...livingAnswers(() => loaded),
  };
}

function sinkAnswers(definition: SinkDefinition<unknown>): Answers {
  let opened: Sink<unknown> | undefined;
  let openedWith: OpenParams["settings"] = {};
  return {
    async open({ params }) {
      const context = params as unknown as OpenParams;
      openedWith = context.settings;
      opened = await definition.open(context);
    },
    async write({ params, signal, bytes }): Promise<WriteResult> {
      const { utterance, settings = openedWith } = params as unknown as WriteParams;
      return { location: await present(opened, "open").write(utterance, bytes(), signal, settings) };
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
