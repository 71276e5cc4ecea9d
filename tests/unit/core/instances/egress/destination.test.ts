import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  allowancesFor,
  destinationText,
  parseAllowance,
  parseDestination,
} from "../../../../../core/instances/egress/destination.ts";

const allows = (entry: string, asked: string): boolean => {
  const allowance = parseAllowance(entry);
  const destination = parseDestination(asked, 443);
  return !!allowance && !!destination && allowancesFor(destination, [allowance]).length > 0;
};

describe("a grant", () => {
  test.each([
    ["example.com:8443", "example.com:8443"],
    ["example.com:8443", "EXAMPLE.com.:8443"],
    ["Example.COM", "example.com:443"],
    ["example.com", "example.com:80"],
    ["*.example.com:443", "a.example.com"],
    ["*.example.com:443", "a.b.example.com"],
    ["127.0.0.1:9000", "127.0.0.1:9000"],
    ["127.0.0.1:9000", "2130706433:9000"],
    ["127.0.0.1:9000", "0x7f.1:9000"],
    ["[::1]:9000", "[0:0:0:0:0:0:0:1]:9000"],
    ["https://example.com/config.yaml?x=1", "example.com:443"],
    ["http://example.com/", "example.com:80"],
    ["http://user:pass@example.com:8080/", "example.com:8080"],
  ])("of %s allows %s", (entry, asked) => {
    expect(allows(entry, asked)).toBe(true);
  });

  test.each([
    ["example.com:8443", "example.com:443"],
    ["example.com", "example.com:8080"],
    ["example.com", "a.example.com:443"],
    ["example.com", "example.com.evil.org:443"],
    ["*.example.com", "example.com:443"],
    ["*.example.com", "evilexample.com:443"],
    ["*.0.0.1", "127.0.0.1:443"],
    ["http://example.com/", "example.com:443"],
    ["example.com", "example.com@evil.org:443"],
    ["example.com", "example.com:0"],
    ["example.com", "example.com:99999"],
    ["example.com", "example.com/x:443"],
  ])("of %s does not allow %s", (entry, asked) => {
    expect(allows(entry, asked)).toBe(false);
  });

  test("of any host and port allows just these", () => {
    const host = fc.stringMatching(/^[a-z]{1,8}\.(org|com)$/);
    const port = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(host, port, host, port, (granted, at, asked, on) => {
        const same = granted === asked && at === on;
        expect(allows(`${granted}:${at}`, `${asked}:${on}`)).toBe(same);
        expect(allows(`*.${granted}:${at}`, `${asked}:${on}`)).toBe(false);
        expect(allows(`*.${granted}:${at}`, `x.${asked}:${on}`)).toBe(same);
      }),
    );
  });

  test("is told as it is written, an IPv6 address in brackets", () => {
    expect(destinationText({ host: "::1", port: 80 })).toBe("[::1]:80");
    expect(destinationText({ host: "a.org", port: 80 })).toBe("a.org:80");
  });
});
