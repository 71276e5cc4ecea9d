import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Import, ROOT } from "./sources.ts";

const BASE = [
  "core/errors.ts",
  "core/clock.ts",
  "core/schema.ts",
  "core/compile-schema.ts",
  "core/ajv-options.ts",
  "core/choice-text.ts",
  "core/log.ts",
  "core/json-pointer.ts",
  "core/json-limits.ts",
  "core/system-errors.ts",
];

/** The rooms of core from the top down. An arrow leads to a lower line; those in one line do not know each other. */
export const LAYERS: readonly (readonly string[])[] = [
  ["cli"],
  ["engine"],
  ["doors"],
  ["api"],
  ["speech"],
  ["slots", "text"],
  ["instances"],
  ["releases", "config"],
  ["audio", "devices", "journal", "runner"],
  ["sdk", "protocol"],
];

/** Room to the rooms that it may import, beside the base and schemas/generated. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  sdk: [],
  runner: ["sdk", "protocol"],
  audio: [],
  devices: [],
  journal: [],
  config: ["journal"],
  releases: ["protocol"],
  instances: ["releases", "audio", "devices", "journal", "protocol"],
  slots: ["instances", "releases", "devices", "journal"],
  text: [],
  speech: ["slots", "text", "releases", "audio", "protocol"],
  api: ["speech", "slots", "instances", "releases", "config", "devices", "journal", "protocol"],
  doors: ["api", "speech", "slots", "audio"],
  engine: [
    "doors",
    "api",
    "speech",
    "slots",
    "instances",
    "releases",
    "config",
    "devices",
    "journal",
    "runner",
  ],
  // Beside the engine, which it starts, it names a place in a config, and has to know which formats can be requested.
  cli: ["engine", "config", "audio"],
};

const CLIENT_DOORS: Record<string, string> = {
  client: "admin/client/mod.ts",
  terminal: "admin/client/terminal/mod.ts",
};
/** What the commands may import of admin/. */
const ADMIN_DOORS = ["admin/tui/mod.ts", ...Object.values(CLIENT_DOORS)];

/** The same of the admin UI, whose program.ts and frame.ts put the rooms together. */
const ADMIN_ARROWS: Record<string, readonly string[]> = {
  client: [],
  // Apart from the client, which runs in browsers too: it starts processes.
  terminal: [],
  screen: [],
  state: ["client"],
  dialogs: ["screen"],
  panes: ["client", "terminal", "state", "screen", "dialogs"],
};

/**
 * Holds an import against the arrows of DESIGN §2.
 *
 * @returns what is wrong with it; undefined if nothing is
 */
export function faultOf({ from, to }: Import): string | undefined {
  const [area = ""] = from.split("/");
  const isOwn =
    /^(core|plugins|admin|schemas|models|tests)\//.test(to) || to === "package.json" || to.startsWith("..");
  if (area === "tests") return undefined;
  if (area === "plugins") return faultOfPlugin(from, to, isOwn);
  if (to === "syrinx/sdk") return "syrinx/sdk is for plugins";
  if (to === "syrinx/client") return "syrinx/client is for programs outside the project";
  if (!isOwn) return undefined;
  if (to.startsWith("schemas/generated/")) return undefined;
  if (/^schemas\/[^/]+\.schema\.json$/.test(to))
    return from === "core/schema.ts" ? undefined : "only core/schema.ts reads the schemas";
  if (area === "schemas" && to.startsWith("schemas/")) return undefined;
  // The validators are compiled as those of the engine are, and the generator runs without the engine.
  if (from === "schemas/validators.ts" && to === "core/ajv-options.ts") return undefined;
  if (area === "admin") return faultOfAdmin(from, to);
  if (area !== "core") return "imports nothing of the project but schemas/generated";
  return faultOfCore(from, to);
}

