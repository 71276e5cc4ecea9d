/**
 * The two versions of the handshake: how bytes are laid out, and what plugins may rely on. They move apart.
 *
 * @module
 */

/** Version of the frames and messages. */
export const PROTOCOL_VERSION = 1;
/** Version of the plugin API: the methods, their parameters and the SDK. Manifests name a semver range of it as `engine`. */
export const PLUGIN_API_VERSION = "1.0.0";
