import { describe, expect, test } from "bun:test";
import {
  type AccessRules,
  type Caller,
  checkAccess,
  isLoopbackHost,
  type RouteScope,
} from "../../../../core/api/access.ts";
import { asSyrinxError } from "../../../../core/errors.ts";

const sha256 = (token: string) => new Bun.CryptoHasher("sha256").update(token).digest("hex");
const LOOPBACK: AccessRules = { tokens: [], allowedOrigins: [], publicVoices: false, loopback: true };
const REMOTE: AccessRules = {
  loopback: false,
  publicVoices: false,
  allowedOrigins: ["https://app.example"],
  tokens: [
    { name: "speaker", sha256: sha256("speak-token"), scopes: ["speak"] },
    { name: "reader", sha256: sha256("read-token"), scopes: ["read"] },
    { name: "boss", sha256: sha256("admin-token"), scopes: ["admin"] },
    { name: "both", sha256: sha256("both-token"), scopes: ["speak", "read"] },
  ],
};

/** @returns the code of the refusal, or `ok` */
function outcome(rules: AccessRules, scope: RouteScope, caller: Partial<Caller>): string {
  try {
    checkAccess(rules, scope, { host: undefined, origin: undefined, authorization: undefined, ...caller });
    return "ok";
  } catch (error) {
    return asSyrinxError(error).code;
  }
}

describe("on a loopback address", () => {
  test.each([
    ["127.0.0.1:7851", "ok"],
    ["127.0.0.1", "ok"],
    ["127.1.2.3:80", "ok"],
    ["localhost:7851", "ok"],
    ["LocalHost", "ok"],
    ["syrinx.localhost:7851", "ok"],
    ["[::1]:7851", "ok"],
    ["[::1]", "ok"],
    ["evil.example:7851", "forbidden"],
    ["127.0.0.1.evil.example", "forbidden"],
    ["localhost.evil.example:7851", "forbidden"],
    ["evil-localhost", "forbidden"],
    ["192.168.1.5:7851", "forbidden"],
    ["10.127.0.1", "forbidden"],
    ["x127.0.0.1:7851", "forbidden"],
    ["1127.0.0.1", "forbidden"],
    ["evil.example.127.0.0.1", "forbidden"],
    ["0.0.0.0:7851", "forbidden"],
    ["[::]:7851", "forbidden"],
    ["[::ffff:10.0.0.1]:7851", "forbidden"],
    ["[::1", "forbidden"],
    ["", "forbidden"],
    [undefined, "forbidden"],
  ])(
    "the Host header %p is %s, token or not, so that no page reaches it by DNS rebinding",
    (host, expected) => {
      for (const scope of ["public", "voices", "speak", "read", "admin"] as const) {
        expect(outcome(LOOPBACK, scope, { host })).toBe(expected);
        expect(
          outcome({ ...REMOTE, loopback: true }, scope, { host, authorization: "Bearer admin-token" }),
        ).toBe(expected);
      }
    },
  );

  test.each([
    [undefined, "ok"],
    ["http://127.0.0.1:8000", "ok"],
    ["http://localhost:3000", "ok"],
    ["https://localhost", "ok"],
    ["http://[::1]:8080", "ok"],
    ["https://app.example", "ok"],
    ["https://app.example.evil.example", "forbidden"],
    ["http://app.example", "forbidden"],
    ["https://app.example:8443", "forbidden"],
    ["https://evil.example", "forbidden"],
    ["http://localhost.evil.example", "forbidden"],
    ["http://127.0.0.1@evil.example", "forbidden"],
    ["null", "forbidden"],
    ["file://", "forbidden"],
    ["", "forbidden"],
  ])("the Origin %p is %s", (origin, expected) => {
    const rules = { ...LOOPBACK, allowedOrigins: ["https://app.example"] };
    expect(outcome(rules, "admin", { host: "localhost", origin })).toBe(expected);
  });
});

