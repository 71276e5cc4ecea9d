/**
 * Requests of commands: what goes wrong is an error that ends the command.
 *
 * @module
 */
import type { EngineClient, EngineError, Outcome, Request } from "../../admin/client/mod.ts";
import { isErrorCode, SyrinxError } from "../errors.ts";

/**
 * @returns what the engine answered
 * @throws SyrinxError why it did not
 */
export async function send<T>(client: EngineClient, request: Request<T>): Promise<T> {
  return valueOf(client, await client.send(request));
}

/**
 * @returns the value of a request that went well
 * @throws SyrinxError of one that did not
 */
export function valueOf<T>(client: EngineClient, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw errorOf(client, outcome.error);
}

/** @returns the error for the person at the terminal */
export function errorOf({ address }: EngineClient, { code, message, problems }: EngineError): SyrinxError {
  if (code === "unreachable") return engineNotRunning(address.url);
  return new SyrinxError(isErrorCode(code) ? code : "internal", message, { violations: problems ?? [] });
}

export function engineNotRunning(url: string): SyrinxError {
  return new SyrinxError("engine-not-running", `No engine answers at ${url}. Start one with: syrinx start`);
}
