/**
 * Makes COMMANDS.md, the reference of all commands, from their own help: `bun run docs`.
 *
 * @module
 */

import { join } from "node:path";
import type { Argument, Command, Option } from "commander";
import { createProgram } from "./mod.ts";

export const REFERENCE_FILE = join(import.meta.dir, "COMMANDS.md");

const HEAD = `# Commands

Made from the help of the commands by \`bun run docs\`. Do not edit it by hand.
`;

/** @returns the reference as Markdown, formatted as `bun fmt` would */
export async function commandReference(): Promise<string> {
  const program = await createProgram();
  return [HEAD, ...program.commands.flatMap((command) => sections(command, "syrinx"))].join("\n");
}

/** @returns a section for the command, and one for each command within it */
function sections(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  const { visibleArguments, visibleOptions, visibleCommands } = helpOf(command);
  const isGroup = visibleCommands.length > 0 && visibleArguments.length === 0 && visibleOptions.length === 0;
  const section = [
    `## ${name}\n`,
    `${sentence(command.description())}\n`,
    ...(isGroup ? [] : ["```sh", `${parent} ${usage(command)}`, "```\n"]),
    ...list([...visibleArguments.map(argumentLine), ...visibleOptions.map(optionLine)]),
  ];
  return [section.join("\n"), ...visibleCommands.flatMap((one) => sections(one, name))];
}

/** @returns what the help shows, without `--help` and `help`, which all have */
function helpOf(command: Command) {
  const help = command.createHelp();
  return {
    visibleArguments: help.visibleArguments(command),
    visibleOptions: help.visibleOptions(command).filter(({ long }) => long !== "--help"),
    visibleCommands: help.visibleCommands(command).filter((one) => one.name() !== "help"),
  };
}

function usage(command: Command): string {
  return `${command.name()} ${command.usage()}`.replace(/ \[command\]/, "").trim();
}

function argumentLine(argument: Argument): string {
  const { variadic, required, defaultValue } = argument;
  const name = `${argument.name()}${variadic ? "..." : ""}`;
  return line(required ? `<${name}>` : `[${name}]`, argument.description, [], defaultValue);
}

function optionLine({ flags, description, argChoices = [], defaultValue, negate }: Option): string {
  return line(flags, description, argChoices, negate ? undefined : defaultValue);
}

function line(name: string, description: string, choices: readonly string[], byDefault: unknown): string {
  const one = choices.length > 0 ? [`one of ${choices.join(", ")}`] : [];
  const otherwise = byDefault === undefined ? [] : [`default: ${String(byDefault)}`];
  const more = [...one, ...otherwise];
  return `- \`${name}\`: ${escaped(description)}${more.length > 0 ? ` (${more.join("; ")})` : ""}`;
}

function list(lines: readonly string[]): string[] {
  return lines.length > 0 ? [...lines, ""] : [];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${escaped(text.slice(1))}.`;
}

/** Words that Markdown would take for tags, such as <slot>, stand as they are. */
function escaped(text: string): string {
  return text.replace(/[<>*]/g, "\\$&");
}

if (import.meta.main) await Bun.write(REFERENCE_FILE, await commandReference());
