/**
 * What kind of network an IP address belongs to.
 *
 * @module
 */
import { BlockList, isIPv4 } from "node:net";

/**
 * `local`: this machine, its link (cloud metadata services are there), or an address of no single host.
 * `private`: a network that cannot be reached from the internet.
 */
export type AddressKind = "local" | "private" | "public";

// From IANA's registries of special-purpose addresses (RFC 6890), for IPv4 and IPv6.
const LOCAL = listOf([
  ["0.0.0.0", 8, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 127, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
]);
const PRIVATE = listOf([
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["fc00::", 7, "ipv6"],
  ["fec0::", 10, "ipv6"],
]);

/**
 * IPv6 addresses that stand for an IPv4 address: mapped, compatible, NAT64, 6to4, Teredo. No plugin needs them, and the
 * proxy cannot see which host they reach.
 */
const TRANSLATED = listOf([
  ["::", 96, "ipv6"],
  ["::ffff:0:0", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["2001::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
]);

/** @param address IPv4 or IPv6, without brackets */
export function addressKind(address: string): AddressKind {
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  if (LOCAL.check(address, family)) return "local";
  if (family === "ipv6" && TRANSLATED.check(address, family)) return "local";
  return PRIVATE.check(address, family) ? "private" : "public";
}

function listOf(subnets: readonly [address: string, prefix: number, family: "ipv4" | "ipv6"][]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) list.addSubnet(...subnet);
  return list;
}
