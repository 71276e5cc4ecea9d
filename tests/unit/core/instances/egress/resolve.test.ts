import { describe, expect, test } from "bun:test";
import { addressKind } from "../../../../../core/instances/egress/address.ts";
import { type Allowance, parseAllowance } from "../../../../../core/instances/egress/destination.ts";
import { resolveDestination } from "../../../../../core/instances/egress/resolve.ts";

const PUBLIC = "93.184.216.34";

function resolve(host: string, addresses: string[], ...granted: string[]) {
  const grant = granted.map((entry) => parseAllowance(entry) as Allowance);
  return resolveDestination({ host, port: 443 }, grant, async () => addresses);
}

describe("an address is", () => {
  test.each([
    ["127.0.0.1", "local"],
    ["127.9.9.9", "local"],
    ["0.0.0.0", "local"],
    ["169.254.169.254", "local"],
    ["224.0.0.1", "local"],
    ["::", "local"],
    ["::1", "local"],
    ["fe80::1", "local"],
    ["::ffff:127.0.0.1", "local"],
    ["::ffff:93.184.216.34", "local"],
    ["64:ff9b::7f00:1", "local"],
    ["2002:7f00:1::", "local"],
    ["10.1.2.3", "private"],
    ["172.31.0.1", "private"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["fd00::1", "private"],
    ["172.32.0.1", "public"],
    [PUBLIC, "public"],
    ["2606:2800:220:1::1", "public"],
  ] as const)("%s: %s", (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

describe("a name that was granted", () => {
  test("leads to its public addresses, and to none of this machine that it names as well", async () => {
    const resolution = await resolve("a.org", ["127.0.0.1", PUBLIC, "::1"], "a.org:443");
    expect(resolution).toEqual({ addresses: [PUBLIC] });
  });

  test("does not lead to this machine or its link, and the reason names what to grant", async () => {
    for (const address of ["127.0.0.1", "169.254.169.254", "::1"]) {
      const resolution = await resolve("a.org", [address], "a.org:443");
      expect(resolution).toMatchObject({ outcome: "refused", reason: expect.stringContaining(address) });
    }
  });

  test("leads there if the address was granted at that port as well", async () => {
    expect(await resolve("a.org", ["127.0.0.1"], "a.org:443", "127.0.0.1:443")).toEqual({
      addresses: ["127.0.0.1"],
    });
    expect(await resolve("a.org", ["127.0.0.1"], "a.org:443", "127.0.0.1:80")).toMatchObject({
      outcome: "refused",
    });
  });

  test("leads to a private network if it was granted by itself, and not by a wildcard", async () => {
    expect(await resolve("a.org", ["10.0.0.1"], "a.org:443")).toEqual({ addresses: ["10.0.0.1"] });
    expect(await resolve("b.a.org", ["10.0.0.1"], "*.a.org:443")).toMatchObject({ outcome: "refused" });
  });

  test("leads to this machine if it is localhost", async () => {
    expect(await resolve("localhost", ["::1", "127.0.0.1"], "localhost:443")).toEqual({
      addresses: ["::1", "127.0.0.1"],
    });
  });

  test("leads to this machine if it is below localhost and the grant has exactly that name, not a wildcard", async () => {
    expect(await resolve("a.localhost", ["127.0.0.1"], "a.localhost:443")).toEqual({
      addresses: ["127.0.0.1"],
    });
    expect(await resolve("a.localhost", ["127.0.0.1"], "*.localhost:443")).toMatchObject({
      outcome: "refused",
    });
  });

  test("is looked up once", async () => {
    let lookups = 0;
    const lookup = async () => (++lookups === 1 ? [PUBLIC] : ["127.0.0.1"]);
    const grant = [parseAllowance("a.org:443") as Allowance];
    expect(await resolveDestination({ host: "a.org", port: 443 }, grant, lookup)).toEqual({
      addresses: [PUBLIC],
    });
    expect(lookups).toBe(1);
  });
});

test("a name that was not granted is not even looked up", async () => {
  const lookup = () => Promise.reject(new Error("looked up"));
  expect(await resolveDestination({ host: "a.org", port: 443 }, [], lookup)).toEqual({
    outcome: "refused",
    reason: "a.org:443 was not granted",
  });
});

test("an address that was not granted is refused, whatever names are granted", async () => {
  expect(await resolve("127.0.0.1", [], "localhost:443", "*.org:443")).toMatchObject({ outcome: "refused" });
});

test("a name that cannot be looked up is told from one that is refused", async () => {
  const lookup = () => Promise.reject(new Error("ENOTFOUND"));
  const grant = [parseAllowance("a.org:443") as Allowance];
  expect(await resolveDestination({ host: "a.org", port: 443 }, grant, lookup)).toEqual({
    outcome: "unknown",
    reason: "a.org cannot be looked up: ENOTFOUND",
  });
});
