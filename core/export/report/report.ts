import { strongestLoadings } from '../../analyses/pca/figures.ts'
import { closeAxes, closeAxesSentence } from '../../analyses/pca/figures/close-axes.ts'
import { hotellingLimits, hotellingT2, sampleVariances } from '../../analyses/pca/figures/hotelling.ts'
import { mathSteps } from '../../analyses/pca/figures/math-steps.ts'
import {
  eigenvaluesLeftOver,
  qResiduals,
  residualLimitOf,
  residualLimits
} from '../../analyses/pca/figures/residual.ts'
import type { StoredResult } from '../../contract/analysis.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import type { PcaParams, PcaSummary } from '../../analyses/pca/spec.ts'
import { counted } from '../../stats/counted.ts'
import { dataSection } from './data-section.ts'
import { loadingsSvg, scoresSvg, screeSvg, type ScorePlot } from './figures.ts'
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

/** A PCA as its report sees it. */
export interface ReportFacts {
  software: string
  /** of the result */
  name: string
  dataset: DatasetInfo
  /** sentences */
  steps: readonly string[]
  params: PcaParams
  result: StoredResult<PcaSummary>
  /** names of the dataset's rows (0-based); null where no column names them */
  rowNames: readonly string[] | null
  /** groups of the dataset's rows, by the column that groups them */
  groups: { column: string; names: readonly string[]; of: ArrayLike<number> } | null
  /** studies that were made of the result: title, what was asked, what came out */
  studies: readonly { title: string; params: Record<string, unknown>; summary: Record<string, unknown> }[]
  /** the analysis as a program in Python */
  script: string
}

/** What a report shows of a large result; tables of all of it are exported for themselves. */
const POINTS_DRAWN = 5000
const COMPONENTS_SHOWN = 20
const COLUMNS_SHOWN = 40
const LOADINGS_SHOWN = 24
const ROWS_SHOWN = 10
/** Scores that are gone through for unusual rows. */
const SCORES_LOOKED_AT = 25_000_000

const number = (value: number, digits = 3): Cell => ({ value, digits })

/** A PCA as one page that stands for itself: where the data came from, every step, parameter and seed, pictures, tables, how
 * exact it is, and the mathematics. The same result gives the same bytes: there is no clock in it, and no random name. */
