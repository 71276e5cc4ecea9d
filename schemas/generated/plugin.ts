// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * plugin.json: the plugin's identity, permissions and settings.
 */
export type PluginManifest = {
  $schema?: string;
  name: Name;
  version: Version;
  kind: PluginKind;
  /**
   * Semver range of the plugin API that this plugin was written for.
   */
  engine: string;
  /**
   * TypeScript or JavaScript module, relative to this file, whose default export is voice(), sink() or configSource().
   */
  entry?: string;
  /**
   * Instead of an entry: a program that uses the protocol on file descriptor 3. Paths are relative to this file.
   *
   * @minItems 1
   */
  command?: string[];
  description: string;
  /**
   * SPDX expression.
   */
  license: string;
  author?: string;
  homepage?: string;
  permissions?: Permissions;
  /**
   * JSON Schema (draft 2020-12) of the slot's settings. The engine fills in its defaults. Every call also gets the properties with "x-live": true, so a change of these settings starts no new process. A string with "x-secret": true is written as ${env:NAME} or ${file:/path}, and read when a process starts.
   */
  settings?: {};
  voice?: {
    /**
     * Model formats that this voice plugin runs. Empty: it uses no model.
     */
    formats: Name[];
  };
} & {
  [k: string]: unknown;
};
/**
 * Letters, digits, dot, underscore and dash; starts with a letter or a digit.
 *
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "Name".
 */
export type Name = string;
/**
 * Semantic version.
 *
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "Version".
 */
export type Version = string;
/**
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "PluginKind".
 */
export type PluginKind = "voice" | "config-source" | "sink";
/**
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "PermissionList".
 */
export type PermissionList = (
  | string
  | {
      allow: string;
      /**
       * Shown to the admin who grants it.
       */
      reason?: string;
    }
)[];
/**
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "NetAddress".
 */
export type NetAddress = string;
/**
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "NetPermissionList".
 */
export type NetPermissionList = (
  | NetAddress
  | {
      allow: NetAddress;
      /**
       * Shown to the admin who grants it.
       */
      reason?: string;
    }
)[];

/**
 * What the plugin may use beyond its own folder. read, write: files and folders; a path may begin with $MODEL, $PLUGIN, $DATA or $SETTINGS.<key>. net: host:port, host (ports 80 and 443), *.host:port, or $SETTINGS.<key>, a setting that contains one of these or a URL. run: programs. env: variables; PREFIX* and $SETTINGS.<key>* mean all variables with that prefix. device: cuda.
 *
 * This interface was referenced by `undefined`'s JSON-Schema
 * via the `definition` "Permissions".
 */
export interface Permissions {
  read?: PermissionList;
  write?: PermissionList;
  net?: NetPermissionList;
  run?: PermissionList;
  env?: PermissionList;
  device?: PermissionList;
}
