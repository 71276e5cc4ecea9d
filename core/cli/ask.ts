import { createInterface } from "node:readline/promises";
import { SyrinxError } from "../errors.ts";

/**
 * Asks on the terminal whether something is to be done; the answer to fall back on is no.
 *
 * @param yes it was said beforehand, and nothing is asked
 * @throws SyrinxError cancelled if the answer is no; usage if there is no terminal to ask on
 */
export async function ask(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new SyrinxError("usage", "Nothing was changed, as there is no terminal to ask on: add --yes");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // An end of input, or Ctrl-C, is no answer, and so a no.
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new SyrinxError("cancelled", "Nothing was changed");
}
