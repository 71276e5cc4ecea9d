/**
 * @param unasked names of sources, at least one
 * @returns a line that says that what they say was not looked at
 */
export function unaskedText(unasked: readonly string[]): string {
  const sources = unasked.length === 1 ? "the source" : "the sources";
  return `not asked: ${sources} ${unasked.join(", ")}, which an engine lays over the file`;
}
