import { EigendeskError } from '../contract/errors.ts'
import { analysisRecordSchema, datasetInfoSchema } from '../contract/session.ts'
import { LINES_POSITION, storageKind } from '../table/chunks.ts'
import { AnalysisStore } from './analyses.ts'
import { CheckpointStore } from './checkpoints.ts'
import type { Connection } from './database.ts'
import { DatasetStore } from './datasets.ts'
import { studyRecordSchema } from '../contract/study-calls.ts'
import { History } from './history.ts'
import { StudyStore } from './studies.ts'

interface ChunkSizes {
  position: number
  chunks: number
  last: number
  longest: number
  bytes: number
}

interface ArraySizes {
  name: string
  dtype: 'float64' | 'int32'
  shape: string
  bytes: number
}

/** Whether what our tables hold is what we would have written: descriptions that match the contract, and as many bytes
 * as they promise. Nothing large is read. A file that passes can be listed, shown and closed without surprise.
 * @throws SESSION_CORRUPT */
export function checkContents(db: Connection, file: string): void {
  const [datasets, analyses, history] = [new DatasetStore({ db }), new AnalysisStore({ db }), new History({ db })]
  const studies = new StudyStore({ db })
  const refuse = (reason: string): never => {
    throw new EigendeskError('SESSION_CORRUPT', { file, reason })
  }
  try {
    for (const dataset of datasets.listKept()) {
      datasetInfoSchema.parse(dataset)
      if (!datasetIsWhole(db, dataset.id, dataset.nRows, dataset.columns)) {
        refuse(`the columns of "${dataset.name}" are not whole`)
      }
    }
    for (const analysis of analyses.listKept()) {
      const { id, name } = analysisRecordSchema.parse(analysis)
      if (!arraysAreWhole(db, id)) refuse(`the numbers of "${name}" are not whole`)
      for (const study of studies.list(id)) studyRecordSchema.parse(study)
    }
    history.check()
    new CheckpointStore({ db }, history).list()
  } catch (thrown) {
    if (thrown instanceof EigendeskError) throw thrown
    // A description that is no JSON, or not the JSON we write.
    refuse('a description in it cannot be read')
  }
}

function datasetIsWhole(
  db: Connection,
  id: string,
  nRows: number,
  columns: { name: string; type: Parameters<typeof storageKind>[0] }[]
): boolean {
  const sizes = new Map(
    db
      .prepare<[string], ChunkSizes>(
        `SELECT position, count(*) AS chunks, max(chunk) AS last, max(length(data)) AS longest,
           sum(length(data)) AS bytes FROM column_chunk WHERE dataset_id = ? GROUP BY position`
      )
      .all(id)
      .map((size) => [size.position, size])
  )
  const stored = db
    .prepare<[string], { name: string; type: string; dictionary: string | null }>(
      'SELECT name, type, dictionary FROM dataset_column WHERE dataset_id = ? ORDER BY position'
    )
    .all(id)
  const chunkRows = db.prepare('SELECT chunk_rows FROM dataset WHERE id = ?').pluck().get(id)
  if (!Number.isInteger(chunkRows) || (chunkRows as number) < 1) return false
  const wanted = Math.ceil(nRows / (chunkRows as number))
  const isWhole = (position: number, width: number | null): boolean => {
    const size = sizes.get(position)
    if (!size) return wanted === 0
    if (size.chunks !== wanted || size.last !== wanted - 1) return false
    return width === null || (size.bytes === nRows * width && size.longest <= (chunkRows as number) * width)
  }
  const widths = { number: Float64Array.BYTES_PER_ELEMENT, codes: Int32Array.BYTES_PER_ELEMENT, text: null }
  return (
    isWhole(LINES_POSITION, Int32Array.BYTES_PER_ELEMENT) &&
    columns.every(({ name, type }, position) => {
      const column = stored[position]!
      const words: unknown = JSON.parse(column.dictionary ?? '[]')
      const named = column.name === name && column.type === type
      return named && Array.isArray(words) && isWhole(position, widths[storageKind(type)])
    })
  )
}

function arraysAreWhole(db: Connection, id: string): boolean {
  const arrays = db
    .prepare<[string], ArraySizes>(
      `SELECT a.name, a.dtype, a.shape, coalesce(sum(length(c.data)), 0) AS bytes
       FROM result_array a LEFT JOIN result_chunk c ON c.analysis_id = a.analysis_id AND c.name = a.name
       WHERE a.analysis_id = ? GROUP BY a.name`
    )
    .all(id)
  return arrays.every(({ dtype, shape, bytes }) => {
    const length = (JSON.parse(shape) as number[]).reduce((product, n) => product * n, 1)
    return bytes === length * (dtype === 'float64' ? Float64Array.BYTES_PER_ELEMENT : Int32Array.BYTES_PER_ELEMENT)
  })
}
