import { basename, extname } from 'node:path'
import { closeAxes } from '../analyses/pca/figures/close-axes.ts'
import { SCALES } from '../analyses/pca/scales.ts'
import {
  labelColumn,
  measuredColumns,
  pcaParamsSchema,
  pcaSummarySchema,
  type PcaSummary
} from '../analyses/pca/spec.ts'
import { PCA_SOLVERS } from '../stats/pca-solver.ts'
import { MOST_COMPARED } from '../contract/comparison-calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import { describeSteps, roleOf } from '../contract/preparation.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { choiceOption, given, nameList, numberOption, readArguments } from './arguments.ts'
import type { Command, Printout } from './command.ts'
import { carryAway, carryOptions } from './pca/carry.ts'
import { comparePiece } from './pca/compare.ts'
import { clustersPiece } from './pca/clusters.ts'
import { diagnosePiece } from './pca/diagnose.ts'
import { joinEntries } from './pca/join.ts'
import { criteriaPiece } from './pca/criteria.ts'
import type { PcaOutcome, PcaPiece } from './pca/piece.ts'
import { variablesPiece } from './pca/variables.ts'
import { prepareDataset } from './prepare.ts'

/** What the printout is made of beside the fit itself, in order. */
const pieces: PcaPiece[] = [variablesPiece, clustersPiece, diagnosePiece, criteriaPiece, comparePiece]

const fitOptions = {
  columns: { type: 'string' },
  exclude: { type: 'string' },
  scale: { type: 'string' },
  components: { type: 'string' },
  missing: { type: 'string' },
  label: { type: 'string' },
  solver: { type: 'string' },
  seed: { type: 'string' },
  centre: { type: 'string' },
  divisor: { type: 'string' },
  weight: { type: 'string' },
  group: { type: 'string' },
  'impute-components': { type: 'string' },
  'supplementary-rows': { type: 'string' },
  'supplementary-columns': { type: 'string' },
  ...carryOptions,
  steps: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' }
} as const

