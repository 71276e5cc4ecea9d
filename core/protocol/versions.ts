/**
 * The two versions of the handshake: of the byte format and of the plugin API. They change independently.
 *
 * @module
 */
import type { Hello } from "../../schemas/generated/protocol.ts";
import { SyrinxError } from "../errors.ts";
import { printable } from "./printable.ts";

/** Version of the frames and messages. */
export const PROTOCOL_VERSION = 1;
/** Version of the plugin API: the methods, their parameters and the SDK. Manifests name a semver range of it as `engine`. */
export const PLUGIN_API_VERSION = "1.0.0";

/** @throws SyrinxError plugin-incompatible, which names both versions */
export function checkVersions(hello: Hello): void {
  if (hello.protocol !== PROTOCOL_VERSION) {
    throw new SyrinxError(
      "plugin-incompatible",
      `The plugin uses protocol ${hello.protocol}, the engine ${PROTOCOL_VERSION}`,
    );
  }
  const major = (version: string) => version.split(".", 1)[0];
  if (major(hello.api) !== major(PLUGIN_API_VERSION)) {
    throw new SyrinxError(
      "plugin-incompatible",
      `The plugin was built with plugin API ${printable(hello.api, 64)}, the engine offers ${PLUGIN_API_VERSION}`,
    );
  }
}
