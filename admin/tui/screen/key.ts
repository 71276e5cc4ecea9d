/** A key that was pressed. */
export interface Key {
  /**
   * The character of a key that prints one, or a whole text if it was pasted; else up, down, left, right, pageup, pagedown,
   * home, end, enter, escape, tab, shift-tab, backspace, delete, insert, f1 to f12, or ctrl- and a letter.
   */
  readonly name: string;
  /** Whether the name is text that can be typed into a field. */
  readonly prints: boolean;
}

/** @returns a key by its name, e.g. "s" or "enter" */
export function keyNamed(name: string): Key {
  return { name, prints: [...name].length === 1 };
}
