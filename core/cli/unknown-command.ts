/**
 * What a command line with a word that is no command is told.
 *
 * @module
 */
import type { Command } from "commander";
import { distance } from "fastest-levenshtein";
import { SyrinxError } from "../errors.ts";

/** Words that people try, and what does what they want. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  status: "syrinx slots shows what runs, and syrinx admin shows it live",
  stop: "an engine stops at Ctrl-C in its terminal, or at kill PID. Its pid is in $SYRINX_HOME/engine.json",
};

/** @throws SyrinxError usage, if the word is one that people try in place of another command */
export function requireCommand(word: string | undefined): void {
  const hint = word !== undefined && Object.hasOwn(ELSEWHERE, word) ? ELSEWHERE[word] : undefined;
  if (hint !== undefined) throw new SyrinxError("usage", `There is no command "${word}": ${hint}`);
}

/**
 * Makes a command that does something by itself, and has commands within it, refuse their misspelt names with the nearest
 * one. Commander would take them for arguments.
 */
export function refuseUnknownCommands(command: Command): void {
  command.allowExcessArguments().hook("preAction", (_, acting) => {
    const [word] = command.args;
    if (acting !== command || word === undefined) return;
    const names = command.commands.map((one) => one.name());
    const near = names.find((name) => distance(word, name) <= name.length / 2);
    const hint =
      near === undefined
        ? `there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`
        : `did you mean "${near}"?`;
    throw new SyrinxError("usage", `There is no command "${command.name()} ${word}": ${hint}`);
  });
}
