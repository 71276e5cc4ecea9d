import type { WireError } from "../../schemas/generated/protocol.ts";
import { pluginErrorCode, SyrinxError } from "../errors.ts";
import { systemErrorOfCode } from "../system-errors.ts";
import { printable } from "./printable.ts";

/** Longest message of a plugin's error, in UTF-16 code units. */
const MAX_MESSAGE = 2_000;

/** @returns an error of a plugin as the engine tells it. What the operating system refused has a code and words of the engine */
export function pluginError({ code, message, stack }: WireError): SyrinxError {
  const text = printable(message, MAX_MESSAGE);
  const ofSystem = systemErrorOfCode(code);
  return ofSystem
    ? new SyrinxError(ofSystem.code, `${ofSystem.words} (${text})`, { cause: stack })
    : new SyrinxError(pluginErrorCode(code), text, { cause: stack });
}
