/**
 * Tests that are skipped where something is missing, and say so in their names: nobody takes silence for a pass.
 *
 * @module
 */
import { describe, test } from "bun:test";

/** @returns why what needs a program is skipped here; undefined: the program is there */
export function withoutProgram(name: string): string | undefined {
  return Bun.which(name) === null ? `${name} is not on the PATH` : undefined;
}

/** @param reason why these tests are skipped; undefined: they are not */
export function describeUnless(reason: string | undefined) {
  return (name: string, body: () => void) =>
    describe.skipIf(reason !== undefined)(name + because(reason), body);
}

/** @param reason why the test is skipped; undefined: it is not */
export function testUnless(reason: string | undefined) {
  return (name: string, body: () => Promise<void>) =>
    test.skipIf(reason !== undefined)(name + because(reason), body);
}

function because(reason: string | undefined): string {
  return reason === undefined ? "" : ` [skipped: ${reason}]`;
}
