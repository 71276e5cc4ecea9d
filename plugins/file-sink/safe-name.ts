/**
 * Most file systems take names of 255 bytes; this leaves room for the suffix of a second file of the same name and for
 * what a file that is being written has around its name.
 */
export const MAX_NAME_BYTES = 240;

const MAX_SLUG = 40;

/** Separators, what Windows and its network shares refuse, control and format characters, and lone surrogates. */
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]+/gu;

/** @returns `value` with what no file name should hold turned into dashes; never empty, `.` or `..` */
export function safeField(value: string): string {
  const safe = value
    .normalize("NFC")
    .replaceAll(UNSAFE, "-")
    .replace(/^[. ]+|[. ]+$/g, "");
  return safe === "" ? "_" : safe;
}

/** @returns at most 40 letters and digits of any script, in lower case, with dashes between the words */
export function slug(text: string): string {
  const words =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const cut = [...words.join("-")].slice(0, MAX_SLUG).join("").replace(/-$/, "");
  return cut === "" ? "untitled" : cut;
}

/** @returns the name of a file or folder, at most 240 bytes of UTF-8; what is cut off stands before the extension */
export function safeComponent(name: string): string {
  const safe = safeField(name);
  if (Buffer.byteLength(safe) <= MAX_NAME_BYTES) return safe;
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(safe)?.[0] ?? "";
  const room = MAX_NAME_BYTES - Buffer.byteLength(extension);
  let stem = "";
  let bytes = 0;
  for (const character of safe.slice(0, safe.length - extension.length)) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    stem += character;
  }
  return stem + extension;
}
