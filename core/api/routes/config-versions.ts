import type { Context } from "hono";
import type { ConfigHistory } from "../../config/mod.ts";
import { SyrinxError } from "../../errors.ts";
import type { Operation } from "../operation.ts";
import { queryNumber } from "../query.ts";

const LIMIT = {
  name: "limit",
  description: "The most versions in the answer.",
  schema: { type: "integer", minimum: 1, maximum: 500, default: 50 },
};
const BEFORE = {
  name: "before",
  description: "Only versions older than this one: the next page.",
  schema: { type: "integer", minimum: 1 },
};
const AGAINST = {
  name: "against",
  description: "The version to compare with. Default: the one before.",
  schema: { type: "integer", minimum: 1 },
};

/** /control/config/versions: the active config, and those before it. */
export function configVersionRoutes(history: ConfigHistory): Operation[] {
  return [
    {
      method: "get",
      path: "/control/config/versions",
      tag: "control",
      scope: "admin",
      summary: "The versions of the config, newest first, and the candidates that were rejected meanwhile.",
      query: [LIMIT, BEFORE],
      responses: {
        200: { description: "A page of versions.", schema: "syrinx:api#/$defs/ConfigVersionList" },
      },
      handle(context) {
        const before = queryNumber(context, BEFORE);
        const limit = queryNumber(context, LIMIT) ?? LIMIT.schema.default;
        return context.json(history.page({ limit, ...(before !== undefined && { before }) }));
      },
    },
    {
      method: "get",
      path: "/control/config/versions/{version}",
      tag: "control",
      scope: "admin",
      summary: "One version, with its document and what it was made of.",
      responses: { 200: { description: "The version.", schema: "syrinx:api#/$defs/ConfigVersion" } },
      handle: (context) => context.json(history.version(versionIn(context))),
    },
    {
      method: "get",
      path: "/control/config/versions/{version}/diff",
      tag: "control",
      scope: "admin",
      summary: "What a version has changed, or how it differs from any other.",
      query: [AGAINST],
      responses: { 200: { description: "The difference.", schema: "syrinx:api#/$defs/ConfigDiff" } },
      handle(context) {
        const to = versionIn(context);
        return context.json(history.diff(queryNumber(context, AGAINST) ?? to - 1, to));
      },
    },
  ];
}

function versionIn(context: Context): number {
  const text = context.req.param("version") ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  throw new SyrinxError("config-version-not-found", `A version is a whole number: it is "${text}"`);
}
