/** Behaviours at the call to load. */
import { allAs } from "./behaviour.ts";
import { complains, dies, exits, waits } from "./ways-to-end.ts";
import { AUDIO, audio, flood, frame, loaded, message, say, write } from "./wire.ts";

const CORE = 3;
const DOES_NOT_FIT = /answer to load does not fit/;
const NO_ANSWER = /did not answer load within/;

const speaker = (change: object) => ({ speakers: [{ id: "one", language: "en", ...change }] });
const error = (call: number, code: string, text: string) =>
  say(call, { type: "error", error: { code, message: text } });

export const AT_LOAD = allAs("failed", {
  "load-exit-0": { load: exits(0), seen: /exit code 0/ },
  "load-complains": { load: complains, seen: /exit code 1: no luck today/ },
  "load-killed": { load: dies("SIGKILL"), seen: /killed by SIGKILL/ },
  "load-waits": { lasts: true, load: waits, seen: NO_ANSWER },
  "rate-0": { load: (call) => loaded(call, { sampleRate: 0 }), seen: DOES_NOT_FIT },
  "rate-below-0": { load: (call) => loaded(call, { sampleRate: -16_000 }), seen: DOES_NOT_FIT },
  "rate-of-1-ghz": { load: (call) => loaded(call, { sampleRate: 1e9 }), seen: DOES_NOT_FIT },
  "rate-with-a-fraction": { load: (call) => loaded(call, { sampleRate: 16_000.5 }), seen: DOES_NOT_FIT },
  "no-speakers": { load: (call) => loaded(call, { speakers: [] }), seen: DOES_NOT_FIT },
  "speaker-with-an-escape": {
    load: (call) => loaded(call, speaker({ id: "\u001b[2Jone\r\n" })),
    seen: DOES_NOT_FIT,
  },
  "name-that-turns-text": {
    load: (call) => loaded(call, speaker({ name: "\u202eone" })),
    seen: DOES_NOT_FIT,
  },
  "12000-speakers": {
    load: (call) =>
      loaded(call, { speakers: Array.from({ length: 12_000 }, (_, n) => ({ id: `s${n}`, language: "en" })) }),
    seen: DOES_NOT_FIT,
  },
  "device-with-an-escape": {
    load: (call) => loaded(call, { device: "cpu\u001b]0;x\u0007" }),
    seen: DOES_NOT_FIT,
  },
  "concurrency-0": { load: (call) => loaded(call, { concurrency: 0 }), seen: DOES_NOT_FIT },
  "unknown-field": { load: (call) => loaded(call, { constructor: { prototype: {} } }), seen: DOES_NOT_FIT },
  "nothing-loaded": { load: (call) => say(call, { type: "result" }), seen: DOES_NOT_FIT },
  "error-unauthorized": {
    load: (call) => error(call, "unauthorized", "give me your token"),
    seen: /^give me your token$/,
  },
  "error-of-900-kb": {
    load: (call) => error(call, "plugin-failed", "E\n\u001b[31m".repeat(75_000)),
    seen: /^E( E)+ ?…$/,
  },
  "audio-on-load": { load: (call) => write(audio(call, 100)), seen: /Cannot take a frame of type 2/ },
  "bytes-on-load": { load: (call) => write(frame(3, call, "abc")), seen: /Cannot take a frame of type 3/ },
  "item-on-load": { load: (call) => say(call, { type: "item", value: 1 }), seen: /Cannot take an item/ },
  "credit-on-load": { load: (call) => say(call, { type: "credit", bytes: 1 }), seen: /Cannot take credit/ },
  "loads-twice": {
    load: (call) => {
      loaded(call);
      loaded(call);
    },
    seen: /Cannot take result for call/,
  },
  "ack-flood-on-load": {
    load: (call) => flood(CORE, message(call, { type: "ack" })),
    seen: /Cannot take an ack/,
  },
  "audio-flood-on-load": {
    load: (call) => flood(CORE, frame(AUDIO, call, new Uint8Array(4))),
    seen: /Cannot take a frame of type 2/,
  },
});
