import { basename, dirname, extname, join } from 'node:path'
import { pcaParamsSchema, pcaSpec, type PcaParams, type PcaSummary } from '../analyses/pca/spec.ts'
import { parseRowRuns } from '../analyses/pca/figures/row-runs.ts'
import { EigendeskError } from '../contract/errors.ts'
import { plainExport } from '../contract/export.ts'
import type { scriptCalls } from '../contract/script-calls.ts'
import { expectedNumbers, whyNotTheFile, type ScriptFacts } from '../export/script/facts.ts'
import { pythonScript } from '../export/script/python.ts'
import { rScript } from '../export/script/r.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Handlers } from './dispatch.ts'
import { FILLED_ARRAYS, type ExportTask } from './export-request.ts'
import { runExport, storedTable } from './export-stored.ts'
import type { EngineParts } from './parts.ts'
import { provenanceOf } from './provenance.ts'
import { referToResult } from './session-requests.ts'
import { software } from './software.ts'
import { writeWhole } from './write-whole.ts'

const writers = { python: pythonScript, r: rScript }

/** Calls that write an analysis as a program of its own. */
export function scriptHandlers({
  desk,
  grants,
  jobs,
  pool
}: Omit<EngineParts, 'emit'>): Pick<Handlers, keyof typeof scriptCalls> {
  return {
    'export.script': async ({ analysisId, language, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      const { datasetId } = session.analyses.get(analysisId)
      const beside = join(dirname(path), `${basename(path, extname(path))}-data.csv`)
      const facts = scriptFacts(session, analysisId, basename(beside))
      const table = facts.instead === null ? null : fittedTable(session, analysisId, facts.params)
      const jobId = jobs.add({ kind: 'export', name: `Export ${basename(path)}`, datasetId }, async (control) => {
        if (table) {
          const choices = { ...plainExport, guard: false }
          await runExport(pool, session, { task: 'export', path: beside, format: 'csv', choices, from: table }, control)
        }
        return { bytes: writeWhole(path, [writers[language](facts)]) }
      })
      return { jobId }
    }
  }
}

/** What a script says.
 * @param beside the name of the table that is written beside it where it cannot read the imported file
 * @throws ANALYSIS_UNKNOWN | INVALID_CALL where the result is no PCA */
export function scriptFacts(session: SessionFile, analysisId: string, beside: string): ScriptFacts {
  const record = session.analyses.get(analysisId)
  if (record.kind !== 'pca') throw new EigendeskError('INVALID_CALL', { reason: `no script of a ${record.kind}` })
  const dataset = session.datasets.get(record.datasetId)
  // A result of an older version was asked for less: what it did not know has the value it had then.
  const params = pcaParamsSchema.parse(pcaSpec.defaults(dataset, record.params))
  const summary = record.summary as unknown as PcaSummary
  const numbers = (name: string): Float64Array | Int32Array => session.analyses.array(analysisId, name).data
  // A few rows, read from the chunks they lie in.
  const scores = session.analyses.parts(analysisId, 'scores')
  const scoresOf = (rows: number[], columns: number[]): Float64Array => scores.rows(rows, columns)
  const instead = whyNotTheFile(dataset, params)
  return {
    software,
    name: record.name,
    provenance: provenanceOf(dataset),
    file: instead === null ? dataset.source.fileName : beside,
    instead,
    params,
    summary,
    supplementary: Array.from(parseRowRuns(params.supplementaryRows, dataset.nRows, 'Supplementary rows')),
    expected: expectedNumbers(
      summary,
      numbers('components'),
      scoresOf,
      numbers('spectrum'),
      projectedRows(session, analysisId)
    )
  }
}

/** Rows that were projected as they stand in the table: no cell of theirs was filled. */
function projectedRows(session: SessionFile, analysisId: string): Parameters<typeof expectedNumbers>[4] {
  const { analyses } = session
  const { arrays } = analyses.get(analysisId)
  const rowsOf = (name: string): ArrayLike<number> =>
    Object.hasOwn(arrays, name) ? analyses.array(analysisId, name).data : []
  const used = rowsOf('supplementaryRowsUsed')
  const filled = new Set(Array.from(rowsOf('supplementaryImputedRow')))
  const places = Array.from(used, (_, place) => place).filter((place) => !filled.has(used[place]!))
  return {
    rows: places.map((place) => used[place]!),
    places,
    scoresOf: (rows, columns) => analyses.parts(analysisId, 'supplementaryScores').rows(rows, columns)
  }
}

/** The columns that are fitted, every row of them, and the weights; cells filled in where an iterative PCA did that. */
function fittedTable(
  session: SessionFile,
  analysisId: string,
  { columns, weight, missing }: PcaParams
): Extract<ExportTask['from'], { stored: unknown }> {
  const dataset = session.datasets.get(session.analyses.get(analysisId).datasetId)
  const names = weight === null ? columns : [...columns, weight]
  const filled = missing === 'iterative' ? referToResult(session, analysisId, FILLED_ARRAYS) : null
  return { stored: { ...storedTable(session, dataset, names, null), name: 'data' }, filled }
}
