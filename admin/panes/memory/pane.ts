import type { Pane } from "../pane.ts";

export const memory: Pane<undefined> = {
  name: "memory",
  initial: undefined,
  needs: [],
  key: () => undefined,
  draw: () => [["memory"]],
  hints: () => [],
};
