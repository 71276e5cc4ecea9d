/**
 * A process that has texts spoken by one of the servers that are compared.
 *
 * @module
 */
import { texts } from "../texts.ts";
import { serveTasks } from "./child.ts";
import { openClient, type Target } from "./speech-clients.ts";

export interface Turn {
  target: Target;
  clients: number;
  /** How many texts are spoken, from the first that the seed gives. */
  count: number;
  seed: number;
}

export interface TurnResult {
  /** Length of all sound, in seconds. */
  audioSeconds: number;
  /** From the first request to the end of the last answer, in seconds. */
  seconds: number;
  /** For each text, ms from its request to its first byte of sound. */
  firstByteMs: number[];
}

const tasks = {
  /** Speaks a number of texts, so many at once; each client asks for the next as soon as it has heard one. */
  async speak({ target, clients, count, seed }: Turn): Promise<TurnResult> {
    const waiting = texts(seed).take(count);
    const firstByteMs: number[] = [];
    let audioSeconds = 0;
    const client = async () => {
      const speech = await openClient(target);
      for (const text of waiting) {
        const spoken = await speech.speak(text);
        audioSeconds += spoken.seconds;
        firstByteMs.push(spoken.firstByteMs);
      }
      speech.close();
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: clients }, client));
    return { audioSeconds, seconds: (performance.now() - began) / 1000, firstByteMs };
  },
};

export type SpeechLoad = typeof tasks;
serveTasks(tasks);
