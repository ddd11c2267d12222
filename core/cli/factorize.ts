import { factorizationSummarySchema } from '../analyses/factorization/spec.ts'
import { EigendeskError } from '../contract/errors.ts'
import { numberOption, readArguments, readWords } from './arguments.ts'
import type { Command } from './command.ts'
import { carryFactors, carryOptions, checkCarry } from './factorize/carry.ts'
import { fitFolds } from './factorize/folds.ts'
import { judge, judgeOptions, readMethods } from './factorize/judge.ts'
import { layoutOptions, readLayout, sayWhatIsNoItem } from './factorize/layout.ts'
import { summarizeRatings, wordsOfLeftOut } from './factorize/summary.ts'
import { parameterOptions, readParameters } from './factorize/parameters.ts'
import type { Printable } from './json-stream.ts'
import { stem } from './pca.ts'

const options = {
  ...layoutOptions,
  ...parameterOptions,
  ...judgeOptions,
  'test-file': { type: 'string' },
  folds: { type: 'string' },
  out: { type: 'string' },
  ...carryOptions,
  json: { type: 'boolean' }
} as const

/** `factorize FILE`: users and items as factors, from ratings or preferences; `factorize --folds DIR`: the same on given folds. */
export const factorize: Command = async (words, bench, say) => {
  const started = performance.now()
  const { values: asFolds } = readWords(words, options)
  if (asFolds.folds !== undefined) return factorizeFolds(words, bench, say)
  const { file, values } = readArguments(words, options)
  if (values.test !== undefined && values['test-file'] !== undefined) {
    throw new EigendeskError('USAGE', { reason: 'Give --test or --test-file, not both.' })
  }
  checkCarry(values)
  // What is wrong with an option is said before a file is read.
  const parameters = readParameters(values)
  readMethods(values.compare)
  for (const name of ['cv', 'fits', 'seconds', 'stability'] as const) numberOption(name, values[name])
  const dataset = await bench.open(file)
  const testFile = values['test-file']
  const testDataset = testFile === undefined ? {} : { testDataset: (await bench.open(testFile)).id }
  const read = performance.now()
  const asked = readLayout(dataset, values)
  if (values.wide) sayWhatIsNoItem(dataset, asked, say)
  const wanted = { ...asked, ...parameters, ...testDataset }
  const ratings = await summarizeRatings(bench, dataset.id, wanted, say)
  const analysisId = await bench.run(dataset, 'factorization', wanted)
  const { summary: stored, params } = await bench.client.call('analysis.get', { analysisId })
  const s = factorizationSummarySchema.parse(stored)
  for (const words of [...wordsOfLeftOut(s.leftOut, ratings.leftOut), ...s.notes]) say(words)
  // What is judged is in the report.
  const judged = await judge(bench, analysisId, values)
  if (values.out !== undefined) await bench.exportAll(analysisId, values.out, `${stem(file)}-factorization`, say)
  const { user = null, item = null } = params as { user?: string | null; item?: string | null }
  const carried = await carryFactors(bench, analysisId, values, { user, item }, `${stem(file)}-factorization`, say)
  const array = (name: string) => bench.client.call('analysis.array', { analysisId, name })
  const list = (name: string) => bench.client.call('analysis.list', { analysisId, name })
  // One of the test ratings is said in both.
  for (const { text } of s.lint ?? []) if (!s.notes.includes(text)) say(text)
  const timings = { read: read - started, ...s.timings, total: performance.now() - started }
  const { metrics, baselines, ranking } = s
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
      ['ranking', { json: ranking ?? null }],
      ['errorsBy', { json: s.errorsBy ?? null }],
      ['lint', { json: s.lint ?? [] }],
      ['ratings', { json: ratings }],
      ['history', { json: s.history }],
      ['duplicates', { json: s.duplicates }],
      ['coldTest', { json: s.coldTest }],
      ['leftOut', { json: s.leftOut.map((row) => ({ ...row, row: row.row + 1 })) }],
      ...(carried.unknown ? [['unknownPairs', { json: carried.unknown }] as [string, Printable]] : []),
      ['notes', { json: s.notes }],
      ...judged.entries,
      ['timings', { json: timings }]
    ],
    words: [
      `${s.nUsers} users × ${s.nItems} items, ${s.nRatings} ratings`,
      `Global mean: RMSE ${baselines.globalMean.rmse.toFixed(4)}, MAE ${baselines.globalMean.mae.toFixed(4)}`,
      `Bias only: RMSE ${baselines.bias.rmse.toFixed(4)}, MAE ${baselines.bias.mae.toFixed(4)}`,
      `This model, training: RMSE ${metrics.train.rmse.toFixed(4)}, MAE ${metrics.train.mae.toFixed(4)}`,
      ...(metrics.test
        ? [`This model, held out: RMSE ${metrics.test.rmse.toFixed(4)}, MAE ${metrics.test.mae.toFixed(4)}`]
        : []),
      ...(ranking
        ? [
            `Lists of ${ranking.model.k}: nDCG ${ranking.model.ndcg.toFixed(4)}, recall ${ranking.model.recall.toFixed(4)}; by popularity nDCG ${ranking.popularity.ndcg.toFixed(4)}`
          ]
        : []),
      ...(ranking?.sampled
        ? [
            `Among ${ranking.sampled.negatives} others: sampled nDCG ${ranking.sampled.model.ndcg.toFixed(4)}, HR ${ranking.sampled.model.hitRate.toFixed(4)}; by popularity nDCG ${ranking.sampled.popularity.ndcg.toFixed(4)}`,
            ranking.sampled.warning
          ]
        : []),
      ...judged.words
    ]
  }
}

/** Fits to each fold of a folder. @throws USAGE where a file, other test ratings or what is of one fit is named too */
const factorizeFolds: Command = async (words, bench, say) => {
  const { file, values } = readWords(words, options)
  const apart = [
    'test',
    'test-file',
    'cv',
    'search',
    'stability',
    'out',
    'model-out',
    'script',
    'report',
    'recommend',
    'predict'
  ] as const
  const given = apart.find((name) => values[name] !== undefined)
  if (file !== undefined || given !== undefined) {
    const reason = `--folds brings its own files: leave out ${file === undefined ? `--${given}` : `"${file}"`}.`
    throw new EigendeskError('USAGE', { reason })
  }
  const printed = await fitFolds(bench, values.folds!, readParameters(values), values, readMethods(values.compare), say)
  return { json: values.json === true, ...printed }
}
