import { createInterface } from "node:readline/promises";
import { SyrinxError } from "../errors.ts";

/**
 * Asks on the terminal whether to do something. The default answer is no.
 *
 * @param yes whether to skip the question, as `--yes` says
 * @throws SyrinxError cancelled if the answer is no; usage if there is no terminal to ask on
 */
export async function ask(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new SyrinxError("usage", "Nothing was changed because there is no terminal to ask on: add --yes");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The end of the input, or Ctrl-C, counts as no.
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new SyrinxError("cancelled", "Nothing was changed");
}
