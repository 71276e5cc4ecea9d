/**
 * A voice that does all that it should, until the moment at which the behaviour that its version names begins.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Behaviour } from "./behaviour.ts";
import { BEHAVIOURS } from "./behaviours.ts";
import { hello, loaded, receive, say, sound } from "./wire.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dir, "plugin.json"), "utf8")) as {
  version: string;
};
const behaviour: Partial<Behaviour> = BEHAVIOURS[version.slice(version.indexOf("-") + 1)] ?? {};

/** Calls to speak so far. The first one is the probe. */
let spoken = 0;

function answer(call: number, method: string): void {
  say(call, { type: "ack" });
  if (method === "speak" && ++spoken > 1 && behaviour.speak) return behaviour.speak(call);
  if (method === "speak" && spoken === 1 && behaviour.probe) return behaviour.probe(call);
  if (method === "load" && behaviour.load) return behaviour.load(call);
  if (method === "health" && behaviour.health) return behaviour.health(call);
  if (method === "snapshot" && behaviour.snapshot) return behaviour.snapshot(call);
  if (method === "restore" && behaviour.restore) return behaviour.restore(call);
  if (method === "load") return loaded(call);
  if (method === "speak") sound(call, 8_000);
  say(call, { type: "result", ...(method === "snapshot" && { value: { spoken } }) });
}

(behaviour.start ?? hello)();
for (;;) {
  const { call, message } = receive();
  if (message.type === "call") answer(call, message.method ?? "");
  else if (message.type === "cancel") behaviour.cancel?.(call);
}
