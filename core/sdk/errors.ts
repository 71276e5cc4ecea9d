/**
 * An error with a code. A plugin throws it to tell the engine what kind of error occurred.
 *
 * @example
 * ```ts
 * throw new PluginError("device-unavailable", `Cannot load on cuda:1 because this machine has 1 GPU`);
 * ```
 */
export class PluginError extends Error {
  override readonly name = "PluginError";

  constructor(
    readonly code:
      "device-unavailable" | "model-corrupt" | "model-unsupported" | "settings-invalid" | "plugin-failed",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
