/**
 * Finds where espeak-ng ends a clause, and with which punctuation. The WebAssembly build lacks espeak-ng's own call for
 * that, so this file follows its rules, as observed with espeak-ng 1.52. A mark ends a clause only before white space,
 * a bracket or a quote (so `3.14` and `1,000` stay whole). A dot does not end one before a lower-case word (`e.g.
 * this`). No mark ends a clause that has no letter or digit yet.
 *
 * @module
 */

/** One clause, as espeak-ng divides the text. */
export interface Clause {
  /** The clause with its mark and the white space after it. */
  readonly text: string;
  /** `.`, `,`, `?`, `!`, `:`, `;`, or empty if Piper keeps no mark. */
  readonly mark: string;
  readonly endsSentence: boolean;
}

interface Terminator {
  readonly mark: string;
  readonly endsSentence: boolean;
  /** Ends the clause even directly before a letter, as in Chinese. */
  readonly spaceOptional?: true;
}

const ELLIPSIS: Terminator = { mark: "", endsSentence: false, spaceOptional: true };
const PARAGRAPH: Terminator = { mark: "", endsSentence: true };
const OVERLONG: Terminator = { mark: "", endsSentence: false };

/** After this many bytes of UTF-8, espeak-ng breaks at the next character that is no letter or digit. */
const CLAUSE_BYTES = 725;

const TERMINATORS = new Map<string, Terminator>();
function terminators(characters: string, terminator: Terminator): void {
  for (const character of characters) TERMINATORS.set(character, terminator);
}
terminators(".۔܁܄።᙮᠃᠉⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛⳹⳾⸳⸼︒﹒｡", { mark: ".", endsSentence: true });
terminators(",՝،܂߸༔፣᠂᠈⸲⸴⹁︐︑﹐﹑､", { mark: ",", endsSentence: false });
terminators("?\u037e؟܉፧᥅⁇❓❔⳺⳻︖﹖", { mark: "?", endsSentence: true });
terminators("!܃߹᥄‼❕❗❢❣︕﹗", { mark: "!", endsSentence: true });
terminators(":܆܇፥፦᠄⦂︓﹕", { mark: ":", endsSentence: false });
terminators(";\u0387؛܈፤–—⁏⸵⸺⸻︔︱︲﹔", { mark: ";", endsSentence: false });
// Piper compares the whole terminator. The terminators of these marks have one more bit, so Piper keeps no mark for
// them.
terminators("¡¿、，：；", { mark: "", endsSentence: false, spaceOptional: true });
terminators("։।෴།。！．？", { mark: "", endsSentence: true, spaceOptional: true });
terminators("…ຯ᠁⋮⋯⋰⋱︙", ELLIPSIS);
terminators("܀॥༎჻፨\u2029", PARAGRAPH);

/** C's iswspace: unlike `\s`, without the no-break spaces. */
const SPACE = /^[\t-\r \x85\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]$/u;
const BRACKET = /^[()[\]{}<>"'`«»《》\u2014-\u201f]$/u;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}\p{M}]$/u;
const LOWER_CASE = /^\p{Ll}$/u;

/** @returns the clauses of a text, in order; together they are the whole text */
export function splitClauses(text: string): Clause[] {
  const characters = [...text];
  const clauses: Clause[] = [];
  let start = 0;
  let position = 0;
  let bytes = 0;
  let spoken = false;

  const end = (next: number, { mark, endsSentence }: Terminator) => {
    clauses.push({ text: characters.slice(start, next).join(""), mark, endsSentence });
    start = position = next;
    bytes = 0;
    spoken = false;
  };

  while (position < characters.length) {
    const character = characters[position]!;
    bytes += Buffer.byteLength(character);
    const isWord = LETTER_OR_DIGIT.test(character);
    spoken ||= isWord;

    if (character === "\n") {
      const after = skipSpace(characters, position + 1);
      if (after.newlines > 0) end(after.next, PARAGRAPH);
      else position = after.next;
      continue;
    }
    const found = terminatorAt(characters, position);
    if (!found) {
      position++;
      if (bytes > CLAUSE_BYTES && !isWord) end(position, OVERLONG);
      continue;
    }
    const after = skipSpace(characters, found.next);
    if (after.newlines > 1) end(after.next, PARAGRAPH);
    else if (endsClause(characters, found, after, spoken)) end(after.next, found.terminator);
    else position = after.next;
  }
  if (start < characters.length) end(characters.length, PARAGRAPH);
  return clauses;
}

interface Found {
  terminator: Terminator;
  /** A single dot, which may also end an abbreviation. */
  isDot: boolean;
  next: number;
}

/** The mark at a position, together with the marks directly after it. The first one counts (`?!` is a question). */
function terminatorAt(characters: string[], position: number): Found | undefined {
  let terminator = TERMINATORS.get(characters[position]!);
  if (!terminator) return undefined;
  let next = position + 1;
  const isEllipsis = [0, 1, 2].every((offset) => characters[position + offset] === ".");
  if (isEllipsis) terminator = ELLIPSIS;
  while (next < characters.length && TERMINATORS.has(characters[next]!)) next++;
  return { terminator, isDot: characters[position] === "." && !isEllipsis, next };
}

function endsClause(
  characters: string[],
  { terminator, isDot, next }: Found,
  after: { next: number; newlines: number },
  spoken: boolean,
): boolean {
  const follower = characters[next];
  const atBoundary =
    follower === undefined || terminator.spaceOptional || SPACE.test(follower) || BRACKET.test(follower);
  if (!atBoundary) return false;
  if (after.newlines === 1) return true;
  if (!spoken) return false;
  if (!isDot) return true;
  const word = characters[after.next] ?? "";
  return !LOWER_CASE.test(word) && !(word === "'" && characters[after.next + 1] === "s");
}

function skipSpace(characters: string[], from: number): { next: number; newlines: number } {
  let next = from;
  let newlines = 0;
  while (next < characters.length && SPACE.test(characters[next]!))
    if (characters[next++] === "\n") newlines++;
  return { next, newlines };
}
