/**
 * Every request that the screen makes, typed from the schemas.
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

export function getSlot(slot: string): Request<SlotView> {
  return get(slotPath(slot));
}

/** @param before the id that a page before ended with; absent: the newest */
export function getSwaps(limit: number, before?: string): Request<SwapList> {
  return get(`/control/swaps?limit=${limit}${before === undefined ? "" : `&before=${before}`}`);
}

/** @param before the number that a page before ended with; absent: the newest */
export function getVersions(limit: number, before?: number): Request<ConfigVersionList> {
  return get(`/control/config/versions?limit=${limit}${before === undefined ? "" : `&before=${before}`}`);
}

/** @returns what version `number` has changed, or how it differs from `against` */
export function getDiff(number: number, against?: number): Request<ConfigDiff> {
  return get(`/control/config/versions/${number}/diff${against === undefined ? "" : `?against=${against}`}`);
}

export function planSwap(slot: string, change: SwapRequest): Request<SwapPlan> {
  return { method: "POST", path: `${slotPath(slot)}/swap?dryRun=true`, body: change, harmless: true };
}

/** Asks for a swap; its stages are told by the events. */
export function startSwap(slot: string, change: SwapRequest): Request<SwapRecord> {
  return { method: "POST", path: `${slotPath(slot)}/swap?wait=false`, body: change, harmless: false };
}

export type SlotAction = "reload" | "rollback" | "unload" | "load";

/** As {@linkcode startSwap}. */
export function startAction(slot: string, action: SlotAction): Request<SwapRecord> {
  return { method: "POST", path: `${slotPath(slot)}/${action}?wait=false`, harmless: false };
}

/** Ends the trial of a canary. */
export function endCanary(swap: string, how: "promote" | "abort"): Request<SwapRecord> {
  return { method: "POST", path: `/control/swaps/${encodeURIComponent(swap)}/${how}`, harmless: false };
}

/** A change of the config: what is asked for. */
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

/** @param pointer JSON pointer of the override that is taken away */
export function unsetOverride(pointer: string): ConfigAction {
  return { method: "DELETE", path: "/control/config/overrides", query: { pointer } };
}

export function rollbackConfig(version: number): ConfigAction {
  return { method: "POST", path: "/control/config/rollback", body: { version } };
}

export const unpinConfig: ConfigAction = { method: "POST", path: "/control/config/unpin" };

export const reloadConfig: Request<ConfigView> = {
  method: "POST",
  path: "/control/config/reload",
  harmless: false,
  loads: true,
};

/** @returns a request for what the change would do */
export function planConfig(action: ConfigAction): Request<ConfigPlanView> {
  return { ...configRequest(action, { dryRun: "true" }), harmless: true };
}

/** @param version the one that it was planned for: with another in force it is refused */
export function changeConfig(action: ConfigAction, version: number): Request<ConfigView> {
  return { ...configRequest(action, {}), version, harmless: false, loads: true };
}

function configRequest({ method, path, query, body }: ConfigAction, more: Record<string, string>) {
  const search = new URLSearchParams({ ...query, ...more }).toString();
  return { method, path: search === "" ? path : `${path}?${search}`, ...(body && { body }) };
}

function get<T>(path: string): Request<T> {
  return { method: "GET", path, harmless: true };
}

function slotPath(slot: string): string {
  return `/control/slots/${encodeURIComponent(slot)}`;
}

/** Lets a change stay that would have gone back by itself. */
export const confirmConfig: Request<ConfigView> = {
  method: "POST",
  path: "/control/config/confirm",
  harmless: false,
};

/** @param name for people; empty: none */
export function takeSnapshot(name: string): Request<SnapshotView> {
  return {
    method: "POST",
    path: "/control/snapshots",
    body: name === "" ? {} : { name },
    harmless: false,
    loads: true,
  };
}

/** @returns a request for what the restore would do */
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

/** @returns the change of the config by which a plugin is granted what it asks for */
export function grantPlugin(name: string, grant: GrantRequest): ConfigAction {
  return { method: "POST", path: `/control/plugins/${encodeURIComponent(name)}/grant`, body: grant };
}

/** Asks for a text as sound, which is streamed. With sinks it leaves something behind. */
export function speakText(body: SpeechRequest): Request<never> {
  return { method: "POST", path: "/v1/audio/speech", body, harmless: (body.sinks ?? []).length === 0 };
}
