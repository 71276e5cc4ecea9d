import type { Pane } from "../pane.ts";

export const events: Pane<undefined> = {
  name: "events",
  initial: undefined,
  needs: [],
  key: () => undefined,
  draw: () => [["events"]],
  hints: () => [],
};