/** `pca FILE`: principal components of the numeric columns. */
export const pca: Command = async (words, bench, say) => {
  const started = performance.now()
  const options = { ...Object.assign({}, ...pieces.map((piece) => piece.options)), ...fitOptions } as typeof fitOptions
  const { file, values } = readArguments(words, options)
  if (values.columns !== undefined && values.exclude !== undefined) {
    throw new EigendeskError('USAGE', { reason: 'Give --columns or --exclude, not both.' })
  }
  const opened = await bench.open(file)
  const dataset = values.steps === undefined ? opened : await prepareDataset(bench, opened, values.steps)
  const steps = describeSteps(dataset)
  for (const step of steps) say(`${step}.`)
  const label = values.label === undefined ? undefined : existing(dataset, values.label)
  const counting = dataset.columns.filter((c) => c.isRowNumber && c.name !== label).map((c) => c.name)
  if (values.columns === undefined && counting.length > 0) {
    say(`Left out, because it only counts the rows: ${counting.join(', ')}. --columns takes it in.`)
  }
  const grouping = dataset.columns.filter((c) => c.type === 'number' && roleOf(dataset, c.name) === 'group')
  if (values.columns === undefined && grouping.length > 0) {
    const names = grouping.map((c) => c.name).join(', ')
    say(`Left out, because it most likely says which group a row is of: ${names}. --columns takes it in.`)
  }
  const named = (option: string | undefined): string | undefined =>
    option === undefined ? undefined : existing(dataset, option)
  const supplementaryColumns = nameList(values['supplementary-columns'])?.map((name) => existing(dataset, name))
  const weight = named(values.weight)
  const group = named(values.group)
  const apart = [label, weight, group, ...(supplementaryColumns ?? [])]
  const columns = chooseColumns(dataset, nameList(values.columns), nameList(values.exclude), apart)
  const read = performance.now()
  const analysisId = await bench.run(
    dataset,
    'pca',
    given({
      columns,
      label,
      centre: choiceOption('centre', values.centre, pcaParamsSchema.shape.centre.options),
      scale: choiceOption('scale', values.scale, SCALES),
      missing: choiceOption('missing', values.missing, pcaParamsSchema.shape.missing.options),
      imputeComponents: numberOption('impute-components', values['impute-components']),
      divisor: choiceOption('divisor', values.divisor, pcaParamsSchema.shape.divisor.options),
      weight,
      group,
      supplementaryRows: values['supplementary-rows'],
      supplementaryColumns,
      solver: choiceOption('solver', values.solver, ['auto', ...PCA_SOLVERS]),
      nComponents: numberOption('components', values.components),
      seed: numberOption('seed', values.seed)
    })
  )
  const record = await bench.client.call('analysis.get', { analysisId })
  const s = pcaSummarySchema.parse(record.summary)
  for (const note of s.notes) say(note)
  if (values.out !== undefined) await bench.exportAll(analysisId, values.out, `${stem(file)}-pca`, say)
  const array = (name: string) => bench.client.call('analysis.array', { analysisId, name })
  const rowsUsed = await array('rowsUsed')
  const outcome: PcaOutcome = {
    dataset,
    params: pcaParamsSchema.parse(record.params),
    summary: s,
    values,
    array,
    has: (name) => Object.hasOwn(record.arrays, name),
    column: (name) => bench.client.call('dataset.column', { datasetId: dataset.id, column: name }),
    study: (kind, params) => bench.study(analysisId, kind, params),
    compare: async (changed, nComponents) => {
      const otherId = await bench.run(dataset, 'pca', { ...record.params, ...changed })
      return bench.client.call('analysis.compare', {
        analysisId,
        otherId,
        nComponents: Math.min(nComponents, MOST_COMPARED)
      })
    }
  }
  const further: Printout['entries'] = []
  for (const piece of pieces) further.push(...(await piece.entries(outcome)))
  // After what was asked for beside the fit: a report tells of it.
  await carryAway(bench, analysisId, values, say)
  const timings = { read: read - started, ...s.timings, total: performance.now() - started }
  return {
    json: values.json === true,
    entries: [
      ['nSamples', { json: s.nSamples }],
      ['nFeatures', { json: s.nFeatures }],
      ['columns', { json: s.columns }],
      ['mean', { json: s.mean }],
      ['centre', { json: s.centre }],
      ['scale', { json: s.scale }],
      ['components', { array: await array('components') }],
      ['loadings', { array: await array('loadings') }],
      ['scores', { array: await array('scores') }],
      ['explainedVariance', { json: s.explainedVariance }],
      ['explainedVarianceRatio', { json: s.explainedVarianceRatio }],
      ['singularValues', { json: s.singularValues }],
      ['totalVariance', { json: s.totalVariance }],
      ['signRule', { json: s.signRule }],
      ['divisor', { json: s.divisor }],
      ['solver', { json: s.solver }],
      ['solverReason', { json: s.solverReason }],
      // Rows count from 1 for a person; the stored ones count from 0.
      ['rowsUsed', { numbers: rowsUsed.data.map((row) => row + 1) }],
      ['dropped', { json: s.dropped.map((d) => ({ ...d, row: d.row + 1 })) }],
      ['imputed', { json: s.imputed }],
      ['imputeComponents', { json: s.imputeComponents }],
      ['certificate', { json: { ...s.certificate, ...closeOf(s) } }],
      ...joinEntries(further),
      ['notes', { json: s.notes }],
      ['preparation', { json: steps }],
      ['timings', { json: timings }]
    ],
    words: s.explainedVarianceRatio.map(
      (ratio, k) =>
        `PC${k + 1}: ${(100 * ratio).toFixed(2)} % of the variance, sd ${Math.sqrt(s.explainedVariance[k]!).toPrecision(6)}`
    )
  }
}

/** The neighbours with the smallest gap, and runs of nearly equal components: numbers of components, from 1. */
function closeOf({ explainedVariance, certificate, nSamples }: PcaSummary): Record<string, unknown> {
  const { closest, nearlyEqual } = closeAxes(explainedVariance, certificate.eigengap, nSamples)
  const fromOne = ([first, last]: [number, number]): [number, number] => [first + 1, last + 1]
  return { closest: closest && fromOne(closest), nearlyEqual: nearlyEqual.map(fromOne) }
}

/** The file's name without folder and ending: the first part of every exported file. */
export function stem(file: string): string {
  return basename(file, extname(file))
}

/** A column by its name. @throws COLUMN_UNKNOWN */
export function existing(dataset: DatasetInfo, name: string): string {
  if (dataset.columns.some((c) => c.name === name)) return name
  throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: dataset.columns.map((c) => c.name).join(', ') })
}

function chooseColumns(
  dataset: DatasetInfo,
  columns: string[] | undefined,
  exclude: string[] | undefined,
  apart: readonly (string | undefined)[]
): string[] | undefined {
  if (columns) return columns.map((name) => existing(dataset, name))
  if (!exclude) return undefined
  const left = new Set(exclude.map((name) => existing(dataset, name)))
  const naming = apart[0] ?? labelColumn(dataset)
  return measuredColumns(dataset).filter((name) => !left.has(name) && name !== naming && !apart.includes(name))
}
