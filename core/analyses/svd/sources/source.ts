import type { Matrix } from '../../../linalg/matrix.ts'
import type { SparseMatrix } from '../../../linalg/sparse.ts'
import type { SvdSummary } from '../spec.ts'

/** The matrix that is decomposed, whatever it was made from. */
export interface SvdSource {
  matrix: { kind: 'dense'; a: Matrix } | { kind: 'sparse'; a: SparseMatrix }
  rowNames: string[]
  columnNames: string[]
  /** row of the dataset each row of the matrix is; left out where rows are made of several */
  rowsUsed?: Int32Array
  /** documents each column occurs in */
  documentCounts?: Int32Array
  dropped: SvdSummary['dropped']
  /** entries of a place that had one already; they were added up */
  duplicates: number
  emptyDocuments: SvdSummary['emptyDocuments']
  text: SvdSummary['text']
  notes: string[]
}

/** Rows named one by one in the summary; more are only counted. */
export const MOST_LISTED = 10_000
