/**
 * Generates OpenAPI 3.1 from the list of operations and the files in schemas/.
 *
 * @module
 */
import { SCHEMAS } from "../schema.ts";
import type { Operation, ResponseShape } from "./operation.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = { $defs?: Record<string, Json>; title?: string } & Record<string, unknown>;

const FILES = SCHEMAS as unknown as Record<string, Schema>;

/** @returns the document for /openapi.json */
export function openApiDocument(operations: readonly Operation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "Syrinx",
      version,
      summary: "Text to speech whose voices are swapped by version while people listen.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "speech", description: "OpenAI's speech API." },
      { name: "control", description: "Control of the engine." },
      { name: "service", description: "Health checks and this document." },
    ],
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Required on addresses other than loopback." },
      },
    },
    security: [{}, { token: [] }],
  };
}

function describe(operation: Operation): object {
  const {
    method,
    path,
    tag,
    summary,
    body,
    bodyOptional,
    query = [],
    headers = [],
    responses,
    scope,
  } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const parameters = [
    ...inPath,
    ...query.map((parameter) => ({ ...parameter, in: "query" })),
    ...headers.map((parameter) => ({ ...parameter, in: "header" })),
  ];
  const failure = path.startsWith("/v1/")
    ? {
        description: "An error, in OpenAI's shape.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/OpenAiError" } } },
      }
    : {
        description: "An error (RFC 9457).",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      };
  return {
    operationId: `${method}${path.replace(/[{}]/g, "").replace(/[/.](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary,
    "x-syrinx-scope": scope,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !bodyOptional,
        content: { "application/json": { schema: { $ref: component(body) } } },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(responses).map(([status, shape]) => [status, response(shape)])),
      default: failure,
    },
  };
}

function response({ description, schema, events, media = [] }: ResponseShape): object {
  const content: Record<string, object> = {};
  const schemas = [schema ?? []].flat().map((ref) => ({ $ref: component(ref) }));
  if (schemas.length > 0)
    content["application/json"] = { schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas } };
  if (events) content["text/event-stream"] = { schema: { $ref: component(events) } };
  for (const type of media) content[type] = {};
  return { description, ...(Object.keys(content).length > 0 && { content }) };
}

/** @returns every schema of the API and all that they refer to, by name */
function components(): Record<string, Json> {
  const found: Record<string, Json> = {};
  const { api, config, event, plugin, swap } = FILES;
  for (const schema of [plugin, config, swap, api, event]) {
    for (const [name, definition] of Object.entries(schema?.$defs ?? {})) found[name] = rewrite(definition);
  }
  for (const schema of [config, swap, event]) {
    const { $schema: _, $id: __, $defs: ___, ...record } = schema ?? {};
    found[schema?.title ?? ""] = rewrite(record as Json);
  }
  return found;
}

/**
 * `syrinx:api#/$defs/Status`, `config#/$defs/AudioFormat` and `#/$defs/Status` all refer to a component. `swap` and
 * `syrinx:event` refer to one by its title.
 */
function component(ref: string): string {
  const name = ref.split("/$defs/")[1] ?? FILES[ref.replace("syrinx:", "")]?.title;
  return `#/components/schemas/${name}`;
}

function rewrite(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewrite);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string" ? component(inner) : rewrite(inner),
    ]),
  );
}
