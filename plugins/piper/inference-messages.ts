/** Messages between the plugin's thread and the inference thread. */

export type ToWorker =
  | { readonly type: "load"; readonly modelPath: string; readonly device: string; readonly threads: number }
  | {
      readonly type: "run";
      readonly run: number;
      readonly ids: BigInt64Array;
      readonly speaker: number;
      /** Noise scale, length scale, noise w: the model's `scales`. */
      readonly scales: readonly [number, number, number];
      /** One shared integer: not 0 once the run is cancelled. */
      readonly abandoned: Int32Array;
    }
  | { readonly type: "release" };

export type FromWorker =
  | { readonly type: "loaded" }
  /** Why the model is not a Piper voice. */
  | { readonly type: "unsupported"; readonly reason: string }
  | { readonly type: "failed"; readonly run?: number; readonly message: string }
  /** `samples` is empty for a cancelled run. */
  | { readonly type: "done"; readonly run: number; readonly samples: Float32Array }
  | { readonly type: "released" };
