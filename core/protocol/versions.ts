/**
 * The two versions of the handshake: of the byte format and of the plugin API. They change independently.
 *
 * @module
 */

/** Version of the frames and messages. */
export const PROTOCOL_VERSION = 1;
/** Version of the plugin API: the methods, their parameters and the SDK. Manifests name a semver range of it as `engine`. */
export const PLUGIN_API_VERSION = "1.0.0";
