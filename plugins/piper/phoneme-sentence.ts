/** A sentence or a part of one: phonemes of one code point each, with the punctuation that Piper keeps. */
export interface PhonemeSentence {
  readonly phonemes: string;
  /** False for a part without an end, e.g. a text that ends with a comma. */
  readonly isWhole: boolean;
}
