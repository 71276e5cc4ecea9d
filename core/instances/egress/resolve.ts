/**
 * From what a plugin asks for to the addresses that it may be connected to. A name is resolved once, here, and the proxy
 * connects to what was checked: a name that changes its address meanwhile leads nowhere else.
 *
 * @module
 */
import { isIP } from "node:net";
import { addressKind } from "./address.ts";
import { type Allowance, allowancesFor, type Destination, destinationText } from "./destination.ts";

/** Looks a name up. @returns its addresses, the preferred one first; rejects if it has none */
export type Lookup = (host: string) => Promise<readonly string[]>;

export type Resolution =
  | { readonly addresses: readonly string[] }
  /** `refused`: it was not granted. `unknown`: it could not be looked up. */
  | { readonly addresses?: undefined; readonly outcome: "refused" | "unknown"; readonly reason: string };

/**
 * A name that was granted leads to any public address; to one of a private network only if that very name was granted,
 * not by a wildcard; and to this machine or its link only if it is `localhost`, or if the address itself was granted as
 * well. So no owner of a domain can point its name at the engine's own API.
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