export function reportHtml(facts: ReportFacts): string {
  const { name, dataset, params, software } = facts
  const title = `${name}: ${dataset.name}`
  const sections = [
    dataSection(facts),
    parameterSection(params),
    rowsSection(facts),
    varianceSection(facts),
    scoresSection(facts),
    columnsSection(facts),
    unusualSection(facts),
    studiesSection(facts),
    mathSection(facts),
    certificateSection(facts),
    `<h2>The same elsewhere</h2>
<p>As a Python script with the numbers expected in it. It ends with code 0 where every one of them agrees.</p>
<details><summary>Script</summary><pre>${escapeHtml(facts.script)}</pre></details>`
  ]
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="muted">Principal component analysis, by ${escapeHtml(software)}.</p>
${sections.filter((section) => section !== '').join('\n')}`
  )
}

function parameterSection(params: PcaParams): string {
  const none = (value: string | null): string => (value === null || value === '' ? 'none' : value)
  return `<h2>Parameters</h2>
${definitionsHtml([
  ['Columns', `${params.columns.length}: ${params.columns.join(', ')}`],
  ['Centre', params.centre],
  ['Scale', params.scale],
  ['Missing values', params.missing],
  ['Divisor of variances', params.divisor],
  ['Row weights', none(params.weight)],
  ['Supplementary rows', none(params.supplementaryRows)],
  ['Supplementary columns', none(params.supplementaryColumns.join(', '))],
  ['Group', none(params.group)],
  ['Components', String(params.nComponents)],
  ['Solver', params.solver],
  ['Seed', String(params.seed)]
])}`
}

function rowsSection({ result: { summary } }: ReportFacts): string {
  const { dropped, imputed, supplementary, notes } = summary
  const lines = dropped
    .slice(0, ROWS_SHOWN)
    .map(({ line, columns }) => `Line ${line}: no value in ${columns.join(', ')}.`)
  const more = dropped.length - lines.length
  return `<h2>Rows used</h2>
<p>${counted(summary.nSamples, 'row')} fitted, ${counted(dropped.length, 'row')} left out${
    supplementary.rows > 0 ? `, ${counted(supplementary.rows, 'supplementary row')} projected` : ''
  }.</p>
${lines.length === 0 ? '' : listHtml(more > 0 ? [...lines, `And ${counted(more, 'more row')}.`] : lines)}
${
  Object.keys(imputed).length === 0
    ? ''
    : tableHtml(
        ['Column', 'Cells filled in'],
        Object.entries(imputed).map(([column, cells]) => [column, number(cells, 0)])
      )
}
${notes.length === 0 ? '' : `<h3>Remarks</h3>\n${listHtml(notes)}`}`
}

function varianceSection({ result: { summary } }: ReportFacts): string {
  const shown = Math.min(COMPONENTS_SHOWN, summary.nComponents)
  const shares = summary.explainedVarianceRatio.slice(0, shown)
  let sum = 0
  const rows = shares.map((share, k): Cell[] => {
    sum += share
    return [
      `PC${k + 1}`,
      number(summary.explainedVariance[k]!, 4),
      number(100 * share, 2),
      number(100 * sum, 2),
      number(summary.singularValues[k]!, 4)
    ]
  })
  return `<h2>Explained variance</h2>
<figure>${screeSvg(shares)}<figcaption>Shares are of the total variance, ${writeNumber(summary.totalVariance, 4)}, components that were not kept included.</figcaption></figure>
${tableHtml(['Component', 'Eigenvalue', 'Share, %', 'Cumulative, %', 'Singular value'], rows)}
${shown < summary.nComponents ? `<p class="muted">The first ${shown} of ${summary.nComponents} components.</p>` : ''}`
}

function axisName(summary: PcaSummary, component: number): string {
  return `PC${component + 1} · ${(100 * summary.explainedVarianceRatio[component]!).toFixed(2)} %`
}

function scoresSection({ result, groups }: ReportFacts): string {
  const { summary } = result
  if (summary.nComponents < 2) return ''
  const { data } = result.array('scores', [0, 1])
  const used = result.array('rowsUsed').data
  const { nSamples } = summary
  // Evenly thinned, not drawn by lot: the same rows every time.
  const drawn = Math.min(POINTS_DRAWN, nSamples)
  const rows = Array.from({ length: drawn }, (_, i) => Math.floor((i * nSamples) / drawn))
  const plot: ScorePlot = {
    x: Float64Array.from(rows, (row) => data[2 * row]!),
    y: Float64Array.from(rows, (row) => data[2 * row + 1]!),
    groups: groups && { names: groups.names, of: Int32Array.from(rows, (row) => groups.of[used[row]!]!) },
    xName: axisName(summary, 0),
    yName: axisName(summary, 1)
  }
  const notes = [
    groups ? `Coloured by ${groups.column}, with 95 % ellipses of normal groups.` : '',
    drawn < nSamples ? `${counted(drawn, 'row')} of ${nSamples.toLocaleString('en-US')} drawn, evenly chosen.` : ''
  ]
  return `<h2>Scores</h2>
<figure>${scoresSvg(plot)}<figcaption>${escapeHtml(notes.filter(Boolean).join(' '))}</figcaption></figure>`
}

function columnsSection({ result }: ReportFacts): string {
  const { summary } = result
  const { nComponents, columns } = summary
  const { data } = result.array('loadings')
  const axes = nComponents > 1 ? [0, 1] : [0]
  const strongest = strongestLoadings(data, nComponents, axes, LOADINGS_SHOWN)
  const panels = axes.map((k) => ({
    title: axisName(summary, k),
    values: strongest.map((j) => data[j * nComponents + k]!)
  }))
  const kept = Math.min(5, nComponents)
  const listed = strongestLoadings(data, nComponents, axes, COLUMNS_SHOWN)
  const rows = listed.map((j): Cell[] => [
    columns[j]!,
    number(summary.mean[j]!, 4),
    number(summary.scale[j]!, 4),
    ...Array.from({ length: kept }, (_, k) => number(data[j * nComponents + k]!))
  ])
  const head = ['Column', 'Subtracted', 'Divided by', ...Array.from({ length: kept }, (_, k) => `PC${k + 1}`)]
  const names = strongest.map((j) => columns[j]!)
  return `<h2>Columns</h2>
<figure>${loadingsSvg(names, panels)}<figcaption>Loadings: component × √variance.${
    names.length < columns.length ? ` The ${names.length} strongest of ${columns.length} columns.` : ''
  }</figcaption></figure>
${tableHtml(head, rows, listed.length < columns.length ? `The ${listed.length} strongest of ${columns.length} columns` : '')}`
}

function unusualSection({ result, rowNames }: ReportFacts): string {
  const { summary } = result
  const { nSamples, nComponents } = summary
  if (summary.centre !== 'mean') return ''
  if (nSamples * nComponents > SCORES_LOOKED_AT) {
    const scores = (nSamples * nComponents).toLocaleString('en-US')
    const limit = SCORES_LOOKED_AT.toLocaleString('en-US')
    return `<h2>Unusual rows</h2>
<p class="muted">Not looked for: the result has ${scores} scores, and a report goes through ${limit}. Diagnostics in the app shows them.</p>`
  }
  const scores = result.array('scores').data
  const rowsUsed = result.array('rowsUsed').data
  const variances = sampleVariances(summary.explainedVariance, summary.divisor, nSamples)
  // Two components, or as many as there are: what the plot above shows.
  const cut = Math.min(2, nComponents)
  const t2 = hotellingT2({ scores, nComponents }, variances, cut)
  const q = qResiduals({ scores, nComponents }, result.array('residualSquares').data, cut)
  const limits = hotellingLimits(nSamples, cut)
  const factor = summary.divisor === 'n' ? nSamples / (nSamples - 1) : 1
  const leftOver = eigenvaluesLeftOver(
    result.array('spectrum').data.map((value) => value * factor),
    summary.totalVariance * factor,
    cut
  )
  const qLimit = leftOver === null ? residualLimitOf(q) : residualLimits(leftOver).jacksonMudholkar
  const rows = largest(t2, ROWS_SHOWN).map((i): Cell[] => {
    const row = rowsUsed[i]!
    return [rowNames?.[row] ?? `Row ${row + 1}`, number(t2[i]!, 2), number(q[i]!)]
  })
  const beyond = (values: ArrayLike<number>, limit: number | null): string =>
    limit === null ? 'no limit' : `${Array.from(values).filter((value) => value > limit).length} of ${nSamples} beyond`
  return `<h2>Unusual rows</h2>
${definitionsHtml([
  [
    'T², 95 % limit',
    limits.beta === null ? 'none' : `${writeNumber(limits.beta, 2)} (Beta): ${beyond(t2, limits.beta)}`
  ],
  ['Q, 95 % limit', qLimit === null ? 'none' : `${writeNumber(qLimit, 3)}: ${beyond(q, qLimit)}`]
])}
${tableHtml(['Row', 'T²', 'Q'], rows, `The rows farthest out on ${cut === 1 ? 'the first component' : 'the first two components'}`)}`
}

/** Where the largest values stand, largest first; of equal ones the first. */
function largest(values: ArrayLike<number>, count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    if (found.length === count && values[i]! <= values[found.at(-1)!]!) continue
    const before = found.findIndex((at) => values[at]! < values[i]!)
    found.splice(before < 0 ? found.length : before, 0, i)
    if (found.length > count) found.pop()
  }
  return found
}

/** Numbers and words of a summary that stand alone; lists are counted. */
function plainEntries(object: Record<string, unknown>, before = ''): [string, string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const name = before === '' ? key : `${before} · ${key}`
    if (typeof value === 'number') return [[name, writeNumber(value, Number.isInteger(value) ? 0 : 4)]]
    if (typeof value === 'string' || typeof value === 'boolean') return [[name, String(value)]]
    if (Array.isArray(value)) {
      const short = value.length <= 12 && value.every((item) => typeof item === 'number' || typeof item === 'string')
      const written = short
        ? value.map((item) => (typeof item === 'number' ? writeNumber(item, Number.isInteger(item) ? 0 : 3) : item))
        : null
      return value.length === 0 ? [] : [[name, written ? written.join(', ') : `${value.length} entries`]]
    }
    return value !== null && typeof value === 'object' ? plainEntries(value as Record<string, unknown>, name) : []
  })
}

function studiesSection({ studies }: ReportFacts): string {
  if (studies.length === 0) return ''
  return `<h2>Studies of the result</h2>
${studies
  .map(
    ({ title, params, summary }) => `<h3>${escapeHtml(title)}</h3>
${definitionsHtml([...plainEntries(params, 'asked'), ...plainEntries(summary).slice(0, 60)])}`
  )
  .join('\n')}`
}

function mathSection({ params, result: { summary } }: ReportFacts): string {
  const steps = mathSteps({
    nSamples: summary.nSamples,
    nFeatures: summary.nFeatures,
    nComponents: summary.nComponents,
    divisor: summary.divisor,
    centre: params.centre,
    scale: params.scale,
    weighted: params.weight !== null,
    solver: summary.solver,
    totalVariance: summary.totalVariance,
    missing: params.missing,
    nDropped: summary.dropped.length,
    nImputed: Object.values(summary.imputed).reduce((sum, cells) => sum + cells, 0),
    supplementaryRows: summary.supplementary.rows,
    supplementaryColumns: params.supplementaryColumns.length,
    convention: 'eigendesk'
  })
  return `<h2>What was computed</h2>
${steps
  .map(
    ({ title, text, formula, shapes }, i) => `<h3>${i + 1}. ${escapeHtml(title)}</h3>
<p>${escapeHtml(text)}</p>
${formula === '' ? '' : formulaHtml(formula)}
<p class="shape">${escapeHtml(`${shapes.from} ${shapes.to}`)}</p>`
  )
  .join('\n')}`
}

function certificateSection({ result: { summary } }: ReportFacts): string {
  const { certificate, explainedVariance, nSamples } = summary
  const { nearlyEqual } = closeAxes(explainedVariance, certificate.eigengap, nSamples)
  const close = closeAxesSentence(nearlyEqual)
  return `<h2>How exact it is</h2>
${definitionsHtml([
  ['Solver', `${summary.solver}. ${summary.solverReason}`],
  [
    'Residual',
    `${writeNumber(certificate.residual, 2)}: largest ‖Cv − λv‖ / (p · ulp · λ₁); below 10 is as good as LAPACK`
  ],
  ['Orthogonality', `${writeNumber(certificate.orthogonality, 2)}: ‖I − VᵀV‖ / (n · ulp)`],
  [
    'Smallest eigengap',
    certificate.eigengap === null
      ? 'none: one component'
      : `${writeNumber(certificate.eigengap, 4)} of the largest eigenvalue; near 0, two axes can be turned into each other`
  ],
  ...(close === null ? [] : [['Nearly equal', close] as [string, string]]),
  ['Signs', 'The largest entry of each component is positive.'],
  ['Divisor', `Variances are sums of squares over ${summary.divisor}.`]
])}`
}
