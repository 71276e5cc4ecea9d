import { join } from "node:path";
import { ROOT } from "./engine-process.ts";

/**
 * A voice that keeps no rule but those that it is written to keep: it talks the protocol by itself, without the SDK.
 *
 * @param speak statements that answer a call to speak; they see `text`, `say(message)` and `sound(samples)` for this call,
 *   `sayOn(call, message)` for any, and `write(bytes)`
 * @returns its main.ts
 */
export function rawVoice(speak: string): string {
  return `import { encodeFrame, FRAME, FrameDecoder } from "${join(ROOT, "core/protocol/frame.ts")}";
import { connectTransport } from "${join(ROOT, "core/protocol/transport.ts")}";
const decoder = new FrameDecoder();
const transport = await connectTransport(3, {
  bytes(chunk) {
    decoder.push(chunk);
    for (let frame = decoder.next(); frame; frame = decoder.next()) {
      const message = JSON.parse(new TextDecoder().decode(frame.payload));
      if (message.type === "call") answer(frame.call, message.method, message.params);
    }
  },
  closed: () => process.exit(0),
});
const write = (bytes) => transport.write(bytes);
const sayOn = (call, message) => write(encodeFrame(FRAME.message, call, new TextEncoder().encode(JSON.stringify(message))));
function answer(call, method, { text }) {
  const say = (message) => sayOn(call, message);
  const sound = (samples) => {
    const tone = Float32Array.from({ length: samples }, (_, i) => 0.2 * Math.sin(i / 5));
    write(encodeFrame(FRAME.audio, call, new Uint8Array(tone.buffer)));
  };
  say({ type: "ack" });
  const speakers = [{ id: "raw", language: "en" }];
  if (method === "load") say({ type: "result", value: { sampleRate: 16000, speakers, device: "cpu", concurrency: 1 } });
  else if (method !== "speak") say({ type: "result" });
  else {
    ${speak}
  }
}
sayOn(0, { type: "hello", protocol: 1, api: "1.0.0", sdk: "none" });
await new Promise(() => {});
`;
}
