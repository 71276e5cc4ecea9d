/**
 * What opens over a pane: questions, lists to choose from, fields, and texts to read.
 *
 * @module
 */
export {
  type Choice,
  type ChoiceItem,
  type Dialog,
  type Entry,
  mapDialog,
  type Question,
  type Text,
} from "./dialog.ts";
export { type Answer, answered } from "./answer.ts";
export { dialogKeys } from "./dialog-keys.ts";
export { dialogLines } from "./dialog-lines.ts";
export { dialogColumns } from "./dialog-size.ts";
export { type OpenDialog, opened } from "./open-dialog.ts";
