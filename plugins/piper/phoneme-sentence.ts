/** A sentence, or what stands of one: phonemes, one code point each, with the punctuation that Piper keeps. */
export interface PhonemeSentence {
  readonly phonemes: string;
  /** False for a clause that stands alone, e.g. a text that ends with a comma. */
  readonly isWhole: boolean;
}
