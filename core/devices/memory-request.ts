/** What is asked of the devices: room for one instance. */
export interface MemoryRequest {
  /** Of the instance, e.g. `voices.slt#3`. */
  readonly key: string;
  readonly slot: string;
  /** e.g. `piper@1.0.0` */
  readonly plugin: string;
  readonly model?: string;
  /** As the binding has it: auto, cpu, cuda or cuda:N. */
  readonly device: string;
  /** Whether `auto` may be a GPU: the plugin can use one and is allowed to. */
  readonly mayUseGpu: boolean;
  /** What model.json says of a loaded instance. */
  readonly declaredBytes?: number;
  /** 0: no model. */
  readonly weightsBytes: number;
  /** Keys of those that end in any case, once this one serves or before: the old instance of the slot. */
  readonly givesBack: readonly string[];
  /** Those that may be unloaded for it, e.g. idle voices. */
  readonly evictable: readonly { key: string; lastUsedAt: number }[];
  /** Whether it must fit beside what it replaces, as blue-green and canary have it. */
  readonly beside: boolean;
}
