#!/usr/bin/env bun
/**
 * The `syrinx` command: arguments, signals and exit codes.
 *
 * @module
 */
import { CommanderError } from "commander";
import { createProgram } from "./cli/mod.ts";
import { asSyrinxError } from "./errors.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync(process.argv);
} catch (cause) {
  // Commander has already printed the mistake.
  if (cause instanceof CommanderError) process.exit(cause.exitCode === 0 ? 0 : EXIT_USAGE);
  const error = asSyrinxError(cause);
  console.error(`syrinx: ${error.message}`);
  if (error.code === "internal" && cause instanceof Error) console.error(cause.stack);
  process.exit(error.code === "usage" ? EXIT_USAGE : EXIT_FAILED);
}
