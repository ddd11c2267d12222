import { basename, dirname, extname, join } from 'node:path'
import { svdParamsSchema, type SvdParams } from '../analyses/svd/params.ts'
import { readSource } from '../analyses/svd/sources/read-source.ts'
import { countText } from '../analyses/svd/sources/text.ts'
import type { SvdSummary } from '../analyses/svd/spec.ts'
import type { ResultArray } from '../contract/analysis.ts'
import { svdModelJsonSchema } from '../contract/svd-model.ts'
import type { TableView } from '../contract/table.ts'
import { writeModelJson } from '../export/model-file/json.ts'
import { writeModelNpz } from '../export/model-file/npz.ts'
import { svdPython } from '../export/script/svd-python.ts'
import { svdModelOf } from '../export/svd/svd-model.ts'
import type { SparseMatrix } from '../linalg/sparse.ts'
import type { Watch } from '../linalg/watch.ts'
import type { CarrySvdTask } from './carry-request.ts'
import { watched } from './carry-task.ts'
import { deflated } from './export-task.ts'
import { viewOf } from './read-known-model.ts'
import { reading } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'
import { writeWhole } from './write-whole.ts'

/** Writes a truncated SVD to a file, whole or not at all; a script has its model and the matrix in an NPZ file beside it.
 * @throws CANCELLED | FILE_NOT_WRITABLE | TEXTS_TOO_LONG | what reading the table throws */
export function carrySvd({ path, format, result, table, origin }: CarrySvdTask, outside: TaskOutside): number {
  return reading(outside, (reader) => {
    const { post, checkpoint } = outside
    post({ type: 'progress', phase: 'Reading the model', fraction: 0 })
    const params = svdParamsSchema.parse(result.params)
    const stored = reader.result<SvdSummary>(result)
    const model = svdModelOf(stored, params, origin)
    const say = (fraction: number): void => post({ type: 'progress', phase: 'Writing', fraction })
    say(0.1)
    if (format === 'json') return writeWhole(path, watched(writeModelJson(model, svdModelJsonSchema()), outside))
    if (format === 'npz') return writeWhole(path, watched(writeModelNpz(model, deflated), outside))
    const watch: Watch = {
      checkpoint,
      progress: (fraction) => post({ type: 'progress', phase: 'Reading the table', fraction: 0.1 + fraction / 2 })
    }
    const matrix = matrixArrays(viewOf(table, reader), params, watch)
    say(0.7)
    const beside = join(dirname(path), `${basename(path, extname(path))}-model.npz`)
    const whole = { ...model, arrays: { ...model.arrays, ...matrix } }
    const bytes = writeWhole(beside, watched(writeModelNpz(whole, deflated), outside))
    return bytes + writeWhole(path, [svdPython(model.head, stored.summary, basename(beside))])
  })
}

/** A as a script reads it, of text the counts that are weighed: as compressed rows where it is sparse. */
function matrixArrays(table: TableView, params: SvdParams, watch: Watch): Record<string, ResultArray> {
  if (params.source === 'text') return sparseArrays(countText(table, params, watch).counts)
  const { matrix } = readSource(table, params, watch)
  if (matrix.kind === 'sparse') return sparseArrays(matrix.a)
  const { rows, columns, data } = matrix.a
  return { matrix: { dtype: 'float64', shape: [rows, columns], data } }
}

const sparseArrays = ({ rowStarts, columnIndexes, values }: SparseMatrix): Record<string, ResultArray> => ({
  matrixStarts: { dtype: 'int32', shape: [rowStarts.length], data: rowStarts },
  matrixColumns: { dtype: 'int32', shape: [columnIndexes.length], data: columnIndexes },
  matrixValues: { dtype: 'float64', shape: [values.length], data: values }
})
