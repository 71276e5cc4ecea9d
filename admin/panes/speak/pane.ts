import type { Pane } from "../pane.ts";

export const speak: Pane<undefined> = {
  name: "speak",
  initial: undefined,
  needs: [],
  key: () => undefined,
  draw: () => [["speak"]],
  hints: () => [],
};