function faultOfAdmin(from: string, to: string): string | undefined {
  // Pure and without imports of its own, so that there is one copy of it.
  if (to === "core/json-pointer.ts") return undefined;
  if (!to.startsWith("admin/")) return "imports nothing of the project but schemas/generated";
  const [fromRoom, toRoom] = [adminRoomOf(from), adminRoomOf(to)];
  if (fromRoom === toRoom) return faultOfPane(from, to);
  if (fromRoom !== undefined && !ADMIN_ARROWS[fromRoom]?.includes(toRoom ?? ""))
    return `no arrow leads from ${fromRoom} to ${toRoom ?? to}`;
  const door = CLIENT_DOORS[toRoom ?? ""] ?? `admin/tui/${toRoom}/mod.ts`;
  return toRoom === undefined || to === door ? undefined : `enter ${toRoom} by its mod.ts`;
}

/** A pane knows no other: what several need lies in panes/ itself, and what is of swaps in panes/swaps/. */
function faultOfPane(from: string, to: string): string | undefined {
  const [fromPane, toPane] = [paneOf(from), paneOf(to)];
  const isFree = fromPane === undefined || toPane === undefined || toPane === "swaps";
  return isFree || fromPane === toPane ? undefined : `no arrow leads from pane ${fromPane} to ${toPane}`;
}

function faultOfPlugin(from: string, to: string, isOwn: boolean): string | undefined {
  const folder = from.split("/").slice(0, 2).join("/");
  if (to.startsWith("syrinx") && to !== "syrinx/sdk") return "a plugin imports syrinx/sdk alone";
  return !isOwn || to.startsWith(`${folder}/`)
    ? undefined
    : "a plugin imports nothing of the project but syrinx/sdk";
}

function faultOfCore(from: string, to: string): string | undefined {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  if (BASE.includes(from))
    return BASE.includes(to) ? undefined : "the base imports only itself and the schemas";
  if (BASE.includes(to)) return undefined;
  if (to === "package.json") return fromRoom === "engine" || fromRoom === "cli" ? undefined : "package.json";
  if (fromRoom !== undefined && fromRoom === toRoom) return faultOfDoor(from, to);
  if (ADMIN_DOORS.includes(to)) return fromRoom === "cli" ? undefined : "admin/ is for the commands";
  const allowed = from === "core/main.ts" ? toRoom === "cli" : ARROWS[fromRoom ?? ""]?.includes(toRoom ?? "");
  if (!allowed) return `no arrow leads from ${fromRoom ?? from} to ${toRoom ?? to}`;
  return !toRoom || to === `core/${toRoom}/mod.ts` ? undefined : `enter ${toRoom} by its mod.ts`;
}

/** A folder within a room that has a mod.ts is a room of its own to the files around it. */
function faultOfDoor(from: string, to: string): string | undefined {
  const inner = dirname(to);
  const door = `${inner}/mod.ts`;
  const outside = dirname(from) !== inner && !from.startsWith(`${inner}/`);
  const isRoom = inner.split("/").length > 2 && existsSync(join(ROOT, door));
  return outside && isRoom && to !== door ? `enter ${inner} by its mod.ts` : undefined;
}

/** @returns `slots` for core/slots/slot.ts; undefined for what is in no room of core */
function roomOf(path: string): string | undefined {
  return /^core\/([^/]+)\//.exec(path)?.[1];
}

/** @returns `panes` for admin/tui/panes/slots/pane.ts; undefined for what stands above the rooms */
function adminRoomOf(path: string): string | undefined {
  if (path.startsWith("admin/client/"))
    return path.startsWith("admin/client/terminal/") ? "terminal" : "client";
  return /^admin\/tui\/([^/]+)\//.exec(path)?.[1];
}

/** @returns `slots` for admin/tui/panes/slots/pane.ts; undefined for what is in the folder of no pane */
function paneOf(path: string): string | undefined {
  return /^admin\/tui\/panes\/([^/]+)\//.exec(path)?.[1];
}

/** @returns a circle among the imports, as the files along it; undefined if there is none */
export function findCircle(imports: readonly Import[]): string[] | undefined {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) graph.set(from, [...(graph.get(from) ?? []), to]);
  const clear = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (clear.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = walk(next, [...path, file]);
      if (circle) return circle;
    }
    clear.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return undefined;
}
