/**
 * `syrinx start` and `dev`: they run an engine in this process until a signal.
 *
 * @module
 */
export { devCommand } from "./dev.ts";
export { startCommand } from "./start.ts";
