/** Behaviours at the start, instead of hello. */
import { closeSync } from "node:fs";
import { allAs } from "./behaviour.ts";
import { complains, dies, exits, hangsUp, spins, waits } from "./ways-to-end.ts";
import { audio, flood, frame, header, hello, MESSAGE, message, say, write } from "./wire.ts";

const CORE = 3;
const HELLO = { type: "hello", protocol: 1, api: "1.0.0", sdk: "none" };
const NO_HELLO = /sent no hello within/;

export const AT_START = allAs("failed", {
  "start-exit-0": { start: exits(0), seen: /exit code 0/ },
  "start-complains": { start: complains, seen: /exit code 1: no luck today/ },
  "start-segfault": { start: dies("SIGSEGV"), seen: /killed by SIGSEGV/ },
  "start-abort": { start: dies("SIGABRT"), seen: /killed by SIGABRT/ },
  "start-killed": { start: dies("SIGKILL"), seen: /killed by SIGKILL/ },
  "start-waits": { lasts: true, start: waits, seen: NO_HELLO },
  "start-spins": { lasts: true, start: spins, seen: NO_HELLO },
  "start-hangs-up": { start: hangsUp, seen: /exit code|killed by|closed its stream/ },
  "hello-other-protocol": {
    start: () => say(0, { ...HELLO, protocol: 2 }),
    seen: /protocol.*2/,
  },
  "hello-other-api": { start: () => say(0, { ...HELLO, api: "2.0.0" }), seen: /2\.0\.0/ },
  "hello-of-wrong-types": {
    start: () => say(0, { ...HELLO, protocol: "one" }),
    seen: /Cannot take the message/,
  },
  "hello-on-a-call": { start: () => say(7, HELLO), seen: /Cannot take a hello on call 7/ },
  "hello-twice": {
    start: () => write(message(0, HELLO), message(0, HELLO)),
    seen: /Cannot take a hello on call 0/,
  },
  "hello-flood": { start: () => flood(CORE, message(0, HELLO)), seen: /Cannot take a hello on call 0/ },
  "hello-in-part": {
    start: () => {
      write(message(0, HELLO).subarray(0, 20));
      closeSync(CORE);
      waits();
    },
    seen: /exit code|killed by|closed its stream/,
  },
  "hello-of-1-mb": {
    start: () => say(0, { ...HELLO, sdk: "s".repeat(1_200_000) }),
    seen: /Cannot read a frame of 12000\d\d bytes/,
  },
  "hello-of-one-byte-at-a-time": {
    lasts: true,
    start: () => {
      const never = new Int32Array(new SharedArrayBuffer(4));
      for (const byte of message(0, HELLO)) {
        write(Uint8Array.of(byte));
        Atomics.wait(never, 0, 0, 100);
      }
      waits();
    },
    seen: NO_HELLO,
  },
  "ack-before-hello": { start: () => say(1, { type: "ack" }), seen: /Cannot take ack for call 1/ },
  "audio-before-hello": {
    start: () => write(audio(1, 100)),
    seen: /Cannot take a frame of type 2 for call 1/,
  },
  "other-language": { start: () => write(Buffer.from("HTTP/1.1 200 OK\r\n\r\n")), seen: /frame of type 47/ },
  "length-of-4-gb": { start: () => write(header(0xffffffff, MESSAGE, 0)), seen: /frame of 4294967295 bytes/ },
  "not-json": { start: () => write(frame(MESSAGE, 0, "{hello")), seen: /6 bytes because it is not JSON/ },
  "not-utf-8": {
    start: () => write(frame(MESSAGE, 0, Uint8Array.of(0xff, 0xfe))),
    seen: /2 bytes because it is not JSON/,
  },
  "empty-messages": {
    start: () => flood(CORE, frame(MESSAGE, 0, "")),
    seen: /0 bytes because it is not JSON/,
  },
  "json-of-500000-levels": {
    start: () => write(frame(MESSAGE, 0, `{"type":"hello","x":${"[".repeat(5e5)}${"]".repeat(5e5)}}`)),
    seen: /Cannot (read|take) (a|the) message/,
  },
  "start-output-flood": {
    lasts: true,
    start: () => flood(1, Buffer.from(`${"z".repeat(200)}\n`)),
    seen: NO_HELLO,
  },
  "hello-then-exit": {
    start: () => {
      hello();
      process.exit(3);
    },
    seen: /exit code 3/,
  },
});
