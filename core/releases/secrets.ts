/**
 * Secrets among the settings of a plugin: those that its schema marks with `"x-secret": true`. The config has references to
 * them, `${env:NAME}` or `${file:/path}`, and only the plugin process gets the values. So no secret is in the journal, in
 * answers of the API or in the log, and a rollback to an old version needs only the reference.
 *
 * A secret is read whenever a process is started. So a new secret is taken over by a reload of the slot, and a secret that cannot be
 * read fails the swap.
 *
 * The mark is seen in `properties`, `additionalProperties` and `items`.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { SyrinxError, type Violation } from "../errors.ts";
import { escapePointer, isObject } from "../json-pointer.ts";
import { type PluginRelease, releaseId } from "./release.ts";

const REFERENCE = /^\$\{(env|file):([^{}]+)\}$/;

/** A string that the schema marks as a secret. */
interface Secret {
  readonly pointer: string;
  readonly value: string;
}

/** @returns a violation for each secret that is in clear text among the settings */
export function secretsInClear({ manifest }: PluginRelease, settings: unknown): Violation[] {
  return [...secretsIn(manifest.settings, settings, "")]
    .filter(({ value }) => !REFERENCE.test(value))
    .map(({ pointer }) => ({
      pointer,
      message: "is a secret, which must not be in a config: write ${env:NAME} or ${file:/path}",
    }));
}

/**
 * @param environment of the engine
 * @returns the settings for the plugin: a copy in which every reference is replaced by its value
 * @throws SyrinxError secret-unavailable if a variable or a file is missing
 */
export async function revealSecrets(
  plugin: PluginRelease,
  settings: Record<string, unknown>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Record<string, unknown>> {
  const found = [...secretsIn(plugin.manifest.settings, settings, "")];
  const secrets = new Map<string, string>();
  for (const secret of found) secrets.set(secret.pointer, await reveal(plugin, secret, environment));
  return withSecrets(settings, secrets, "") as Record<string, unknown>;
}

async function reveal(
  plugin: PluginRelease,
  { pointer, value }: Secret,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const [, kind, where = ""] = REFERENCE.exec(value) ?? [];
  const unavailable = (why: string, cause?: unknown) =>
    new SyrinxError(
      "secret-unavailable",
      `Cannot hand the secret ${pointer} to ${releaseId(plugin)} because ${why}`,
      { cause },
    );
  if (kind === "env") {
    const secret = environment[where];
    if (secret !== undefined) return secret;
    throw unavailable(`the engine has no environment variable ${where}`);
  }
  if (kind !== "file") throw unavailable("it is not a reference: write ${env:NAME} or ${file:/path}");
  if (!isAbsolute(where)) throw unavailable(`${where} is not an absolute path`);
  try {
    // Editors and `echo` end a file with a newline, which is not part of the secret.
    return (await readFile(where, "utf8")).replace(/\r?\n$/, "");
  } catch (cause) {
    throw unavailable(`its file cannot be read: ${(cause as Error).message}`, cause);
  }
}

function* secretsIn(schema: unknown, value: unknown, pointer: string): Generator<Secret> {
  if (!isObject(schema)) return;
  if (typeof value === "string" && schema["x-secret"] === true) yield { pointer, value };
  if (typeof value !== "object" || value === null) return;
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [key, inner] of Object.entries(value)) {
    const others = Array.isArray(value) ? schema.items : schema.additionalProperties;
    const own = Object.hasOwn(properties, key) ? properties[key] : others;
    yield* secretsIn(own, inner, `${pointer}/${escapePointer(key)}`);
  }
}

/** @returns a copy of `value` with the strings of `secrets` at their pointers */
function withSecrets(value: unknown, secrets: ReadonlyMap<string, string>, pointer: string): unknown {
  const secret = secrets.get(pointer);
  if (secret !== undefined) return secret;
  if (Array.isArray(value))
    return value.map((item, index) => withSecrets(item, secrets, `${pointer}/${index}`));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      withSecrets(inner, secrets, `${pointer}/${escapePointer(key)}`),
    ]),
  );
}
