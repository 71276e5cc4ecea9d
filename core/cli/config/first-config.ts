import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** Of this clone. */
const ROOT = join(import.meta.dir, "../../..");
const SCHEMA = join(ROOT, "schemas/generated/config.editor.json");

/**
 * @param path absolute, where the file is to be
 * @returns a config that says nothing but where its schema is, with examples in comments
 */
export function firstConfig(path: string): string {
  return `{
  // By this, editors complete and check what you write. The engine does not read it.
  "$schema": ${JSON.stringify(schemaAddress(path))},

  // Whatever is not said here has its default. A saved change is taken over while the engine runs; one that is wrong is
  // refused as a whole. To see what is wrong, and what a change would do: syrinx config validate, syrinx config plan.

  // A voice: a plugin, and a model of a format that the plugin runs. "slt": null takes the built-in one away.
  "voices": {
    // "narrator": { "plugin": "piper", "model": "en_US-rms-tiny@^1.0.0", "settings": { "lengthScale": 1.2 } },
  },

  "speech": {
    // Who speaks when a request names no voice, and by which other names voices are known.
    // "defaultVoice": "slt",
    // "aliases": { "nova": "slt" },
    // How loud every voice is, in LUFS. "off": as loud as it is.
    // "loudness": { "target": -20 },
  },

  // Where utterances go that ask for it.
  "sinks": {
    // "archive": { "plugin": "file", "format": "mp3" },
  },

  // Where the engine listens. Another address than a loopback one needs tokens.
  "server": {
    // "host": "127.0.0.1",
    // "port": 7851,
    // "allowedOrigins": ["https://example.org"],
  },

  // The most that plugins may take of a device's memory.
  "memory": {
    // "budgets": { "host": "80%" },
  },
}
`;
}

/** Relative within this clone, so that both may be moved together; else a file address. */
function schemaAddress(path: string): string {
  if (!path.startsWith(ROOT + sep)) return pathToFileURL(SCHEMA).href;
  const way = relative(dirname(path), SCHEMA).split(sep).join("/");
  // Without a dot, an editor would not take it for a path.
  return way.startsWith(".") ? way : `./${way}`;
}
