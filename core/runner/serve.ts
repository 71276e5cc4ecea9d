/**
 * Serves a TypeScript plugin: `bun core/runner/serve.ts <entry>`, with the protocol on file descriptor 3. launch.ts has
 * already applied the sandbox.
 *
 * @module
 */

import { Responder } from "../protocol/mod.ts";
import * as sdk from "../sdk/mod.ts";
import { answererOf } from "./answer.ts";

const CONTROL_FD = 3;
const entry = process.argv[2];
if (!entry) {
  console.error(
    "usage: bun core/runner/serve.ts <entry>  (started by the engine, with the protocol on fd 3)",
  );
  process.exit(64);
}

// A plugin outside the engine's folder could not resolve the package "syrinx".
Bun.plugin({
  name: "syrinx/sdk",
  setup: (build) => {
    build.module("syrinx/sdk", () => ({ exports: sdk, loader: "object" }));
  },
});

const module = (await import(entry)) as { default?: unknown };
const answerer = answererOf(module.default, entry);

await Responder.open(CONTROL_FD, `syrinx-sdk-ts`, {
  answer: answerer.answer,
  welcome: () => {},
  // Without the core the plugin has no work left.
  closed: (error) => {
    if (error) console.error(error.message);
    process.exit(error ? 1 : 0);
  },
});
