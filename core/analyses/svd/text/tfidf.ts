import { inPieces, ordinaryArray } from '../../../linalg/passes.ts'
import { createSparse, type SparseMatrix } from '../../../linalg/sparse.ts'
import type { Watch } from '../../../linalg/watch.ts'

export interface TermLimits {
  /** a term is kept where it occurs in at least so many documents … */
  minDocuments: number
  /** … and in at most this share of them */
  maxShare: number
}

export interface TermCounts {
  /** documents × terms: how often each term occurs */
  counts: SparseMatrix
  /** in the order of their code units */
  terms: string[]
  /** documents each term occurs in */
  documentCounts: Int32Array
  /** terms left out for occurring in too few or too many documents */
  rare: number
  frequent: number
}

/** Collects the terms of documents, one after the other. */
export class TermCounter {
  readonly #places = new Map<string, number>()
  readonly #documents: number[] = []
  /** of each entry: document, term, count */
  readonly #rows: number[] = []
  readonly #terms: number[] = []
  readonly #counts: number[] = []
  #nDocuments = 0

  /** @param terms of the next document, in any order */
  add(terms: readonly string[]): void {
    const row = this.#nDocuments++
    const counted = new Map<number, number>()
    for (const term of terms) {
      let place = this.#places.get(term)
      if (place === undefined) {
        place = this.#places.size
        this.#places.set(term, place)
        this.#documents.push(0)
      }
      counted.set(place, (counted.get(place) ?? 0) + 1)
    }
    for (const [place, count] of counted) {
      this.#documents[place]!++
      this.#rows.push(row)
      this.#terms.push(place)
      this.#counts.push(count)
    }
  }

  /** How often the terms within the limits occur in each document. */
  select({ minDocuments, maxShare }: TermLimits, watch: Watch): TermCounts {
    const n = this.#nDocuments
    const most = maxShare * n
    let [rare, frequent] = [0, 0]
    const kept: string[] = []
    for (const [term, place] of this.#places) {
      const documents = this.#documents[place]!
      if (documents < minDocuments) rare++
      else if (documents > most) frequent++
      else kept.push(term)
    }
    kept.sort()
    const newPlace = new Int32Array(this.#places.size).fill(-1)
    const documentCounts = new Int32Array(kept.length)
    kept.forEach((term, j) => {
      const place = this.#places.get(term)!
      newPlace[place] = j
      documentCounts[j] = this.#documents[place]!
    })
    const used = Int32Array.from(this.#rows.keys()).filter((e) => newPlace[this.#terms[e]!]! >= 0)
    const rowIndexes = used.map((e) => this.#rows[e]!)
    const columnIndexes = used.map((e) => newPlace[this.#terms[e]!]!)
    const values = Float64Array.from(used, (e) => this.#counts[e]!)
    const counts = createSparse(n, kept.length, { rowIndexes, columnIndexes, values }, watch)
    return { counts, terms: kept, documentCounts, rare, frequent }
  }
}

/** idf = ln((1 + n)/(1 + documents with the term)) + 1: scikit-learn's smooth_idf. n counts all documents, empty ones too. */
export function inverseFrequencies(documentCounts: ArrayLike<number>, nDocuments: number): Float64Array {
  return Float64Array.from(documentCounts, (documents) => Math.log((1 + nDocuments) / (1 + documents)) + 1)
}

/** Counts weighed by TF-IDF, count · idf, rows then divided by their length: what scikit-learn's TfidfVectorizer does by default.
 * @param counts documents × terms; not modified, and it shares its structure with what is returned
 * @param sublinear 1 + ln(count) in place of the count
 * @returns rows of length 1, or 0 where a document has no term */
export function weighTerms(
  counts: SparseMatrix,
  idf: ArrayLike<number>,
  sublinear: boolean,
  watch: Watch
): SparseMatrix {
  const { rows, rowStarts, columnIndexes } = counts
  const values = ordinaryArray(counts.values.length)
  inPieces(values.length, 1, watch, (from, to) => {
    for (let e = from; e < to; e++) {
      const count = counts.values[e]!
      values[e] = (sublinear ? 1 + Math.log(count) : count) * idf[columnIndexes[e]!]!
    }
  })
  inPieces(rows, Math.max(1, Math.ceil(values.length / Math.max(1, rows))), watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = values.subarray(rowStarts[i], rowStarts[i + 1])
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
      if (length > 0) row.forEach((value, e) => (row[e] = value / length))
    }
  })
  return { ...counts, values }
}
