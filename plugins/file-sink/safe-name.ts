/**
 * Most file systems allow names of 255 bytes. This leaves room for the suffix of a second file with the same name, and
 * for the additions to the name of a temporary file.
 */
export const MAX_NAME_BYTES = 240;

const MAX_SLUG = 40;

/**
 * Separators, characters that Windows and its network shares refuse, control and format characters, and lone
 * surrogates.
 */
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]+/gu;

/** @returns `value` with dashes instead of unsafe characters; never empty, `.` or `..` */
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

/** @returns a name for a file or folder, at most 240 bytes of UTF-8. A long name is cut before its extension */
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
