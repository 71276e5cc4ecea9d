/**
 * The requests that an engine answers, typed from the schemas.
 *
 * @module
 */
import type {
  ConfigDiff,
  ConfigPlanView,
  ConfigVersionList,
  ConfigView,
  GrantRequest,
  MemoryView,
  ModelList,
  PluginList,
  SlotList,
  SlotView,
  SnapshotList,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
  SpeechRequest,
  Status,
  SwapList,
  SwapPlan,
  SwapRequest,
  VoiceList,
} from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import type { Request } from "./request.ts";

export const getStatus = get<Status>("/control/status");
export const getSlots = get<SlotList>("/control/slots");
export const getMemory = get<MemoryView>("/control/memory");
export const getPlugins = get<PluginList>("/control/plugins");
export const getModels = get<ModelList>("/control/models");
export const getVoices = get<VoiceList>("/v1/audio/voices");
export const getConfig = get<ConfigView>("/control/config");
export const getSnapshots = get<SnapshotList>("/control/snapshots");

/** Searches the disk for plugins and models again. What runs does not change. */
export const rescanPlugins: Request<PluginList> = {
  method: "POST",
  path: "/control/plugins/rescan",
  harmless: false,
};

export function getSlot(slot: string): Request<SlotView> {
  return get(slotPath(slot));
}

/** Most items that the engine sends in one page. */
export const MAX_LIMIT = 500;

export interface SwapsPage {
  /** The id at the end of the page before; absent: the newest. */
  readonly before?: string;
  /** Only swaps of this slot. */
  readonly slot?: string;
}

/** @param limit 1 to {@linkcode MAX_LIMIT} */
export function getSwaps(limit: number, page: SwapsPage = {}): Request<SwapList> {
  return get(`/control/swaps?${new URLSearchParams({ limit: String(limit), ...page })}`);
}

export function getSwap(id: string): Request<SwapRecord> {
  return get(`/control/swaps/${encodeURIComponent(id)}`);
}

/**
 * @param limit 1 to {@linkcode MAX_LIMIT}
 * @param before the number at the end of the page before; absent: the newest
 */
export function getVersions(limit: number, before?: number): Request<ConfigVersionList> {
  return get(`/control/config/versions?limit=${limit}${before === undefined ? "" : `&before=${before}`}`);
}

/** Asks how version `number` differs from `against`; absent: from the version before it. */
export function getDiff(number: number, against?: number): Request<ConfigDiff> {
  return get(`/control/config/versions/${number}/diff${against === undefined ? "" : `?against=${against}`}`);
}

export function planSwap(slot: string, change: SwapRequest): Request<SwapPlan> {
  return { method: "POST", path: `${slotPath(slot)}/swap?dryRun=true`, body: change, harmless: true };
}

/** Asks for a swap. The engine answers at once; the events tell its stages. */
export function startSwap(slot: string, change: SwapRequest): Request<SwapRecord> {
  return { method: "POST", path: `${slotPath(slot)}/swap?wait=false`, body: change, harmless: false };
}

export type SlotAction = "reload" | "rollback" | "unload" | "load";

export interface ActionManner {
  /** For a rollback. false: the config stays as it is, and decides again at the next start. */
  readonly persist?: boolean;
}

/** As {@linkcode startSwap}. */
export function startAction(
  slot: string,
  action: SlotAction,
  { persist = true }: ActionManner = {},
): Request<SwapRecord> {
  const query = `wait=false${persist ? "" : "&persist=false"}`;
  return { method: "POST", path: `${slotPath(slot)}/${action}?${query}`, harmless: false };
}

/** Ends the trial of a canary: it gets all the requests, or none. */
export function endCanary(swap: string, how: "promote" | "abort"): Request<SwapRecord> {
  return { method: "POST", path: `/control/swaps/${encodeURIComponent(swap)}/${how}`, harmless: false };
}

