import { svdParamsSchema } from '../analyses/svd/params.ts'
import { svdSummarySchema, type SvdSummary } from '../analyses/svd/spec.ts'
import { EigendeskError } from '../contract/errors.ts'
import { choiceOption, given, nameList, numberOption, readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { existing, stem } from './pca.ts'
import { carryOptions } from './pca/carry.ts'
import { carryAway, checkCarry } from './svd/carry.ts'

const options = {
  columns: { type: 'string' },
  row: { type: 'string' },
  column: { type: 'string' },
  value: { type: 'string' },
  text: { type: 'string' },
  language: { type: 'string' },
  'stop-words': { type: 'string' },
  'min-documents': { type: 'string' },
  'max-share': { type: 'string' },
  ngrams: { type: 'string' },
  sublinear: { type: 'boolean' },
  label: { type: 'string' },
  factors: { type: 'string' },
  solver: { type: 'string' },
  seed: { type: 'string' },
  ...carryOptions,
  out: { type: 'string' },
  json: { type: 'boolean' }
} as const

type Values = ReturnType<typeof readArguments<typeof options>>['values']

/** `svd FILE`: truncated singular value decomposition of columns, of entries, or of a column of text. */
export const svd: Command = async (words, bench, say) => {
  const started = performance.now()
  const { file, values } = readArguments(words, options)
  const source = sourceOf(values)
  checkCarry(values)
  const dataset = await bench.open(file)
  const read = performance.now()
  const named = (word: string | undefined): string | undefined =>
    word === undefined ? undefined : existing(dataset, word)
  const columns = nameList(values.columns)?.map((name) => existing(dataset, name))
  const { shape } = svdParamsSchema
  const analysisId = await bench.run(
    dataset,
    'svd',
    given({
      source,
      columns,
      row: named(values.row),
      column: named(values.column),
      value: values.row !== undefined ? (named(values.value) ?? null) : undefined,
      text: named(values.text),
      language: choiceOption('language', values.language, shape.language.options),
      stopWords: choiceOption('stop-words', values['stop-words'], shape.stopWords.options),
      minDocuments: numberOption('min-documents', values['min-documents']),
      maxShare: numberOption('max-share', values['max-share']),
      ngrams: choiceOption('ngrams', values.ngrams, shape.ngrams.options),
      sublinear: values.sublinear,
      label: named(values.label),
      nFactors: numberOption('factors', values.factors),
      solver: choiceOption('solver', values.solver, shape.solver.options),
      seed: numberOption('seed', values.seed)
    })
  )
  const { summary: stored } = await bench.client.call('analysis.get', { analysisId })
  const summary = svdSummarySchema.parse(stored)
  for (const note of summary.notes) say(note)
  if (values.out !== undefined) await bench.exportAll(analysisId, values.out, `${stem(file)}-svd`, say)
  await carryAway(bench, analysisId, values, say)
  const array = (name: string) => bench.client.call('analysis.array', { analysisId, name })
  const list = (name: string) => bench.client.call('analysis.list', { analysisId, name })
  const { timings, notes, dropped, emptyDocuments, ...small } = summary
  /** rows count from 1 for people */
  const counted = <T extends { row: number }>(rows: T[]): T[] => rows.map((row) => ({ ...row, row: row.row + 1 }))
  return {
    json: values.json === true,
    entries: [
      ...Object.entries(small).map(([name, json]): [string, { json: unknown }] => [name, { json }]),
      ['rows', { json: await list('rows') }],
      ['columns', { json: await list('columns') }],
      ['leftVectors', { array: await array('leftVectors') }],
      ['rightVectors', { array: await array('rightVectors') }],
      ['dropped', { json: counted(dropped) }],
      ['emptyDocuments', { json: counted(emptyDocuments) }],
      ['notes', { json: notes }],
      ['timings', { json: { ...timings, file: read - started, total: performance.now() - started } }]
    ],
    words: wordsOf(summary)
  }
}

/** What the matrix is made from, as the options say it; undefined where they leave it to the table.
 * @throws USAGE where two sources are named, or one by half */
function sourceOf(values: Values): 'columns' | 'triplets' | 'text' | undefined {
  const triplets = values.row !== undefined || values.column !== undefined || values.value !== undefined
  const chosen = [values.columns !== undefined, triplets, values.text !== undefined].filter(Boolean).length
  if (chosen > 1) throw new EigendeskError('USAGE', { reason: 'Give --columns, --row with --column, or --text.' })
  if (triplets && (values.row === undefined || values.column === undefined)) {
    throw new EigendeskError('USAGE', { reason: 'Entries need --row and --column.' })
  }
  return values.columns !== undefined
    ? 'columns'
    : triplets
      ? 'triplets'
      : values.text !== undefined
        ? 'text'
        : undefined
}

function wordsOf(summary: SvdSummary): string[] {
  const { nRows, nColumns, nFactors, density, singularValues, cumulativeNormShare, explainedVarianceRatio } = summary
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`
  return [
    `${nRows} × ${nColumns}, ${percent(density)} not zero; ${nFactors} factors by the ${summary.solver} solver, seed ${summary.seed}`,
    'factor   singular value   of the norm so far   of the variance',
    ...singularValues.map((sigma, k) =>
      [
        String(k + 1).padStart(6),
        sigma.toPrecision(8).padStart(16),
        percent(cumulativeNormShare[k]!).padStart(20),
        percent(explainedVarianceRatio[k]!).padStart(17)
      ].join(' ')
    ),
    `Left by ${nFactors} factors: ${summary.errors[nFactors]!.toPrecision(6)} of ${summary.frobeniusNorm.toPrecision(6)} (Frobenius)`
  ]
}
