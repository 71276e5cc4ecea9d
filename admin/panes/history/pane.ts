import type { Pane } from "../pane.ts";

export const history: Pane<undefined> = {
  name: "history",
  initial: undefined,
  needs: [],
  key: () => undefined,
  draw: () => [["history"]],
  hints: () => [],
};
