/**
 * Dialogs that open over a pane: questions, choices, entry fields and texts.
 *
 * @module
 */

export { type Answer, answered } from "./answer.ts";
export {
  type Choice,
  type ChoiceItem,
  type Dialog,
  type Entry,
  mapDialog,
  type Question,
  type Text,
} from "./dialog.ts";
export { dialogKeys } from "./dialog-keys.ts";
export { dialogLines } from "./dialog-lines.ts";
export { dialogColumns } from "./dialog-size.ts";
export { type OpenDialog, opened } from "./open-dialog.ts";
