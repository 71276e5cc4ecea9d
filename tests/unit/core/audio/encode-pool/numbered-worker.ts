/** A thread that answers every request for bytes with its own number, and leaves samples alone. */
import { threadId } from "node:worker_threads";
import type { FromEncoder, ToEncoder } from "../../../../../core/audio/encode-pool/encode-messages.ts";

declare const self: Worker;

const reply = (message: FromEncoder) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToEncoder>) => {
  const { type, stream } = data;
  if (type === "encode" || type === "finish")
    reply({ type: "bytes", stream, bytes: Uint8Array.of(threadId) });
};
reply({ type: "ready" });
