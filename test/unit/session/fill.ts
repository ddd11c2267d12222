import { commaDialect } from '../../../core/contract/table.ts'
import type { CopyWatch } from '../../../core/session/copy.ts'
import type { FinishedAnalysis } from '../../../core/session/held-result.ts'
import type { SessionFile } from '../../../core/session/session-file.ts'
import { encodeChunk } from '../../../core/table/chunks.ts'

/** A copy that nobody follows or stops. */
export const unwatched: CopyWatch = { checkpoint: () => undefined, progress: () => undefined }

/** Stores a dataset as an import does: its chunks first, then one step that makes it visible. One column x of 1, 2, 3. */
export function importDataset(session: SessionFile, id: string): void {
  session.datasets.begin(id, id)
  addChunks(session, id)
  session.history.record(`import ${id}`, () => finishDataset(session, id))
}

export function addChunks(session: SessionFile, id: string): void {
  session.datasets.addChunk(id, 0, 0, encodeChunk({ kind: 'number', values: Float64Array.of(1, 2, 3) }))
  session.datasets.addChunk(id, -1, 0, encodeChunk({ kind: 'codes', codes: Int32Array.of(2, 3, 4) }))
}

export function finishDataset(session: SessionFile, id: string): void {
  session.datasets.finish(id, {
    nRows: 3,
    columns: [{ name: 'x', type: 'number', missing: 0 }],
    dictionaries: [null],
    ratings: null,
    source: {
      fileName: `${id}.csv`,
      bytes: 8,
      sha256: 'x',
      dialect: commaDialect
    },
    problems: { kept: [], counts: {}, total: 0 },
    nRowsLeftOut: 0
  })
}

/** A finished run, stored as the engine does it, but in no step of the history. */
export function storeResult(session: SessionFile, finished: FinishedAnalysis): void {
  const steps = session.analyses.hold(finished, (mutate) => mutate())
  while (!steps.next().done) continue
  session.analyses.drop(finished.id)
}

/** A result of a dataset with one array. */
export function addAnalysis(session: SessionFile, id: string, datasetId: string, replaces?: string): void {
  storeResult(session, {
    id,
    datasetId,
    kind: 'pca',
    name: `PCA ${id}`,
    params: { scale: 'none' },
    milliseconds: 3,
    result: {
      summary: { nSamples: 3 },
      arrays: { scores: { dtype: 'float64', shape: [3, 1], data: Float64Array.of(1, 2, 3) } },
      lists: {}
    },
    replaces
  })
}
