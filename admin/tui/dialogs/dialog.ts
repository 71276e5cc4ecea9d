import type { Line } from "../screen/mod.ts";

/**
 * Dialogs that open over a pane. C is the change of the pane that follows the answer. Escape closes a dialog without one.
 */
export type Dialog<C> = Question<C> | Choice<C> | Entry<C> | Text;

/** Asks before something is done. The default answer is Cancel. */
export interface Question<C> {
  readonly kind: "question";
  readonly title: string;
  /** What it would do, with names and versions. */
  readonly body: readonly Line[];
  /** The answer that does it, e.g. Swap. */
  readonly yes: string;
  /** The command that does the same. */
  readonly command?: string;
  readonly then: C;
}

/** Lets the user choose from a list; typing filters it. */
export interface Choice<C> {
  readonly kind: "choice";
  readonly title: string;
  readonly items: readonly ChoiceItem[];
  /** The one that the cursor begins on. */
  readonly first?: number;
  /** @param index into `items` */
  choose(index: number): C;
}

export interface ChoiceItem {
  readonly label: string;
  /** What it means, behind the label. */
  readonly note?: string;
}

/** Lets the user type a line of text. */
export interface Entry<C> {
  readonly kind: "entry";
  readonly title: string;
  readonly body: readonly Line[];
  readonly text: string;
  /** @returns why the text cannot be taken; undefined: it can */
  check?(text: string): string | undefined;
  enter(text: string): C;
}

/** Something to read, e.g. an error in full. */
export interface Text {
  readonly kind: "text";
  readonly title: string;
  readonly body: readonly Line[];
  /** The command that shows the same. */
  readonly command?: string;
}

/** @returns the dialog with another kind of change that follows its answer */
export function mapDialog<C, D>(dialog: Dialog<C>, map: (change: C) => D): Dialog<D> {
  switch (dialog.kind) {
    case "question":
      return { ...dialog, then: map(dialog.then) };
    case "choice":
      return { ...dialog, choose: (index) => map(dialog.choose(index)) };
    case "entry":
      return { ...dialog, enter: (text) => map(dialog.enter(text)) };
    case "text":
      return dialog;
  }
}
