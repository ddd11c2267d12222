import { z } from 'zod'
import type { ResultArray } from './analysis.ts'
import { call } from './call.ts'
import { fileTokenSchema } from './file-token.ts'

/** Rows of a table on the factors of a truncated SVD. */
export interface PlacedRows {
  names: string[]
  /** row of the table each is, 0-based; null where rows are made of several */
  rowsUsed: Int32Array | null
  /** rows × K: the row of A times V */
  coordinates: ResultArray
  /** share of each row's squared length that the factors hold; NaN where it has none */
  cos2: Float64Array
  /** columns of the new matrix, terms of the new texts, that the model does not know */
  unknown: number
  notes: string[]
}

/** Calls about truncated SVDs. */
export const svdCalls = {
  /** places the rows of a dataset with a model from its file; nothing is stored */
  'svd.place': call(
    z.object({ model: fileTokenSchema, datasetId: z.string().min(1) }),
    z.custom<{ model: string; placed: PlacedRows }>()
  )
}
