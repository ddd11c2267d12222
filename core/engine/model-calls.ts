import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { PcaSummary } from '../analyses/pca/spec.ts'
import { sampleVariances } from '../analyses/pca/figures/hotelling.ts'
import { modelOf } from '../analyses/pca/model.ts'
import type { StoredResult } from '../contract/analysis.ts'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import { matchColumns, pcaModelSchema, type PcaModel, type Projection } from '../contract/model.ts'
import type { modelCalls, ModelSource } from '../contract/model-calls.ts'
import { describeSteps } from '../contract/preparation.ts'
import type { AnalysisRecord } from '../contract/session.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Handlers } from './dispatch.ts'
import type { EngineParts } from './parts.ts'
import { prepareAndStore } from './preparation-calls.ts'
import { software } from './software.ts'
import { writeWhole } from './write-whole.ts'

/** A model file is JSON, read whole. */
const LARGEST_FILE = 256 * 2 ** 20
/** A step is told to the page with its dataset: of a model this many numbers go into it, and no component more. */
const NUMBERS_OF_A_STEP = 200_000

/** Calls that carry the model of a result away, and apply one. */
export function modelHandlers({
  desk,
  grants,
  jobs,
  pool,
  emit
}: EngineParts): Pick<Handlers, keyof typeof modelCalls> {
  const find = async (source: ModelSource): Promise<PcaModel> =>
    'file' in source ? readModel(await grants.path(source.file, 'read')) : storedModel(desk.session, source.analysisId)
  return {
    'model.write': async ({ analysisId, file }) => {
      const path = await grants.path(file, 'write')
      const model = storedModel(desk.session, analysisId)
      return { bytes: writeWhole(path, [`${JSON.stringify(model, null, 1)}\n`]) }
    },
    'model.match': async ({ model: source, datasetId }) => {
      const { columns } = desk.session.datasets.get(datasetId)
      const model = await find(source)
      const { name, nSamples, components, provenance } = model
      const summary = {
        name,
        columns: model.columns,
        nComponents: components.length,
        nSamples,
        dataset: provenance.dataset,
        fit: {
          nSamples,
          explainedVariance: model.explainedVariance,
          totalVariance: model.totalVariance,
          divisor: divisorOf(model),
          spectrum: model.spectrum
        }
      }
      return { model: summary, match: matchColumns(model, columns) }
    },
    'model.project': async ({ model: source, datasetId, name }) => {
      const { session } = desk
      const parent = session.datasets.get(datasetId)
      const model = cutModel(await find(source))
      const { missing, otherType } = matchColumns(model, parent.columns)
      if (missing.length > 0 || otherType.length > 0) {
        const value = [...missing, ...otherType.map((column) => `${column.name} (${column.type})`)].join(', ')
        throw new EigendeskError('MODEL_COLUMNS', { value, reason: model.name })
      }
      const order = { parent, steps: [{ kind: 'project' as const, model }], name }
      const jobId = jobs.add({ kind: 'prepare', name: `Project ${parent.name}` }, async (control) => {
        const made = await prepareAndStore(pool, session, order, control)
        emit({ event: 'session.changed' })
        return { datasetId: made }
      })
      return { jobId }
    }
  }
}

/** The part of a model that is kept in a step. Its variances are those of a sample, as T² has them everywhere. */
function cutModel(model: PcaModel): Projection {
  const { name, columns, centre, scale, fill, components, nSamples } = model
  const kept = Math.max(1, Math.floor(NUMBERS_OF_A_STEP / columns.length))
  return {
    name,
    columns,
    centre,
    scale,
    fill,
    components: components.slice(0, kept),
    explainedVariance: [...sampleVariances(model.explainedVariance.slice(0, kept), divisorOf(model), nSamples)]
  }
}

const divisorOf = ({ divisor }: PcaModel): 'n-1' | 'n' => (divisor === 'n' ? 'n' : 'n-1')

/** The model of a result of the session.
 * @throws ANALYSIS_UNKNOWN | MODEL_INVALID where the result is of another kind */
export function storedModel(session: SessionFile, analysisId: string): PcaModel {
  const record = session.analyses.get(analysisId)
  if (record.kind !== 'pca') throw new EigendeskError('MODEL_INVALID', { file: record.name, reason: 'it is no PCA' })
  const dataset = session.datasets.get(record.datasetId)
  const result: StoredResult<PcaSummary> = {
    summary: record.summary as unknown as PcaSummary,
    array: (name) => session.analyses.array(analysisId, name),
    list: (name) => session.analyses.items(analysisId, name)
  }
  const { fileName, bytes, sha256 } = dataset.source
  return modelOf(result, {
    software,
    name: record.name,
    parameters: record.params,
    fill: fillOf(session, record),
    provenance: { dataset: dataset.name, source: { fileName, bytes, sha256 }, steps: describeSteps(dataset) }
  })
}

/** What missing cells of other rows are taken for: the mean of each column over the fitted rows. */
function fillOf(session: SessionFile, { id, datasetId, params, summary }: AnalysisRecord): number[] | null {
  if (params['missing'] === 'drop') return null
  const { columns, mean, centre } = summary as unknown as PcaSummary
  if ((centre ?? 'mean') === 'mean' && (params['weight'] ?? null) === null) return mean
  const rows = session.analyses.array(id, 'rowsUsed').data
  return session.datasets.view(datasetId, columns).columns.map((column) => {
    let [sum, count] = [0, 0]
    for (const row of rows) {
      const value = column.kind === 'number' ? column.values[row]! : NaN
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    return count === 0 ? 0 : sum / count
  })
}

/** A model from its file.
 * @throws FILE_NOT_FOUND and the like | MODEL_INVALID saying what is wrong */
export function readModel(path: string): PcaModel {
  const file = basename(path)
  let text: string
  try {
    if (statSync(path).size > LARGEST_FILE)
      throw new EigendeskError('MODEL_INVALID', { file, reason: 'it is too large' })
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    throw fromSystemError(thrown, file)
  }
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new EigendeskError('MODEL_INVALID', { file, reason: 'it is no JSON' })
  }
  const parsed = pcaModelSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new EigendeskError('MODEL_INVALID', { file, reason: `${issue!.path.join('.')}: ${issue!.message}` })
}
