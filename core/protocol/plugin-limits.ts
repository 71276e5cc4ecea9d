/**
 * What the core takes of a plugin process: how much at once, and how much in a second. A plugin that needs more waits or is
 * ended, and the others do not notice.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { overLimits, textOverLimits } from "../json-limits.ts";
import { Allowance, type Rate } from "./allowance.ts";
import type { ConnectionLimits } from "./connection.ts";
import { MAX_MESSAGE_BYTES } from "./frame.ts";

/** A call has two messages, and a busy plugin some hundred calls in a second. */
const MESSAGES: Rate = { most: 10_000, perSecond: 10_000 };
/** Bytes of JSON. To read 1 MiB takes up to 30 ms. A state has up to 1 MiB, and is asked for once in a swap. */
const MESSAGE_BYTES: Rate = { most: 16 * MAX_MESSAGE_BYTES, perSecond: 2 * MAX_MESSAGE_BYTES };
/**
 * Frames of audio, of any size. A voice that sends 20 ms in each has 80 times real time. One more costs up to 0.02 ms,
 * and as many as are taken at once hold up other work for 10 ms.
 */
const FRAMES: Rate = { most: 500, perSecond: 4_000 };
/** How long nothing is read once that is used up, in ms. */
const FRAMES_WAIT_MS = 20;
/** A plugin that is read slowly for three quarters of this time is reported, in ms. */
const SLOW_MS = 2_000;
const MAX_WAITS = (0.75 * SLOW_MS) / FRAMES_WAIT_MS;
/**
 * How many values a message may have: members of objects and items of arrays. To parse and check so many takes some ms. A
 * voice of 10,000 speakers says 30,000 values when it is loaded.
 */
export const MAX_MESSAGE_VALUES = 40_000;

/** @returns why a value is too much for a message, as the end of "because …"; undefined: it is not */
export function excessOfValue(value: unknown): string | undefined {
  return overLimits(value, MAX_MESSAGE_VALUES);
}

/**
 * @param slowed called once, with the reason, when the plugin has been read slowly for a while
 * @returns the limits for one process
 */
export function pluginLimits(clock: Clock, slowed: (reason: string) => void): ConnectionLimits {
  const messages = new Allowance(MESSAGES, clock);
  const bytes = new Allowance(MESSAGE_BYTES, clock);
  const frames = new Allowance(FRAMES, clock);
  let [waits, countedSince, isTold] = [0, 0, false];
  const countWait = () => {
    const now = clock.monotonic();
    if (now - countedSince >= SLOW_MS) [waits, countedSince] = [0, now];
    if (++waits < MAX_WAITS || isTold) return;
    isTold = true;
    slowed(`it sends more than ${FRAMES.perSecond} frames of audio in a second`);
  };
  return {
    maxMessageBytes: MAX_MESSAGE_BYTES,
    pace: {
      take: () => frames.spend(1),
      wait(callback) {
        countWait();
        clock.after(FRAMES_WAIT_MS, callback);
      },
    },
    excessOfText(text, size) {
      if (!messages.spend(1)) return `the limit is ${MESSAGES.perSecond} messages in a second`;
      if (!bytes.spend(size)) return `the limit is ${MESSAGE_BYTES.perSecond} bytes of messages in a second`;
      return textOverLimits(text, MAX_MESSAGE_VALUES);
    },
    excessOfValue,
  };
}
