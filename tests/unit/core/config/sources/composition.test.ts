import { describe, expect, test } from "bun:test";
import type { ApiChanges } from "../../../../../core/config/api-changes.ts";
import type { FullConfig } from "../../../../../core/config/layers/full-config.ts";
import type { Layer } from "../../../../../core/config/layers/layer.ts";
import { validate } from "../../../../../core/config/layers/validate.ts";
import {
  type Candidate,
  compose,
  composeWith,
  type SourceLayers,
} from "../../../../../core/config/sources/composition.ts";

const layer = (document: object, origin = "a"): Layer => ({ document, origin });
const naming = (...names: string[]) => ({
  sources: Object.fromEntries(names.map((name) => [name, { plugin: "env" }])),
});

/** What sources say, the first of which are named, of a config that is their result. */
function layersOf(documents: Record<string, object>, named = Object.keys(documents)): SourceLayers {
  const layers = new Map(Object.entries(documents).map(([name, document]) => [name, layer(document, name)]));
  const { config = null } = validate(named.flatMap((name) => layers.get(name) ?? []));
  return { given: ["file"], named, layers, config };
}

function problemsOf(sources: SourceLayers, candidate: Candidate, apiChanges: ApiChanges = {}) {
  return composeWith(sources, apiChanges, candidate).validation.problems;
}

describe("the composition of the sources", () => {
  test("has the documents of the named sources, the lowest first, and the overrides above them", () => {
    const sourceLayers = layersOf({ file: naming("b", "a"), a: {}, b: {}, forgotten: {} }, ["file"]);
    const overrides = { log: { level: "debug" } };
    const { named, documents, layers, fault } = compose(sourceLayers, { overrides });
    expect(named).toEqual(["file", "b", "a"]);
    expect(documents.map(({ origin }) => origin)).toEqual(["file", "b", "a"]);
    expect(layers).toEqual([...documents, { document: overrides, origin: "overrides" }]);
    expect(fault).toBeUndefined();
  });

  test("with a candidate has it instead of its source, and changes nothing that is known", () => {
    const sourceLayers = layersOf({ file: naming("a"), a: { log: { level: "warn" } } });
    const candidate = layer({ log: { level: "debug" } }, "new");
    const { documents, validation } = composeWith(sourceLayers, {}, { source: "a", layer: candidate });
    expect(documents.map(({ origin }) => origin)).toEqual(["file", "new"]);
    expect(validation.config?.log.level).toBe("debug");
    expect(compose(sourceLayers, {}).documents.map(({ origin }) => origin)).toEqual(["file", "a"]);
  });

  test("includes a source that the overrides name, as long as they name it", () => {
    const sourceLayers = layersOf({ file: {}, a: {} }, ["file"]);
    expect(compose(sourceLayers, { overrides: naming("a") }).named).toEqual(["file", "a"]);
    expect(compose(sourceLayers, {}).named).toEqual(["file"]);
  });

  test("lacks a source, and those that it alone names, with a candidate that removes it", () => {
    const sourceLayers = layersOf({ file: naming("a"), a: naming("b"), b: {} });
    const composition = composeWith(sourceLayers, {}, { source: "file", layer: layer({}) });
    expect(composition).toMatchObject({ named: ["file"] });
    expect(composition.validation.problems).toBeUndefined();
  });

  test("has a problem if a source removes itself, or changes itself without force", () => {
    const sourceLayers = layersOf({ file: naming("a"), a: {} });
    const remove = { source: "a", layer: layer({ sources: { a: null } }) };
    expect(problemsOf(sourceLayers, remove)).toMatchObject([{ pointer: "/sources/a", origin: "a" }]);
    const change = (force: object) => ({
      source: "a",
      layer: layer({ sources: { a: { plugin: "http", ...force } } }),
    });
    expect(problemsOf(sourceLayers, change({}))?.[0]?.message).toContain("cannot change its own entry");
    expect(problemsOf(sourceLayers, change({ force: true }))).toBeUndefined();
  });

  test("has a problem if overrides and sources leave no list, and then only the given sources count", () => {
    const sourceLayers = layersOf({ file: naming("a"), a: { sources: { b: { plugin: "env" } } }, b: {} });
    const b = {
      ...sourceLayers,
      layers: new Map([...sourceLayers.layers, ["b", layer({ sources: { a: null } })]]),
    };
    expect(compose(b, {})).toMatchObject({
      named: ["file"],
      fault: { pointer: "/sources", origin: "overrides" },
    });
  });

  test("compares a change of a source with the other documents, and not with the pinned config", () => {
    const sourceLayers = layersOf({ file: naming("a"), a: {} });
    const document = { ...(sourceLayers.config as FullConfig), sources: {} };
    const apiChanges: ApiChanges = {
      pinned: { pin: { version: 1, actor: "ann", at: "2026-01-01T00:00:00Z" }, document },
    };
    const pinned = { ...sourceLayers, config: document };
    const changed = { source: "a", layer: layer({ sources: { a: { plugin: "http" } } }) };
    expect(problemsOf(pinned, changed, apiChanges)?.[0]?.message).toContain("cannot change its own entry");
  });
});
