import { wideLayout } from '../analyses/factorization/layout.ts'
import { factorizationSummarySchema } from '../analyses/factorization/spec.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { listNames } from '../stats/list-names.ts'
import { choiceOption, given, numberOption, readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import type { Printable } from './json-stream.ts'
import { carryFactors, carryOptions, checkCarry } from './factorize/carry.ts'
import { existing, stem } from './pca.ts'

const options = {
  user: { type: 'string' },
  item: { type: 'string' },
  rating: { type: 'string' },
  wide: { type: 'boolean' },
  method: { type: 'string' },
  'unobserved-weight': { type: 'string' },
  factors: { type: 'string' },
  regularization: { type: 'string' },
  iterations: { type: 'string' },
  test: { type: 'string' },
  'test-file': { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  ...carryOptions,
  json: { type: 'boolean' }
} as const

/** `factorize FILE`: users and items as factors, from ratings or preferences. */
export const factorize: Command = async (words, bench, say) => {
  const started = performance.now()
  const { file, values } = readArguments(words, options)
  if (values.test !== undefined && values['test-file'] !== undefined) {
    throw new EigendeskError('USAGE', { reason: 'Give --test or --test-file, not both.' })
  }
  checkCarry(values)
  const dataset = await bench.open(file)
  const testFile = values['test-file']
  const testDataset = testFile === undefined ? undefined : (await bench.open(testFile)).id
  const read = performance.now()
  const asked = layout(dataset, values)
  if (values.wide) sayWhatIsNoItem(dataset, asked, say)
  const analysisId = await bench.run(
    dataset,
    'factorization',
    given({
      ...asked,
      method: choiceOption('method', values.method, ['als', 'wals']),
      unobservedWeight: numberOption('unobserved-weight', values['unobserved-weight']),
      nFactors: numberOption('factors', values.factors),
      regularization: numberOption('regularization', values.regularization),
      iterations: numberOption('iterations', values.iterations),
      testFraction: numberOption('test', values.test),
      testDataset,
      seed: numberOption('seed', values.seed)
    })
  )
  const { summary: stored, params } = await bench.client.call('analysis.get', { analysisId })
  const s = factorizationSummarySchema.parse(stored)
  for (const note of s.notes) say(note)
  if (values.out !== undefined) await bench.exportAll(analysisId, values.out, `${stem(file)}-factorization`, say)
  const { user = null, item = null } = params as { user?: string | null; item?: string | null }
  const carried = await carryFactors(bench, analysisId, values, { user, item }, `${stem(file)}-factorization`, say)
  const array = (name: string) => bench.client.call('analysis.array', { analysisId, name })
  const list = (name: string) => bench.client.call('analysis.list', { analysisId, name })
  const timings = { read: read - started, ...s.timings, total: performance.now() - started }
  const { metrics, baselines } = s
  return {
    json: values.json === true,
    entries: [
      ['method', { json: s.method }],
      ['nUsers', { json: s.nUsers }],
      ['nItems', { json: s.nItems }],
      ['nRatings', { json: s.nRatings }],
      ['nTrain', { json: s.nTrain }],
      ['nTest', { json: s.nTest }],
      ['globalMean', { json: s.globalMean }],
      ['users', { json: await list('users') }],
      ['items', { json: await list('items') }],
      ['userBias', { array: await array('userBias') }],
      ['itemBias', { array: await array('itemBias') }],
      ['userFactors', { array: await array('userFactors') }],
      ['itemFactors', { array: await array('itemFactors') }],
      ['factorShare', { json: s.factorShare }],
      ['metrics', { json: metrics }],
      ['baselines', { json: baselines }],
      ['history', { json: s.history }],
      ['duplicates', { json: s.duplicates }],
      ['coldTest', { json: s.coldTest }],
      ['leftOut', { json: s.leftOut.map((row) => ({ ...row, row: row.row + 1 })) }],
      ...(carried.unknown ? [['unknownPairs', { json: carried.unknown }] as [string, Printable]] : []),
      ['notes', { json: s.notes }],
      ['timings', { json: timings }]
    ],
    words: [
      `${s.nUsers} users × ${s.nItems} items, ${s.nRatings} ratings`,
      `Global mean: RMSE ${baselines.globalMean.rmse.toFixed(4)}, MAE ${baselines.globalMean.mae.toFixed(4)}`,
      `Bias only: RMSE ${baselines.bias.rmse.toFixed(4)}, MAE ${baselines.bias.mae.toFixed(4)}`,
      `This model, training: RMSE ${metrics.train.rmse.toFixed(4)}, MAE ${metrics.train.mae.toFixed(4)}`,
      ...(metrics.test
        ? [`This model, held out: RMSE ${metrics.test.rmse.toFixed(4)}, MAE ${metrics.test.mae.toFixed(4)}`]
        : [])
    ]
  }
}

/** Which columns are user, item and rating: named, numbered from 1, or as recognized.
 * @throws COLUMN_UNKNOWN | RATINGS_COLUMNS */
function layout(
  dataset: DatasetInfo,
  values: { user?: string; item?: string; rating?: string; wide?: boolean }
): Record<string, unknown> {
  const user = values.user === undefined ? undefined : column(dataset, values.user)
  if (values.wide) {
    if (values.item !== undefined || values.rating !== undefined) {
      throw new EigendeskError('USAGE', { reason: '--wide takes --user alone: every other numeric column is an item.' })
    }
    return given({ ...wideLayout(dataset, user) })
  }
  const item = values.item === undefined ? undefined : column(dataset, values.item)
  const rating = values.rating === undefined ? undefined : column(dataset, values.rating)
  const named = user !== undefined || item !== undefined || rating !== undefined
  if (named) return given({ layout: 'long', user, item, rating })
  if (dataset.ratings === null) {
    throw new EigendeskError('RATINGS_COLUMNS', {
      reason: 'use --user, --item and --rating, or --wide',
      limit: dataset.columns.map((c) => c.name).join(', ')
    })
  }
  return {}
}

/** With --wide the items are chosen for the person: a column that is none, for a word among its ratings perhaps, is said. */
function sayWhatIsNoItem(dataset: DatasetInfo, asked: Record<string, unknown>, say: (words: string) => void): void {
  const taken = new Set([asked['user'], ...(asked['items'] as string[])])
  const others = dataset.columns.map(({ name }) => name).filter((name) => !taken.has(name))
  if (others.length > 0) say(`Not taken as items, as they are no ratings: ${listNames(others)}.`)
}

/** A column by its name, or by its number where no column has that name: files without a header. */
function column(dataset: DatasetInfo, word: string): string {
  if (dataset.columns.some((c) => c.name === word)) return word
  const byNumber = /^\d+$/.test(word) ? dataset.columns[Number(word) - 1] : undefined
  return byNumber?.name ?? existing(dataset, word)
}
