/**
 * Config documents as text: JSON, JSONC, YAML and TOML, with the place of everything in them.
 *
 * @module
 */

export type { Format } from "./formats.ts";
export { type Parsed, ParseFailure, type Places } from "./parsed.ts";

/**
 * Loads what reads documents. It is not loaded with the SDK, because most plugins read no documents and would start more
 * slowly. Each parser is loaded with the first document of its format.
 *
 * @example
 * ```ts
 * import { configSource, documentFormats } from "syrinx/sdk";
 *
 * export default configSource({
 *   async *watch(_, signal) {
 *     const { formatOf, parseDocument } = await documentFormats();
 *     const { value: document, places } = parseDocument("speech: { defaultVoice: slt }", formatOf("config.yaml")!);
 *     yield { document, places, origin: "an example" };
 *     await new Promise((done) => signal.addEventListener("abort", done));
 *   },
 * });
 * ```
 */
export function documentFormats(): Promise<typeof import("./formats.ts")> {
  return import("./formats.ts");
}
