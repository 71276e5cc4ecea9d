import type { OpenDialog } from "./open-dialog.ts";

/** @returns the keys that work in the dialog, and what they do */
export function dialogKeys<C>({ dialog, field }: OpenDialog<C>): readonly { key: string; what: string }[] {
  switch (dialog.kind) {
    case "question":
      return [
        { key: "y", what: dialog.yes.toLowerCase() },
        { key: "Tab", what: "other answer" },
        { key: "Enter", what: "take it" },
        { key: "Esc", what: "cancel" },
      ];
    case "choice":
      return [
        { key: "Enter", what: "choose" },
        { key: "a-z", what: "filter" },
        { key: "Esc", what: field.text === "" ? "cancel" : "show all" },
      ];
    case "entry":
      return [
        { key: "Enter", what: "take it" },
        { key: "Ctrl-U", what: "clear" },
        { key: "Esc", what: "cancel" },
      ];
    case "text":
      return [
        { key: "Up Down", what: "scroll" },
        { key: "Esc", what: "close" },
      ];
  }
}
