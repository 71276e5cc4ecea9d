/**
 * The Hono app: access, limits, errors and the routes. It has no socket, so tests call `app.request()`.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import { overLimits, textOverLimits } from "../json-limits.ts";
import type { Logger } from "../log.ts";
import { type Validator, validator } from "../schema.ts";
import { type AccessRules, checkAccess, isAllowedOrigin, mayCall } from "./access.ts";
import type { ActivityTracker } from "./activity-tracker.ts";
import { openApiDocument } from "./openapi.ts";
import type { LenientBody, Operation } from "./operation.ts";
import { openAiErrorOf, problemOf, STATUS } from "./problem.ts";

/** Largest request body, in bytes: 1 MiB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Most names in X-Syrinx-Ignored, and most UTF-16 units of each, as many clients limit a header to 8 KiB. */
const MAX_IGNORED = 20;
const MAX_IGNORED_LENGTH = 40;

export interface AppOptions {
  operations: readonly Operation[];
  /** Called for every request, because the config may change. */
  access(): AccessRules;
  /** Counts the work of the routes. */
  activity: ActivityTracker;
  version: string;
  log: Logger;
}

export function createApp({ operations, access, activity, version, log }: AppOptions): Hono {
  const app = new Hono();
  const all = [...operations, openApiOperation(operations, version)];

  app.use(async (context, next) => {
    context.header("X-Request-Id", Bun.randomUUIDv7());
    await next();
  });
  app.use(
    cors({
      origin: (origin) => (isAllowedOrigin(access(), origin) ? origin : null),
      allowMethods: ["GET", "POST", "PATCH", "PUT", "DELETE"],
      exposeHeaders: [
        "X-Request-Id",
        "X-Syrinx-Voice",
        "X-Syrinx-Release",
        "X-Syrinx-Generation",
        "X-Syrinx-Ignored",
        "Retry-After",
        "Location",
        "ETag",
      ],
      maxAge: 600,
    }),
  );
  const tooLarge = () => {
    throw new SyrinxError("body-too-large", `The body is over ${MAX_BODY_BYTES} bytes`);
  };
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));

  for (const operation of all) {
    const isBody = operation.body === undefined ? undefined : validator<unknown>(operation.body);
    app.on(operation.method, operation.path.replace(/\{(\w+)\}/g, ":$1"), async (context) => {
      const shown = {
        host: context.req.header("host"),
        origin: context.req.header("origin"),
        authorization: context.req.header("authorization"),
      };
      const caller = checkAccess(access(), operation.scope, shown);
      const mayStill = () => mayCall(access(), operation.scope, shown);
      const body = isBody && (await readBody(context, isBody, operation));
      return activity.during(() => operation.handle(context, body, caller, mayStill));
    });
  }

  app.notFound((context) =>
    failure(context, new SyrinxError("not-found", `There is no ${context.req.method} ${context.req.path}`)),
  );
  app.onError((cause, context) => {
    const error = asSyrinxError(cause);
    if (error.code === "internal") log.error({ err: cause, path: context.req.path }, error.message);
    return failure(context, error);
  });
  return app;
}

async function readBody(
  context: Context,
  is: Validator<unknown>,
  { bodyOptional = false, lenient }: Operation,
): Promise<unknown> {
  const text = await context.req.text();
  const tooMuch = textOverLimits(text);
  if (tooMuch) throw new SyrinxError("body-invalid", `The body cannot be read as ${tooMuch}`);
  let body: unknown;
  try {
    body = bodyOptional && text.trim() === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw new SyrinxError("body-invalid", `The body is not JSON: ${(cause as Error).message}`, { cause });
  }
  const excess = overLimits(body);
  if (excess) throw new SyrinxError("body-invalid", `The body cannot be read as ${excess}`);
  if (lenient) body = understood(context, lenient(body));
  if (is(body)) return body;
  const violations = is.violations();
  const list = violations.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; ");
  throw new SyrinxError("body-invalid", `The body is not valid: ${list}`, { violations });
}

/** @returns the body, after the response was given the names of the fields that were left out */
function understood(context: Context, { body, ignored }: LenientBody): unknown {
  if (ignored.length > 0) context.header("X-Syrinx-Ignored", ignoredText(ignored));
  return body;
}

/** @returns the names with commas between. Characters that a header or a list cannot hold are percent-encoded */
function ignoredText(names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_IGNORED)
    .map((name) => encodeURIComponent(name.slice(0, MAX_IGNORED_LENGTH).toWellFormed()));
  return names.length > MAX_IGNORED ? `${shown.join(", ")}, ...` : shown.join(", ");
}

function failure(context: Context, error: SyrinxError): Response {
  const status = STATUS[error.code];
  if (error.retryAfter !== undefined) context.header("Retry-After", String(error.retryAfter));
  if (context.req.path.startsWith("/v1/")) return context.json(openAiErrorOf(error), status);
  return context.json(problemOf(error), status, { "Content-Type": "application/problem+json" });
}

function openApiOperation(operations: readonly Operation[], version: string): Operation {
  const own: Operation = {
    method: "get",
    path: "/openapi.json",
    tag: "service",
    scope: "read",
    summary: "This document.",
    responses: { 200: { description: "OpenAPI 3.1.", media: ["application/json"] } },
    handle: (context) => context.json(openApiDocument([...operations, own], version)),
  };
  return own;
}
