/**
 * Releases: a plugin or a model at one version, and the ranges that name them.
 *
 * @module
 */
import semver from "semver";
import type { ModelManifest } from "../../schemas/generated/model.ts";
import type { PluginKind, PluginManifest } from "../../schemas/generated/plugin.ts";
import { SyrinxError } from "../errors.ts";

export interface PluginRelease {
  readonly kind: PluginKind;
  readonly name: string;
  readonly version: string;
  readonly manifest: PluginManifest;
  /** Absolute. */
  readonly directory: string;
  /** Whether all that it asks for is granted: it came with the engine, or `syrinx dev` runs it. */
  readonly trusted: boolean;
}

export interface ModelRelease {
  readonly name: string;
  readonly version: string;
  readonly manifest: ModelManifest;
  /** Absolute. */
  readonly directory: string;
  /** Size of the weights, in bytes. */
  readonly bytes: number;
}

/** @returns `name@version` */
export function releaseId({ name, version }: { name: string; version: string }): string {
  return `${name}@${version}`;
}

/**
 * Picks the newest release that a range allows. A pre-release is only picked if the range names one.
 *
 * @param range `NAME` or `NAME@RANGE`
 * @param what e.g. `voice plugin`, for the message
 * @param isPreferred these releases are chosen before all others, whatever their version
 * @throws SyrinxError release-not-found, which names the releases on disk
 */
export function pickRelease<R extends { name: string; version: string }>(
  releases: readonly R[],
  range: string,
  what: string,
  isPreferred: (release: R) => boolean = () => true,
): R {
  const at = range.indexOf("@");
  const name = at < 0 ? range : range.slice(0, at);
  const versions = at < 0 ? "*" : range.slice(at + 1);
  if (!semver.validRange(versions)) {
    throw new SyrinxError(
      "release-not-found",
      `Cannot find ${what} ${range} because "${versions}" is not a semver range`,
    );
  }
  const named = releases.filter((release) => release.name === name);
  const found = newest(named.filter(isPreferred), versions) ?? newest(named, versions);
  if (found) return found;
  const there = named.length > 0 ? named : releases;
  const list = there.map(releaseId).sort().join(", ") || "none";
  throw new SyrinxError(
    "release-not-found",
    `Cannot find ${what} ${range}: on disk ${there.length === 1 ? "is" : "are"} ${list}`,
  );
}

function newest<R extends { version: string }>(releases: readonly R[], versions: string): R | undefined {
  const all = releases.map(({ version }) => version);
  const version = semver.maxSatisfying(all, versions);
  return releases.find((release) => release.version === version);
}
