import type { EngineError } from "../../client/mod.ts";
import { type Line, tone } from "../screen/mod.ts";
import type { Effect } from "./pane.ts";

/** @returns the error in full, as a dialog to read */
export function errorDialog<C>(what: string, { code, message, details }: EngineError): Effect<C> {
  const body: Line[] = [
    [tone("bad", message)],
    ...details.map((detail): Line => [`- ${detail}`]),
    [],
    [tone("dim", code)],
  ];
  return { kind: "dialog", dialog: { kind: "text", title: what, body } };
}
