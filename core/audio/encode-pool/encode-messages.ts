/** Messages between the engine's thread and a thread that encodes. Buffers are transferred, not copied. */
import type { ErrorCode } from "../../errors.ts";
import type { AudioFormat } from "../encode/mod.ts";

/** Each message is for one stream. `open` comes first, `release` last. */
export type ToEncoder = { readonly stream: number } & (
  | {
      readonly type: "open";
      readonly format: AudioFormat;
      /** Of the samples, Hz. */
      readonly voiceRate: number;
      /** Of the encoded audio, Hz. */
      readonly sampleRate: number;
    }
  | { readonly type: "encode"; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: "finish" }
  | { readonly type: "release" }
);

/** The answer to `encode` and to `finish`. */
export type Encoded = { readonly stream: number } & (
  | { readonly type: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: "failed"; readonly code: ErrorCode; readonly message: string }
);

/** `ready` comes once: the thread has loaded what it needs. */
export type FromEncoder = { readonly type: "ready" } | Encoded;
