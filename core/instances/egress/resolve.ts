/**
 * Finds the addresses that a plugin may be connected to. A name is resolved once, here, and the proxy connects to the
 * address that was checked. So a name that changes its address in between leads nowhere else.
 *
 * @module
 */
import { isIP } from "node:net";
import { addressKind } from "./address.ts";
import { type Allowance, allowancesFor, type Destination, destinationText } from "./destination.ts";

/** @returns the addresses of a name, the preferred one first; rejects if there are none */
export type Lookup = (host: string) => Promise<readonly string[]>;

export type Resolution =
  | { readonly addresses: readonly string[] }
  /** `refused`: not granted. `unknown`: the name could not be resolved. */
  | { readonly addresses?: undefined; readonly outcome: "refused" | "unknown"; readonly reason: string };

/**
 * A granted name leads to any public address. It leads to a private network only if the grant has exactly that name, and no
 * wildcard for it. It leads to this machine or its link only if it is `localhost`, or if the address was granted as well.
 * So the owner of a domain cannot point its name at the engine's own API.
 */
export async function resolveDestination(
  destination: Destination,
  grant: readonly Allowance[],
  lookup: Lookup,
): Promise<Resolution> {
  const { host, port } = destination;
  const allowances = allowancesFor(destination, grant);
  if (allowances.length === 0)
    return { outcome: "refused", reason: `${destinationText(destination)} was not granted` };
  if (isIP(host)) return { addresses: [host] };
  const isExact = allowances.some(({ wildcard }) => !wildcard);
  let found: readonly string[];
  try {
    found = await lookup(host);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { outcome: "unknown", reason: `${host} cannot be looked up: ${why}` };
  }
  const addresses = found.filter((address) => {
    const kind = addressKind(address);
    if (kind === "public" || (kind === "private" && isExact)) return true;
    if (host === "localhost" || host.endsWith(".localhost")) return isExact;
    return allowancesFor({ host: address, port }, grant).length > 0;
  });
  if (addresses.length > 0) return { addresses };
  const [address = "none"] = found;
  return {
    outcome: "refused",
    reason:
      `${host} has the address ${address}, which is on this machine or in a private network: ` +
      `that needs ${destinationText({ host: address, port })} to be granted as well`,
  };
}
