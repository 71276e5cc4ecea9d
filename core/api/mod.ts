/**
 * The HTTP API. Its parts are also used by the doors.
 *
 * @module
 */
export { type AccessRules, isLoopbackHost } from "./access.ts";
export { ActivityTracker } from "./activity-tracker.ts";
export { createApp } from "./app.ts";
export { type AppFactory, Listener, type Move } from "./listener.ts";
export type { LenientBody, Operation } from "./operation.ts";
export { openAiErrorOf } from "./problem.ts";
export { configRoutes } from "./routes/config.ts";
export { configVersionRoutes } from "./routes/config-versions.ts";
export { eventRoutes } from "./routes/events.ts";
export { grantRoutes } from "./routes/grants.ts";
export { type MemorySources, memoryRoutes, type RunningInstance } from "./routes/memory.ts";
export { releaseRoutes } from "./routes/releases.ts";
export { slotActionRoutes } from "./routes/slot-actions.ts";
export { slotRoutes } from "./routes/slots.ts";
export { snapshotRoutes } from "./routes/snapshots.ts";
export { statusRoutes } from "./routes/status.ts";
export { swapRoutes } from "./routes/swaps.ts";
