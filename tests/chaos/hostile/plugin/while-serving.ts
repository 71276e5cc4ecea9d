/** Behaviours of a voice that serves: when nobody speaks to it, when a listener leaves, and when another takes its place. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allAs } from "./behaviour.ts";
import { complains, dies, exits, hangsUp, leaks, spins } from "./ways-to-end.ts";
import { audio, flood, frame, MESSAGE, message, say, sound, write } from "./wire.ts";

const CORE = 3;
const STDOUT = 1;
const STDERR = 2;
const NO_HEALTH = /did not answer health within/;
const NOT_ENDED = /did not end speak within/;

/** Speaks a little, and leaves the call open. */
const begins = (call: number) => sound(call, 4_000);

const WHEN_IDLE = allAs("replaced", {
  "health-spins": { lasts: true, health: spins, seen: NO_HEALTH },
  "health-stopped": { lasts: true, health: dies("SIGSTOP"), seen: NO_HEALTH },
  "health-exit-0": { health: exits(0), seen: /exit code 0/ },
  "health-complains": { health: complains, seen: /exit code 1: no luck today/ },
  "health-segfault": { health: dies("SIGSEGV"), seen: /killed by SIGSEGV/ },
  "health-hangs-up": { lasts: true, health: hangsUp, seen: /killed by|exit code|closed its stream/ },
  "health-leaks": { lasts: true, health: leaks, seen: /uses \d+ MB of host memory/ },
  "health-audio": { health: (call) => write(audio(call, 100)), seen: /Cannot take a frame of type 2/ },
  "messages-flood-when-idle": {
    health: () => flood(CORE, message(99, { type: "ack" })),
    seen: /Cannot take ack/,
  },
  "empty-messages-when-idle": { health: () => flood(CORE, frame(MESSAGE, 0, "")), seen: /not JSON/ },
  "stdout-flood": {
    lasts: true,
    health: () => flood(STDOUT, Buffer.from(`${"z".repeat(200)}\n`)),
    seen: NO_HEALTH,
  },
  "stderr-flood": {
    lasts: true,
    health: () => flood(STDERR, Buffer.from(`${"z".repeat(200)}\n`)),
    seen: NO_HEALTH,
  },
  "empty-lines": { lasts: true, health: () => flood(STDOUT, Buffer.from("\n")), seen: NO_HEALTH },
  "line-without-end": {
    lasts: true,
    health: () => flood(STDOUT, Buffer.from("y".repeat(65_536))),
    seen: NO_HEALTH,
  },
  "reads-what-it-may-not": { health: () => void readFileSync("/etc/passwd"), seen: /exit code 1: .*EACCES/ },
  "writes-into-its-own-folder": {
    health: () => writeFileSync(join(import.meta.dir, "main.ts"), "process.exit(9)"),
    seen: /exit code 1: .*EACCES/,
  },
  "kills-the-engine": {
    health: () => void process.kill(process.ppid, "SIGKILL"),
    seen: /exit code 1: .*EPERM/,
  },
});

const WHEN_LEFT = allAs("replaced", {
  "cancel-unheard": { lasts: true, speak: begins, cancel: () => {}, seen: NOT_ENDED },
  "cancel-exit-1": { speak: begins, cancel: complains, seen: /exit code 1: no luck today/ },
  "cancel-killed": { speak: begins, cancel: dies("SIGKILL"), seen: /killed by SIGKILL/ },
  "cancel-audio-flood": {
    lasts: true,
    speak: begins,
    cancel: (call) => flood(CORE, audio(call, 4_000)),
    seen: /Cannot take more audio|did not (answer health|end speak)/,
  },
  "cancel-acked": { speak: begins, cancel: (call) => say(call, { type: "ack" }), seen: /Cannot take an ack/ },
});

const WHEN_FOLLOWED = {
  ...allAs("noted", {
    "snapshot-fails": {
      snapshot: (call) => say(call, { type: "error", error: { code: "x", message: "I forgot" } }),
      seen: /gave no state: I forgot/,
    },
    "snapshot-of-2-mb": {
      snapshot: (call) => say(call, { type: "result", value: "s".repeat(2e6) }),
      seen: /gave no state: .*frame of 20000\d\d bytes/,
    },
    "snapshot-exit-1": { snapshot: complains, seen: /gave no state: / },
  }),
  ...allAs("failed", {
    "restore-exit-1": { restore: complains, seen: /exit code 1: no luck today/ },
    "restore-refuses": {
      restore: (call) => say(call, { type: "error", error: { code: "x", message: "not mine" } }),
      seen: /refuses it: not mine/,
    },
  }),
};

export const WHILE_SERVING = { ...WHEN_IDLE, ...WHEN_LEFT, ...WHEN_FOLLOWED };
