/** Behaviours of a voice that serves, at a call to speak. */
import { allAs, type Behaviour } from "./behaviour.ts";
import { complains, dies, exits, leaks, spins, waits } from "./ways-to-end.ts";
import { AUDIO, audio, BYTES, flood, frame, header, MESSAGE, message, say, sound, write } from "./wire.ts";

const CORE = 3;
const SILENT = /sent no audio for speak within|did not answer health within/;

/** Speaks a little, and then does `what`. */
const amid =
  (what: (call: number) => void): Behaviour["speak"] =>
  (call) => {
    sound(call, 4_000);
    what(call);
  };
const ends = (call: number) => say(call, { type: "result" });

const REPLACED = allAs("replaced", {
  "speak-exit-0": { speak: amid(exits(0)), seen: /exit code 0/ },
  "speak-complains": { speak: amid(complains), seen: /exit code 1: no luck today/ },
  "speak-segfault": { speak: amid(dies("SIGSEGV")), seen: /killed by SIGSEGV/ },
  "speak-killed": { speak: dies("SIGKILL"), seen: /killed by SIGKILL/ },
  "speak-stopped": { lasts: true, speak: amid(dies("SIGSTOP")), seen: SILENT },
  "speak-never-ends": { lasts: true, speak: amid(waits), seen: SILENT },
  "speak-spins": { lasts: true, speak: spins, seen: SILENT },
  "speak-leaks": { lasts: true, speak: leaks, seen: /uses \d+ MB of host memory/ },
  "speak-one-byte-at-a-time": {
    lasts: true,
    speak: (call) => {
      const never = new Int32Array(new SharedArrayBuffer(4));
      for (const byte of audio(call, 4_000)) {
        write(Uint8Array.of(byte));
        Atomics.wait(never, 0, 0, 20);
      }
    },
    seen: SILENT,
  },
  "ack-twice": { speak: (call) => say(call, { type: "ack" }), seen: /Cannot take an ack/ },
  "ack-flood": { speak: (call) => flood(CORE, message(call, { type: "ack" })), seen: /Cannot take an ack/ },
  "hello-again": {
    speak: () => say(0, { type: "hello", protocol: 1, api: "1.0.0", sdk: "none" }),
    seen: /Cannot take a hello/,
  },
  "item-on-speak": { speak: (call) => say(call, { type: "item", value: [] }), seen: /Cannot take an item/ },
  "item-of-15-mb": {
    speak: (call) => say(call, { type: "item", value: "v".repeat(15e6) }),
    seen: /frame of 150000\d\d bytes/,
  },
  "credit-on-speak": {
    speak: (call) => say(call, { type: "credit", bytes: 1e9 }),
    seen: /Cannot take credit/,
  },
  "end-twice": {
    speak: (call) => {
      sound(call, 4_000);
      ends(call);
      ends(call);
    },
    seen: /Cannot take result/,
  },
  "audio-after-end": {
    speak: (call) => {
      sound(call, 4_000);
      ends(call);
      sound(call, 4_000);
    },
    seen: /Cannot take a frame of type 2/,
  },
  "answers-another-call": { speak: (call) => ends(call + 1), seen: /Cannot take result/ },
  "answers-an-old-call": { speak: (call) => ends(call - 1), seen: /Cannot take result/ },
  "unknown-message": { speak: (call) => say(call, { type: "shout" }), seen: /Cannot take the message/ },
  "call-of-its-own": {
    speak: (call) => say(call, { type: "call", method: "speak", params: {} }),
    seen: /Cannot take the message/,
  },
  "unknown-frame": { speak: (call) => write(frame(9, call, "x")), seen: /frame of type 9/ },
  "bytes-for-audio": { speak: (call) => write(frame(BYTES, call, "abcd")), seen: /frame of type 3/ },
  "part-of-a-sample": { speak: (call) => write(frame(AUDIO, call, "abc")), seen: /audio frame of 3 bytes/ },
  "empty-audio": { speak: (call) => write(frame(AUDIO, call, "")), seen: /has no samples/ },
  "empty-audio-flood": { speak: (call) => flood(CORE, frame(AUDIO, call, "")), seen: /has no samples/ },
  "frame-of-17-mb": {
    speak: (call) => write(header(17 << 20, AUDIO, call)),
    seen: /frame of 17825792 bytes/,
  },
  "frame-in-part": {
    speak: (call) => {
      write(audio(call, 4_000).subarray(0, 5_000));
      process.exit(4);
    },
    seen: /exit code 4/,
  },
  "beyond-its-credit": {
    speak: (call) => flood(CORE, audio(call, 16_000)),
    seen: /Cannot take more audio|did not answer health/,
  },
  "beyond-its-credit-by-1-mb": {
    lasts: true,
    speak: (call) => flood(CORE, frame(AUDIO, call, new Uint8Array(1 << 20))),
    seen: /Cannot take more audio|did not answer health/,
  },
  "one-sample-at-a-time": {
    lasts: true,
    speak: (call) => flood(CORE, audio(call, 1)),
    seen: /Cannot take|did not answer health within/,
  },
  "json-of-500000-levels-on-speak": {
    speak: (call) => write(frame(MESSAGE, call, `{"type":"x","x":${"[".repeat(5e5)}${"]".repeat(5e5)}}`)),
    seen: /Cannot (read|take) (a|the) message/,
  },
  "result-of-1-mb-of-numbers": {
    speak: (call) => flood(CORE, message(call, { type: "result", value: Array(500_000).fill(0) })),
    seen: /Cannot take result|more than 40000 values/,
  },
});

const ROLLED_BACK = allAs("rolled-back", {
  "speak-without-audio": { speak: ends, seen: /failed/ },
  "speak-of-nan": {
    speak: (call) => {
      sound(call, 4_000, (n) => (n % 100 ? 0.1 : Number.NaN));
      ends(call);
    },
    seen: /failed/,
  },
  "speak-of-infinity": {
    speak: (call) => {
      sound(call, 4_000, () => Number.NEGATIVE_INFINITY);
      ends(call);
    },
    seen: /failed/,
  },
  "speak-fails": {
    speak: amid((call) => say(call, { type: "error", error: { code: "plugin-failed", message: "hoarse" } })),
    seen: /failed/,
  },
  "speak-error-forbidden": {
    speak: (call) => say(call, { type: "error", error: { code: "forbidden", message: "x\r\nX-Evil: 1" } }),
    seen: /failed/,
  },
  "speak-error-of-1-mb": {
    speak: (call) =>
      say(call, { type: "error", error: { code: "plugin-failed", message: "m", stack: "S".repeat(1e6) } }),
    seen: /failed/,
  },
});

export const AT_SPEAK = { ...REPLACED, ...ROLLED_BACK };
