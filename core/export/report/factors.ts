import { methods, purposeOf } from '../../analyses/factorization/methods.ts'
import { splitNames } from '../../analyses/factorization/judging-fields.ts'
import type { FactorizationParams, FactorizationSummary } from '../../analyses/factorization/spec.ts'
import { lossCurves } from '../../analyses/factorization/figures/loss-curves.ts'
import { factorSentence, stabilityRows } from '../../analyses/factorization/figures/stability-words.ts'
import type { StabilitySummary } from '../../analyses/factorization/studies/stability/spec.ts'
import type { StoredResult } from '../../contract/analysis.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import { counted } from '../../stats/counted.ts'
import { howToScore } from '../factors/carried-model.ts'
import { dataSection } from './data-section.ts'
import { scoresSvg } from './figures.ts'
import {
  definitionsHtml,
  escapeHtml,
  formulaHtml,
  listHtml,
  pageHtml,
  tableHtml,
  writeNumber,
  type Cell
} from './html.ts'

/** A factorization as its report sees it. */
export interface FactorsFacts {
  software: string
  /** of the result */
  name: string
  dataset: DatasetInfo
  /** sentences */
  steps: readonly string[]
  params: FactorizationParams
  /** name of the dataset that held the test ratings; null where they are of the same */
  testName: string | null
  result: StoredResult<FactorizationSummary>
  /** the same from other seeds, where that was tried */
  stability: StabilitySummary | null
}

/** What a report shows of a large result; tables of all of it are exported for themselves. */
const ITEMS_DRAWN = 5000
const FACTORS_SHOWN = 10
const ENDS_SHOWN = 4
const SWEEPS_SHOWN = 20

const number = (value: number, digits = 4): Cell => ({ value, digits })

/** A factorization as one page that stands for itself: where the ratings came from, the protocol with its seed, every figure
 * beside those of the baselines, the factors, and the arithmetic of a score. The same result gives the same bytes. */
