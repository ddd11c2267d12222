/** A term of the field: what it means in one or two plain sentences, its formula, and where it is defined. */
export interface GlossaryTerm {
  id: string
  term: string
  meaning: string
  /** TeX */
  formula?: string
  /** paper or book, with the page, section or equation */
  source: string
  /** how sentences write it, where that is not the term itself; none of [] is ever linked */
  words?: string[]
}
