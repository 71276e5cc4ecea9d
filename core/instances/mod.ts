/**
 * One plugin process: launch, sandbox, typed calls, probe, health, and the hand-over of its state.
 *
 * @module
 */
export { sandboxSupport, type SandboxSupport } from "./sandbox.ts";
export { MAX_STATE_BYTES, handOver, keepState, takeState, type StateGiver } from "./hand-over.ts";
export { Instance, type PluginInstance, type Timeouts } from "./instance.ts";
export { type InstanceEnvironment, startInstance } from "./start-instance.ts";
export { probeVoice } from "./probe.ts";
export { EgressProxy } from "./egress/mod.ts";
export { watchHealth } from "./health-watch.ts";
export { type MemoryLimit, watchMemory } from "./memory-watch.ts";