export function factorsReportHtml(facts: FactorsFacts): string {
  const { name, dataset, software, params } = facts
  const title = `${name}: ${dataset.name}`
  const sections = [
    dataSection(facts),
    protocolSection(facts),
    ratingsSection(facts),
    accuracySection(facts),
    rankingSection(facts),
    groupsSection(facts),
    historySection(facts),
    factorsSection(facts),
    stabilitySection(facts),
    `<h2>How a score is made</h2>
<p>${escapeHtml(methods[params.method].about)}</p>
${formulaHtml(formulaOf(params.method))}
<p class="shape">score = ${escapeHtml(howToScore[params.method])}</p>`
  ]
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="muted">Factorization of ${purposeOf(params.method)}, by ${escapeHtml(software)}.</p>
${sections.filter((section) => section !== '').join('\n')}`
  )
}

function formulaOf(method: FactorizationParams['method']): string {
  if (method === 'mean') return String.raw`\hat r_{ui} = \mu`
  if (method === 'bias') return String.raw`\hat r_{ui} = \mu + b_u + b_i`
  if (method === 'popularity') return String.raw`\hat y_{ui} = n_i / n`
  return purposeOf(method) === 'ratings'
    ? String.raw`\hat r_{ui} = \mu + b_u + b_i + p_u^\top q_i`
    : String.raw`\hat y_{ui} = \sum_{j \in N(u)} s_{ij}`
}

const parameterNames: Record<string, string> = {
  nFactors: 'Factors',
  regularization: 'Regularization λ',
  iterations: 'Iterations',
  unobservedWeight: 'Weight of a blank',
  countExponent: 'Exponent ν of counts',
  alpha: 'Confidence α of a count',
  learningRate: 'Size of a step',
  neighbours: 'Neighbours',
  shrinkage: 'Shrinkage',
  samples: 'Draws kept',
  burnIn: 'Draws before'
}

function protocolSection({ params, testName, result: { summary } }: FactorsFacts): string {
  const share = `${writeNumber(100 * params.testFraction, 0)} %`
  const test =
    testName !== null
      ? `the ratings of ${testName}`
      : summary.nTest === 0
        ? 'none: nothing was held out'
        : `${splitNames[params.split].label}, ${share}. ${splitNames[params.split].about}`
  const layout =
    params.layout === 'long'
      ? `user ${params.user ?? ''}, item ${params.item ?? ''}, rating ${params.rating ?? 'none: each row is a like'}`
      : `one user a row, ${params.items.length} items`
  const own = methods[params.method].keys.map((key): [string, string] => [
    parameterNames[key] ?? key,
    key === 'regularization' && summary.penaltyScale !== undefined
      ? `${Number((params[key] * summary.penaltyScale).toPrecision(3))}: ${params[key]}, adapted to the noise of the ratings`
      : String(params[key])
  ])
  const liked =
    params.likedFrom === null ? [] : [['A like is', `a value from ${params.likedFrom} on`] as [string, string]]
  return `<h2>Protocol</h2>
${definitionsHtml([
  ['Method', methods[params.method].title],
  ['Columns', layout],
  ...own,
  ...liked,
  ['Repeated pairs become', params.duplicates],
  ['Ratings a user needs', String(params.minUserRatings)],
  ['Ratings an item needs', String(params.minItemRatings)],
  ['Test ratings', test],
  ['Seed', String(params.seed)]
])}`
}

function ratingsSection({ result: { summary } }: FactorsFacts): string {
  const { nUsers, nItems, nRatings, nTrain, nTest, density, ratingRange, notes, lint = [] } = summary
  return `<h2>Ratings</h2>
${definitionsHtml([
  ['Users × items', `${nUsers.toLocaleString('en-US')} × ${nItems.toLocaleString('en-US')}`],
  ['Ratings', `${nRatings.toLocaleString('en-US')}, ${writeNumber(100 * density, 3)} % of all cells`],
  ['Training, test', `${nTrain.toLocaleString('en-US')}, ${nTest.toLocaleString('en-US')}`],
  ['Range in training', `${ratingRange[0]} … ${ratingRange[1]}`],
  ['Repeated pairs', String(summary.duplicates)],
  ['Test ratings of unknown users or items', String(summary.coldTest)]
])}
${notes.length === 0 ? '' : `<h3>Remarks</h3>\n${listHtml(notes)}`}
${lint.length === 0 ? '' : `<h3>What makes the figures doubtful</h3>\n${listHtml(lint.map(({ text }) => text))}`}`
}

function accuracySection({ result: { summary } }: FactorsFacts): string {
  const { metrics, baselines, nTrain, nTest } = summary
  const judged = metrics.test === null ? 'training' : 'test'
  const row = (name: string, on: string, { rmse, mae }: { rmse: number; mae: number }): Cell[] => [
    name,
    on,
    number(rmse),
    number(mae)
  ]
  const rows = [
    row('Global mean', judged, baselines.globalMean),
    row('Bias only', judged, baselines.bias),
    row('This model', 'training', metrics.train),
    ...(metrics.test === null ? [] : [row('This model', 'test', metrics.test)])
  ]
  const on = metrics.test === null ? counted(nTrain, 'training rating') : counted(nTest, 'test rating')
  return `<h2>Accuracy</h2>
${tableHtml(['Model', 'Measured on', 'RMSE', 'MAE'], rows)}
<p class="muted">Baselines on ${on}.${metrics.test === null ? ' Errors on training ratings flatter a model.' : ''}</p>`
}

function rankingSection({ result: { summary } }: FactorsFacts): string {
  const { ranking } = summary
  if (!ranking) return ''
  const { model, popularity } = ranking
  const rows = (
    [
      ['nDCG', 'ndcg'],
      ['Precision', 'precision'],
      ['Recall', 'recall'],
      ['MAP', 'map'],
      ['MRR', 'mrr'],
      ['Hit rate', 'hitRate'],
      ['Coverage', 'coverage'],
      ['Novelty, bits', 'novelty'],
      ['Mean popularity', 'popularity'],
      ['Gini', 'gini']
    ] as const
  ).map(([label, key]): Cell[] => [label, number(model[key]), number(popularity[key])])
  return `<h2>Lists of ${model.k}</h2>
${tableHtml(['Measure', 'This model', 'Popularity'], rows)}
<p class="muted">Means over ${counted(model.nUsers, 'user')} with a relevant test item, over the full catalogue without training items.</p>
${sampledSection(ranking)}`
}

function sampledSection({ sampled, model: { k } }: NonNullable<FactorizationSummary['ranking']>): string {
  if (!sampled) return ''
  const { negatives, model, popularity, warning } = sampled
  const rows: Cell[][] = [
    [`nDCG@${k}`, number(model.ndcg), number(popularity.ndcg)],
    [`HR@${k}`, number(model.hitRate), number(popularity.hitRate)],
    ['MRR', number(model.mrr), number(popularity.mrr)]
  ]
  return `<h3>Each test item among ${negatives} others alone</h3>
${tableHtml(['Measure', 'This model', 'Popularity'], rows)}
<p class="muted">${escapeHtml(warning)}</p>`
}

function groupsSection({ result }: FactorsFacts): string {
  const { errorsBy } = result.summary
  if (!errorsBy) return ''
  const table = (caption: string, groups: typeof errorsBy.userActivity): string =>
    tableHtml(
      ['Training ratings', 'Test ratings', 'RMSE', 'MAE'],
      groups.map(({ from, to, nTest, rmse, mae }) => [
        from === to ? String(from) : `${from} – ${to}`,
        number(nTest, 0),
        number(rmse),
        number(mae)
      ]),
      caption
    )
  const users = result.list('users')
  const worst = errorsBy.worstUsers.map(({ user, nTest, rmse }): Cell[] => [
    users[user] ?? '',
    number(nTest, 0),
    number(rmse)
  ])
  return `<h2>Where it errs</h2>
${table('By how much a user rated', errorsBy.userActivity)}
${table('By how much an item was rated', errorsBy.itemPopularity)}
${worst.length === 0 ? '' : tableHtml(['User', 'Test ratings', 'RMSE'], worst, 'Predicted worst')}`
}

function historySection({ result: { summary } }: FactorsFacts): string {
  const { history } = summary
  const curves = lossCurves(summary)
  if (history.length === 0) return ''
  const step = Math.ceil(history.length / SWEEPS_SHOWN)
  const places = history.map((_, at) => at)
  const shown = places.filter((at) => (at + 1) % step === 0 || at === 0 || at === history.length - 1)
  return `<h2>Fitting</h2>
${tableHtml(
  ['Sweep', 'Training RMSE', 'Test RMSE', ...curves.map(({ name, whole }) => (whole ? 'Loss' : `of it ${name}`))],
  shown.map((at) => [
    number(history[at]!.iteration, 0),
    number(history[at]!.trainRmse),
    number(history[at]!.testRmse ?? NaN),
    ...curves.map(({ values }) => number(values[at]!, 2))
  ])
)}`
}

function factorsSection({ result }: FactorsFacts): string {
  const { nFactors, nItems, factorShare } = result.summary
  if (nFactors === 0) return ''
  const { data } = result.array('itemFactors')
  const items = result.list('items')
  const named = (k: number): string =>
    `Factor ${k + 1}${factorShare[k] === undefined ? '' : ` · ${writeNumber(100 * factorShare[k], 2)} %`}`
  const ends = Math.max(1, Math.min(ENDS_SHOWN, Math.floor(nItems / 2)))
  const rows = Array.from({ length: Math.min(FACTORS_SHOWN, nFactors) }, (_, k): Cell[] => {
    const order = Array.from({ length: nItems }, (__, item) => item).sort(
      (a, b) => data[b * nFactors + k]! - data[a * nFactors + k]! || a - b
    )
    const names = (some: number[]): string => some.map((item) => items[item] ?? '').join('; ')
    return [named(k), names(order.slice(0, ends)), names(order.slice(-ends).reverse())]
  })
  return `<h2>Factors</h2>
${mapOf(result, data, named)}
${tableHtml(['Factor', 'High', 'Low'], rows, nFactors > FACTORS_SHOWN ? `The first ${FACTORS_SHOWN} of ${nFactors}` : '')}`
}

function stabilitySection({ stability }: FactorsFacts): string {
  if (stability === null) return ''
  const { seeds, factors, measure, notes } = stability
  if (seeds.length === 0) return `<h2>Stability over seeds</h2>\n${listHtml(notes)}`
  const rows = factors
    .slice(0, FACTORS_SHOWN)
    .map(({ axis, turned }, k): Cell[] => [
      `Factor ${k + 1}`,
      number(axis?.mean ?? NaN, 3),
      number(axis?.least ?? NaN, 3),
      number(turned?.mean ?? NaN, 3)
    ])
  return `<h2>Stability over seeds</h2>
<p>Fitted again from the seeds ${seeds.join(', ')}; likeness is the ${measure} of item coordinates, without its sign.</p>
${definitionsHtml(stabilityRows(stability))}
${tableHtml(['Factor', 'Likeness, mean', 'least', 'turned back'], rows)}
${listHtml([...factors.slice(0, FACTORS_SHOWN).map(factorSentence), ...notes])}`
}

function mapOf(
  { summary }: FactorsFacts['result'],
  data: ArrayLike<number>,
  named: (factor: number) => string
): string {
  const { nFactors, nItems } = summary
  if (nFactors < 2) return ''
  // Evenly thinned, not drawn by lot: the same items every time.
  const drawn = Math.min(ITEMS_DRAWN, nItems)
  const places = Array.from({ length: drawn }, (_, i) => Math.floor((i * nItems) / drawn))
  const plot = {
    x: Float64Array.from(places, (item) => data[item * nFactors]!),
    y: Float64Array.from(places, (item) => data[item * nFactors + 1]!),
    groups: null,
    xName: named(0),
    yName: named(1)
  }
  return `<figure>${scoresSvg(plot)}<figcaption>Items. Shares are of the squared length of all item factors.${
    drawn < nItems ? ` ${drawn} of ${nItems} drawn, evenly chosen.` : ''
  }</figcaption></figure>`
}