describe("on any other address", () => {
  const table: [RouteScope, string | undefined, string][] = [
    ["public", undefined, "ok"],
    ["voices", undefined, "unauthorized"],
    ["read", undefined, "unauthorized"],
    ["read", "read-token", "unauthorized"],
    ["read", "Basic cmVhZC10b2tlbg==", "unauthorized"],
    ["read", "Bearer ", "unauthorized"],
    ["read", "Bearer wrong", "unauthorized"],
    ["read", "Bearer read-toke", "unauthorized"],
    ["read", "Bearer read-token", "ok"],
    ["read", "bearer read-token", "ok"],
    ["voices", "Bearer read-token", "ok"],
    ["speak", "Bearer read-token", "forbidden"],
    ["admin", "Bearer read-token", "forbidden"],
    ["speak", "Bearer speak-token", "ok"],
    ["read", "Bearer speak-token", "forbidden"],
    ["voices", "Bearer speak-token", "forbidden"],
    ["admin", "Bearer both-token", "forbidden"],
    ["speak", "Bearer both-token", "ok"],
    ["read", "Bearer both-token", "ok"],
    ["speak", "Bearer admin-token", "ok"],
    ["read", "Bearer admin-token", "ok"],
    ["voices", "Bearer admin-token", "ok"],
    ["admin", "Bearer admin-token", "ok"],
  ];
  test.each(table)("%s with %p is %s", (scope, authorization, expected) => {
    expect(outcome(REMOTE, scope, { host: "tts.example", authorization })).toBe(expected);
  });

  test("the lists of voices may be made public, and nothing else is by that", () => {
    const rules = { ...REMOTE, publicVoices: true };
    expect(outcome(rules, "voices", {})).toBe("ok");
    expect(outcome(rules, "read", {})).toBe("unauthorized");
  });

  test("a page of an origin that is not allowed may not call, even with a token", () => {
    const authorization = "Bearer admin-token";
    expect(outcome(REMOTE, "read", { origin: "https://evil.example", authorization })).toBe("forbidden");
    expect(outcome(REMOTE, "read", { origin: "https://app.example", authorization })).toBe("ok");
    expect(outcome(REMOTE, "public", { origin: "https://evil.example" })).toBe("forbidden");
  });

  test("a refusal says what to do", () => {
    const refusal = (scope: RouteScope, authorization?: string) => () =>
      checkAccess(REMOTE, scope, { host: undefined, origin: undefined, authorization });
    expect(refusal("read")).toThrow("send it as Authorization: Bearer <token>");
    expect(refusal("admin", "Bearer both-token")).toThrow(
      "The token has the scopes speak, read, and this needs admin",
    );
  });
});

test("an address to bind is a loopback one by the same rule", () => {
  for (const host of ["127.0.0.1", "localhost", "::1", "[::1]"]) expect(isLoopbackHost(host)).toBe(true);
  for (const host of ["0.0.0.0", "::", "192.168.1.1", "", "example.com"])
    expect(isLoopbackHost(host)).toBe(false);
});

describe("who has called", () => {
  const ALL = ["speak", "read", "admin"];
  const here = { ...REMOTE, loopback: true };
  const callers: [
    where: string,
    rules: AccessRules,
    scope: RouteScope,
    token: string | undefined,
    name: string,
    scopes: string[],
  ][] = [
    ["on loopback without a token", LOOPBACK, "admin", undefined, "loopback", ALL],
    ["on loopback with a token that is known", here, "read", "read-token", "reader", ["read"]],
    ["on loopback as admin", here, "admin", "admin-token", "boss", ALL],
    ["on loopback with one that is not", here, "admin", "guess", "loopback", ALL],
    ["elsewhere", REMOTE, "read", "read-token", "reader", ["read"]],
    ["elsewhere with several scopes", REMOTE, "read", "both-token", "both", ["speak", "read"]],
    ["elsewhere as admin", REMOTE, "admin", "admin-token", "boss", ALL],
    ["where nobody need say so", REMOTE, "public", undefined, "anonymous", []],
    ["where nobody need say so, and does", REMOTE, "public", "speak-token", "speaker", ["speak"]],
  ];
  test.each(callers)("%s has a name, and may do what is said", (_, rules, scope, token, name, scopes) => {
    const authorization = token && `Bearer ${token}`;
    const caller = checkAccess(rules, scope, { host: "127.0.0.1", origin: undefined, authorization });
    expect(caller).toEqual({ name, scopes } as typeof caller);
    for (const one of ALL as RouteScope[])
      expect(outcome(rules, one, { host: "127.0.0.1", authorization }) === "ok").toBe(scopes.includes(one));
  });
});
