/**
 * Who may call. Pure.
 *
 * On a loopback address no token is needed, but the Host header must be a loopback name (else a web page could reach
 * the engine by DNS rebinding) and the Origin, if there is one, a loopback origin or an allowed one (else any page
 * could, through its visitor's browser). A caller that sends a known token has only its scopes. On any other address every
 * call needs a token.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import type { ServerConfig } from "../../schemas/generated/config.ts";
import { SyrinxError } from "../errors.ts";

export type Scope = "speak" | "read" | "admin";
/** What a route asks of its caller. `public`: nothing. `voices`: `read`, unless server.publicVoices. */
export type RouteScope = Scope | "voices" | "public";

export type AccessRules = Required<Pick<ServerConfig, "tokens" | "allowedOrigins" | "publicVoices">> & {
  /** Whether the engine listens on a loopback address. */
  loopback: boolean;
};

export interface Caller {
  host: string | undefined;
  origin: string | undefined;
  authorization: string | undefined;
}

/** Who has called. */
export interface KnownCaller {
  /** Of the token; `loopback` without one that is known, or `anonymous` where a route is public. */
  readonly name: string;
  /** All that they may do here. */
  readonly scopes: readonly Scope[];
}

const SCOPES: readonly Scope[] = ["speak", "read", "admin"];
/** The name of who calls from this machine and shows no token that is known. */
const LOOPBACK = "loopback";

/** @throws SyrinxError forbidden or unauthorized, which say what to do */
export function checkAccess(rules: AccessRules, scope: RouteScope, caller: Caller): KnownCaller {
  checkOrigin(rules, caller.origin);
  const known = shown(rules, caller);
  if (rules.loopback) {
    checkHost(caller.host ?? "");
    // Clients of OpenAI's send whatever they were given as a key, so one that is not known is as good as none.
    if (!known) return { name: LOOPBACK, scopes: SCOPES };
  }
  if (scope === "public" || (scope === "voices" && rules.publicVoices))
    return known ?? { name: "anonymous", scopes: [] };
  return checkToken(known, scope === "voices" ? "read" : scope, caller);
}

/** Whether {@linkcode checkAccess} lets a caller in. */
export function mayCall(rules: AccessRules, scope: RouteScope, caller: Caller): boolean {
  try {
    checkAccess(rules, scope, caller);
    return true;
  } catch {
    return false;
  }
}

/** Whether a page of this origin may call, and may read the answers. */
export function isAllowedOrigin(
  { allowedOrigins }: Pick<AccessRules, "allowedOrigins">,
  origin: string,
): boolean {
  if (allowedOrigins.includes(origin)) return true;
  try {
    return isLoopbackHost(new URL(origin).hostname);
  } catch {
    return false;
  }
}

/** Whether an address or a host name is of this machine alone. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

function checkOrigin(rules: AccessRules, origin: string | undefined): void {
  if (origin === undefined || isAllowedOrigin(rules, origin)) return;
  throw new SyrinxError("forbidden", `The origin ${origin} may not call: add it to server.allowedOrigins`);
}

function checkHost(host: string): void {
  if (isLoopbackHost(hostname(host))) return;
  throw new SyrinxError(
    "forbidden",
    `The Host header "${host}" is not a loopback name: call 127.0.0.1 or localhost`,
  );
}

/** @param known who the token is that the caller shows */
function checkToken(known: KnownCaller | undefined, scope: Scope, caller: Caller): KnownCaller {
  if (!tokenOf(caller))
    throw new SyrinxError("unauthorized", "A token is needed: send it as Authorization: Bearer <token>");
  if (!known)
    throw new SyrinxError(
      "unauthorized",
      "The token is not known: its SHA-256 is in no entry of server.tokens",
    );
  if (known.scopes.includes(scope)) return known;
  throw new SyrinxError(
    "forbidden",
    `The token has the scopes ${known.scopes.join(", ")}, and this needs ${scope}`,
  );
}

/** @returns who the token is that a caller shows, with the scopes of all its entries; `admin` is all there are */
function shown({ tokens }: AccessRules, caller: Caller): KnownCaller | undefined {
  const token = tokenOf(caller);
  if (token === undefined) return undefined;
  const hash = new Bun.CryptoHasher("sha256").update(token).digest();
  // Every token is compared, each in constant time, so that the time taken tells nothing.
  const matching = tokens.filter(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, "hex"), hash));
  const [first] = matching;
  const given = matching.flatMap(({ scopes }) => scopes);
  const scopes = given.includes("admin") ? SCOPES : SCOPES.filter((scope) => given.includes(scope));
  return first && { name: first.name, scopes };
}

function tokenOf({ authorization }: Caller): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
}

function hostname(host: string): string {
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : host.replace(/:\d+$/, "");
}
