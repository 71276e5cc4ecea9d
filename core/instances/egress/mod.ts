/**
 * The way of plugins to the network: a proxy that holds each to the `host:port` list of its grant.
 *
 * @module
 */
export { type Allowance, parseAllowance } from "./destination.ts";
export { EgressProxy, type EgressOptions, type Pass } from "./proxy.ts";
