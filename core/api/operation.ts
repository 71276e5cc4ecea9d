/**
 * A route as one value: its parameters, its responses, its scope and its handler. The Hono app and the OpenAPI document
 * are both built from the list of these values.
 *
 * @module
 */
import type { Context } from "hono";
import type { KnownCaller, RouteScope } from "./access.ts";

export interface Operation {
  method: "get" | "post" | "patch" | "delete";
  /** OpenAPI's form: `/control/slots/{slot}`. */
  path: string;
  tag: "speech" | "control" | "service";
  scope: RouteScope;
  summary: string;
  /** `$ref` into schemas/, e.g. `syrinx:api#/$defs/SwapRequest`. The app validates the body with it. */
  body?: string;
  /** Called with the JSON of the body before that is validated. Absent: the body is validated as it came. */
  lenient?(body: unknown): LenientBody;
  /** An empty body counts as `{}`. */
  bodyOptional?: boolean;
  query?: readonly Parameter[];
  headers?: readonly Parameter[];
  responses: Readonly<Record<number, ResponseShape>>;
  /** @param mayCall whether the caller is still allowed, for responses that outlast a change of the access rules */
  handle(
    context: Context,
    body: unknown,
    caller: KnownCaller,
    mayCall: () => boolean,
  ): Response | Promise<Response>;
}

/** A body as its route understands it. */
export interface LenientBody {
  readonly body: unknown;
  /** Names of fields that the route does not know, and left out. They go into the header X-Syrinx-Ignored. */
  readonly ignored: readonly string[];
}

export interface Parameter {
  name: string;
  description: string;
  schema: object;
}

export interface ResponseShape {
  description: string;
  /** `$ref` into schemas/, or several if the response is one of them. Absent: no JSON. */
  schema?: string | readonly string[];
  /** `$ref` into schemas/ of an event's data. The response is then text/event-stream. */
  events?: string;
  /** Media types other than JSON. */
  media?: readonly string[];
}
