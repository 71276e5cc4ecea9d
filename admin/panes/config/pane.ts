import type { Pane } from "../pane.ts";

export const config: Pane<undefined> = {
  name: "config",
  initial: undefined,
  needs: [],
  key: () => undefined,
  draw: () => [["config"]],
  hints: () => [],
};
