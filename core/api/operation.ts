/**
 * A route as one value: what it takes, what it answers, who may call it and what it does. The Hono app and the OpenAPI
 * document are both made of the list of them.
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
  /** `$ref` into schemas/, e.g. `syrinx:api#/$defs/SwapRequest`. The body is checked against it. */
  body?: string;
  /** An empty body counts as `{}`. */
  bodyOptional?: boolean;
  query?: readonly Parameter[];
  headers?: readonly Parameter[];
  responses: Readonly<Record<number, ResponseShape>>;
  /** @param mayCall whether the caller would be let in now, for an answer that goes on after the rules have changed */
  handle(
    context: Context,
    body: unknown,
    caller: KnownCaller,
    mayCall: () => boolean,
  ): Response | Promise<Response>;
}

export interface Parameter {
  name: string;
  description: string;
  schema: object;
}

export interface ResponseShape {
  description: string;
  /** `$ref` into schemas/, or those of which it is one; absent: no JSON. */
  schema?: string | readonly string[];
  /** `$ref` into schemas/ of the data of an event: the answer is text/event-stream. */
  events?: string;
  /** Media types other than JSON. */
  media?: readonly string[];
}
