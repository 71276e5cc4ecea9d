/**
 * The way of plugins to the network: a proxy that lets each reach only what the `host:port` list of its grant allows.
 *
 * @module
 */
export { type Allowance, parseAllowance } from "./destination.ts";
export { type EgressOptions, EgressProxy, type Pass } from "./proxy.ts";
