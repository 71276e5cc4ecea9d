/**
 * One plugin process: launch, sandbox, typed calls, probe, health, and the hand-over of its state.
 *
 * @module
 */

export { EgressProxy } from "./egress/mod.ts";
export { handOver, keepState, MAX_STATE_BYTES, type StateGiver, takeState } from "./hand-over.ts";
export { watchHealth } from "./health-watch.ts";
export { Instance, type PluginInstance, type Timeouts } from "./instance.ts";
export { type MemoryLimit, watchMemory } from "./memory-watch.ts";
export { probeVoice } from "./probe.ts";
export { endLeftovers } from "./process-tree.ts";
export { type SandboxSupport, sandboxSupport } from "./sandbox.ts";
export { type InstanceEnvironment, startInstance } from "./start-instance.ts";