/** A change of the config, as it is sent to the engine. */
export interface ConfigAction {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** E.g. /control/config/rollback. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** @param patch a JSON Merge Patch (RFC 7396), laid over all sources */
export function patchConfig(patch: object): ConfigAction {
  return { method: "PATCH", path: "/control/config", body: patch };
}

/** @param pointer JSON pointer of the override that is removed; absent: all of them */
export function unsetOverride(pointer?: string): ConfigAction {
  const query: Record<string, string> = pointer === undefined ? {} : { pointer };
  return { method: "DELETE", path: "/control/config/overrides", query };
}

/**
 * Applies a version once more and pins the config to it. With the active version nothing changes but the pin.
 *
 * @param reason a note, stored with the version
 */
export function rollbackConfig(version: number, reason?: string): ConfigAction {
  const body = { version, ...(reason !== undefined && { reason }) };
  return { method: "POST", path: "/control/config/rollback", body };
}

export const unpinConfig: ConfigAction = { method: "POST", path: "/control/config/unpin" };

/** Asks what the config would be with another document instead of all sources, or of the one that `source` names. */
export function planDocument(document: object, base: number, source?: string): Request<ConfigPlanView> {
  const body = { document, base, ...(source !== undefined && { source }) };
  return { method: "POST", path: "/control/config/plan", body, harmless: true };
}

export const reloadConfig: Request<ConfigView> = {
  method: "POST",
  path: "/control/config/reload",
  harmless: false,
  loads: true,
};

/**
 * Asks what a change would do.
 *
 * @param version the change is meant for; absent: the active one
 */
export function planConfig(action: ConfigAction, version?: number): Request<ConfigPlanView> {
  return {
    ...configRequest(action, { dryRun: "true" }),
    ...(version !== undefined && { version }),
    harmless: true,
  };
}

/**
 * @param version the one that the change was planned for: if another is active the engine refuses it
 * @param confirmMs after this time the change reverts by itself unless it is confirmed; absent: it stays
 */
export function changeConfig(action: ConfigAction, version: number, confirmMs?: number): Request<ConfigView> {
  const query: Record<string, string> = confirmMs === undefined ? {} : { confirm: String(confirmMs) };
  return { ...configRequest(action, query), version, harmless: false, loads: true };
}

/** Keeps a change that would revert by itself. */
export const confirmConfig: Request<ConfigView> = {
  method: "POST",
  path: "/control/config/confirm",
  harmless: false,
};

/** @param name for people; absent or empty: none */
export function takeSnapshot(name = ""): Request<SnapshotView> {
  return {
    method: "POST",
    path: "/control/snapshots",
    body: name === "" ? {} : { name },
    harmless: false,
    loads: true,
  };
}

/** Asks what a restore would do. */
export function planRestore(id: string): Request<SnapshotRestorePlan> {
  const { path } = restoreSnapshot(id);
  return { method: "POST", path: `${path}?dryRun=true`, harmless: true };
}

/** Brings back the config, the bindings and the state of a snapshot, and pins the config. */
export function restoreSnapshot(id: string): Request<SnapshotRestore> {
  return {
    method: "POST",
    path: `/control/snapshots/${encodeURIComponent(id)}/restore`,
    harmless: false,
    loads: true,
  };
}

/** Grants a plugin permissions, by a change of the config. */
export function grantPlugin(name: string, grant: GrantRequest): ConfigAction {
  return { method: "POST", path: `/control/plugins/${encodeURIComponent(name)}/grant`, body: grant };
}

/** Asks for a text as sound, which is streamed. It changes something only if sinks keep the sound. */
export function speakText(body: SpeechRequest): Request<never> {
  return { method: "POST", path: "/v1/audio/speech", body, harmless: (body.sinks ?? []).length === 0 };
}

function get<T>(path: string): Request<T> {
  return { method: "GET", path, harmless: true };
}

function slotPath(slot: string): string {
  return `/control/slots/${encodeURIComponent(slot)}`;
}

function configRequest({ method, path, query, body }: ConfigAction, more: Readonly<Record<string, string>>) {
  const search = new URLSearchParams({ ...query, ...more }).toString();
  return { method, path: search === "" ? path : `${path}?${search}`, ...(body && { body }) };
}
