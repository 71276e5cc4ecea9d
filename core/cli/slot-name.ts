/** @returns the slot that a person means: `slt` is the voice slot `voices.slt`; others are named whole */
export function slotName(given: string): string {
  return given.includes(".") ? given : `voices.${given}`;
}
