/** Behaviours at the first call to speak, by which a voice shows that it can. */
import { allAs, type Behaviour } from "./behaviour.ts";
import { complains, dies, waits } from "./ways-to-end.ts";
import { say, sound } from "./wire.ts";

/** Speaks `samples` and says that this was all. */
const speaks =
  (samples: number, sample?: (index: number) => number): Behaviour["probe"] =>
  (call) => {
    sound(call, samples, sample);
    say(call, { type: "result" });
  };

export const AT_PROBE = allAs("failed", {
  "probe-without-audio": { probe: (call) => say(call, { type: "result" }), seen: /gave no audio/ },
  "probe-of-nan": { probe: speaks(8_000, (n) => (n % 100 ? 0.1 : Number.NaN)), seen: /not numbers/ },
  "probe-of-infinity": { probe: speaks(8_000, () => Number.POSITIVE_INFINITY), seen: /not numbers/ },
  "probe-of-silence": { probe: speaks(8_000, () => 0), seen: /gave silence/ },
  "probe-of-huge-samples": {
    probe: speaks(8_000, (n) => (n % 2 ? 3e38 : -3e38)),
    seen: /clipped|not numbers/,
  },
  "probe-too-short": { probe: speaks(10), seen: /absurdly short/ },
  "probe-too-long": { probe: speaks(16_000 * 60), seen: /absurdly long|Cannot take more audio/ },
  "probe-fails": {
    probe: (call) =>
      say(call, { type: "error", error: { code: "plugin-failed", message: "no voice today" } }),
    seen: /^no voice today$/,
  },
  "probe-complains": { probe: complains, seen: /exit code 1: no luck today/ },
  "probe-segfault": { probe: dies("SIGSEGV"), seen: /killed by SIGSEGV/ },
  "probe-waits": { lasts: true, probe: waits, seen: /sent no audio for speak within/ },
});
