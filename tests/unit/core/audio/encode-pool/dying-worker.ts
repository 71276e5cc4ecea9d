/** The thread that encodes, but it ends at the third request for bytes of a stream. */
import "../../../../../core/audio/encode-pool/encode-worker.ts";
import type { ToEncoder } from "../../../../../core/audio/encode-pool/encode-messages.ts";

declare const self: Worker;

let requests = 0;
self.addEventListener("message", ({ data }: MessageEvent<ToEncoder>) => {
  if (data.type === "encode" && ++requests === 3) process.exit(1);
});
