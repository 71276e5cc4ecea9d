/**
 * Says what a value may be, where a schema gives a choice.
 *
 * @module
 */

/** What these words need of a branch of `anyOf` or `oneOf`. */
interface Branch {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly description?: string;
}

/**
 * @param branches of `anyOf` or `oneOf`
 * @returns e.g. `a number from -40 to -10 or "off"`; undefined: a branch is not a simple value, or has no words
 */
export function choiceText(branches: readonly Branch[]): string | undefined {
  const texts = branches.map(branchText);
  return texts.includes(undefined) ? undefined : texts.join(" or ");
}

function branchText(branch: Branch): string | undefined {
  if (branch.const !== undefined) return JSON.stringify(branch.const);
  switch (branch.type) {
    case "number":
      return `a number${rangeText(branch)}`;
    case "integer":
      return `a whole number${rangeText(branch)}`;
    case "string":
      return branch.pattern === undefined ? undefined : branch.description;
    default:
      return undefined;
  }
}

function rangeText({ minimum, maximum }: Branch): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? "" : ` of at most ${maximum}`;
}
