import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** Root of this clone. */
const ROOT = join(import.meta.dir, "../../..");
const SCHEMA = join(ROOT, "schemas/generated/config.editor.json");

/**
 * @param path absolute, where the file is to be
 * @returns a config that only names its schema, with examples in comments
 */
export function firstConfig(path: string): string {
  return `{
  // With this, editors complete and check what you write. The engine does not read it.
  "$schema": ${JSON.stringify(schemaAddress(path))},

  // All other settings have their defaults. The engine applies a saved change while it runs. It refuses a file with a mistake
  // as a whole. To find mistakes: syrinx config validate. To see what a change would do: syrinx config plan.

  // A voice: a plugin, and a model of a format that the plugin runs. "slt": null removes the built-in one.
  "voices": {
    // "narrator": { "plugin": "piper", "model": "en_US-rms-tiny@^1.0.0", "settings": { "lengthScale": 1.2 } },
  },

  "speech": {
    // The voice for requests that name none, and other names for voices.
    // "defaultVoice": "slt",
    // "aliases": { "nova": "slt" },
    // The loudness of every voice, in LUFS. "off": it is not changed.
    // "loudness": { "target": -20 },
  },

  // Sinks keep the utterances that ask for it.
  "sinks": {
    // "archive": { "plugin": "file", "format": "mp3" },
  },

  // Where the engine listens. Any but a loopback address needs tokens.
  "server": {
    // "host": "127.0.0.1",
    // "port": 7851,
    // "allowedOrigins": ["https://example.org"],
  },

  // How much of a device's memory plugins may take.
  "memory": {
    // "budgets": { "host": "80%" },
  },
}
`;
}

/** A relative path within this clone, so that both may be moved together; else a file URL. */
function schemaAddress(path: string): string {
  if (!path.startsWith(ROOT + sep)) return pathToFileURL(SCHEMA).href;
  const way = relative(dirname(path), SCHEMA).split(sep).join("/");
  // Without a dot, an editor would not take it for a path.
  return way.startsWith(".") ? way : `./${way}`;
}
