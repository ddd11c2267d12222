import { factorEnds, storageOf } from '../../analyses/svd/figures.ts'
import type { SvdParams } from '../../analyses/svd/params.ts'
import type { SvdSummary } from '../../analyses/svd/spec.ts'
import { LANGUAGES } from '../../analyses/svd/text/languages.ts'
import { stopWordsLeftOut } from '../../analyses/svd/text/stop-words.ts'
import type { StoredResult } from '../../contract/analysis.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import { counted } from '../../stats/counted.ts'
import { dataSection } from './data-section.ts'
import { scoresSvg, screeSvg } from './figures.ts'
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

/** A truncated SVD as its report sees it. */
export interface SvdFacts {
  software: string
  /** of the result */
  name: string
  dataset: DatasetInfo
  /** sentences */
  steps: readonly string[]
  params: SvdParams
  result: StoredResult<SvdSummary>
}

/** What a report shows of a large result; tables of all of it are exported for themselves. */
const FACTORS_SHOWN = 20
const ENDS_SHOWN = 6
const POINTS_DRAWN = 5000
const ROWS_LISTED = 20

const number = (value: number, digits = 4): Cell => ({ value, digits })
const percent = (share: number): string => `${writeNumber(100 * share, 2)} %`
/** Digits behind the point that show the largest of a column with six that count. */
const digitsOf = (largest: number): number =>
  largest > 0 ? Math.max(0, Math.min(10, 5 - Math.floor(Math.log10(largest)))) : 0

/** A truncated SVD as one page that stands for itself: where the matrix came from, the protocol with its seed, the spectrum and
 * its shares, what each rank leaves beside the least that is possible, the ends of each factor, and how exact the numbers are. The
 * same result gives the same bytes. */
export function svdReportHtml(facts: SvdFacts): string {
  const { name, dataset, software } = facts
  const title = `${name}: ${dataset.name}`
  const sections = [
    dataSection(facts),
    protocolSection(facts),
    matrixSection(facts),
    spectrumSection(facts),
    lowRankSection(facts),
    factorsSection(facts),
    certificateSection(facts),
    arithmeticSection(facts)
  ]
  return pageHtml(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="muted">Truncated singular value decomposition, nothing centred, by ${escapeHtml(software)}.</p>
${sections.join('\n')}`
  )
}

/** What rows and columns are called. */
const sidesOf = ({ source }: SvdSummary): { row: string; column: string } =>
  source === 'text' ? { row: 'document', column: 'term' } : { row: 'row', column: 'column' }

function protocolSection({ params, result: { summary } }: SvdFacts): string {
  const { source, columns, row, column, value, text, language, ngrams, sublinear, minDocuments, maxShare } = params
  const own: Record<SvdParams['source'], () => [string, string][]> = {
    columns: () => [['Matrix', `numeric columns as they stand: ${columns.join(', ')}`]],
    triplets: () => [
      [
        'Matrix',
        `entries of row ${row ?? ''}, column ${column ?? ''}, value ${value ?? '1 each'}; repeated ones added up`
      ]
    ],
    text: () => [
      ['Matrix', `documents of the column ${text ?? ''} by their ${ngrams === 'pairs' ? 'words and pairs' : 'words'}`],
      ['Language', LANGUAGES.find((known) => known.value === language)?.label ?? language],
      ['Stop words', stopWordsWords(params)],
      ['Documents of a term', `at least ${minDocuments}, at most ${percent(maxShare)} of all`],
      ['Weight', `${sublinear ? '(1 + ln(count))' : 'count'} × idf, rows of length 1`]
    ]
  }
  return `<h2>Protocol</h2>
${definitionsHtml([
  ...own[source](),
  ['Centring', 'none'],
  ['Factors', `${summary.nFactors} of ${params.nFactors} asked for`],
  ['Solver', `${summary.solver}. ${summary.solverReason}`],
  ['Seed', String(params.seed)]
])}`
}

function stopWordsWords(params: SvdParams): string {
  const { size } = stopWordsLeftOut(params)
  if (params.stopWords === 'none') return 'kept'
  return size === 0 ? 'kept: there is no list for this language' : `a list of ${size} left out`
}

function matrixSection({ result: { summary } }: SvdFacts): string {
  const { nRows, nColumns, nEntries, density, frobeniusNorm, duplicates, text, dropped, notes } = summary
  const { row, column } = sidesOf(summary)
  return `<h2>Matrix</h2>
${definitionsHtml([
  ['Size', `${counted(nRows, row)} × ${counted(nColumns, column)}`],
  ['Entries not zero', `${nEntries.toLocaleString('en-US')}, ${percent(density)}`],
  ['Norm ‖A‖', writeNumber(frobeniusNorm, digitsOf(frobeniusNorm))],
  ...(duplicates > 0 ? [['Entries added up', String(duplicates)] as [string, string]] : []),
  ...(text === null
    ? []
    : ([
        ['Words', text.nWords.toLocaleString('en-US')],
        ['Stop words left out', text.stopWordsLeftOut.toLocaleString('en-US')],
        ['Terms left out', `${text.rareTerms} in too few documents, ${text.frequentTerms} in too many`]
      ] as [string, string][]))
])}
${notes.length === 0 ? '' : `<h3>Remarks</h3>\n${listHtml(notes)}`}
${
  dropped.length === 0
    ? ''
    : tableHtml(
        ['Row', 'Line of the file', 'Missing'],
        dropped
          .slice(0, ROWS_LISTED)
          .map((one) => [number(one.row + 1, 0), number(one.line, 0), one.columns.join(', ')]),
        dropped.length > ROWS_LISTED ? `Rows left out, the first ${ROWS_LISTED}` : 'Rows left out'
      )
}`
}

function spectrumSection({ result: { summary } }: SvdFacts): string {
  const { singularValues, normShare, cumulativeNormShare, explainedVarianceRatio, nFactors } = summary
  const shown = Math.min(FACTORS_SHOWN, nFactors)
  const rows = singularValues
    .slice(0, shown)
    .map((sigma, k): Cell[] => [
      `factor ${k + 1}`,
      number(sigma, digitsOf(singularValues[0]!)),
      number(100 * normShare[k]!, 2),
      number(100 * cumulativeNormShare[k]!, 2),
      number(100 * explainedVarianceRatio[k]!, 2)
    ])
  return `<h2>Spectrum</h2>
<figure>${screeSvg(normShare.slice(0, shown), { name: 'F', share: 'the squared norm', of: 'factor' })}<figcaption>Shares are of ‖A‖², what was not kept included.</figcaption></figure>
${tableHtml(
  ['Factor', 'Singular value', 'Of the norm, %', 'So far, %', 'Of the variance, %'],
  rows,
  nFactors > shown ? `The first ${shown} of ${nFactors}` : ''
)}
<p class="muted">The variance is that of the columns about their means, as scikit-learn’s TruncatedSVD reports it; the factors are not about the means.</p>`
}

function lowRankSection({ result: { summary } }: SvdFacts): string {
  const { errors, eckartYoung, errorsFormed, nRows, nColumns, nFactors } = summary
  const cells = nRows * nColumns
  const step = Math.max(1, Math.ceil(nFactors / FACTORS_SHOWN))
  const ranks = Array.from({ length: nFactors + 1 }, (_, k) => k).filter((k) => k % step === 0 || k === nFactors)
  const rows = ranks.map((k): Cell[] => {
    const { factors } = storageOf(k, nRows, nColumns)
    return [
      number(k, 0),
      number(errors[k]!, digitsOf(errors[0]!)),
      number(eckartYoung[k]!, digitsOf(errors[0]!)),
      number(factors, 0),
      number((100 * factors) / cells, 2)
    ]
  })
  return `<h2>What each rank leaves</h2>
${tableHtml(['Rank k', '‖A − Aₖ‖', 'Least possible', 'Numbers stored', 'Of all cells, %'], rows)}
<p class="muted">${
    errorsFormed
      ? 'Each difference was formed and measured.'
      : 'Of a matrix of this size differences are not formed: both are those of the singular values.'
  } The least that any matrix of rank k can leave is √(σₖ₊₁² + σₖ₊₂² + …) (Eckart and Young, 1936).</p>`
}

function factorsSection({ result }: SvdFacts): string {
  const { summary } = result
  const { nFactors, normShare } = summary
  const { row, column } = sidesOf(summary)
  const sides = [
    { name: column, vectors: result.array('rightVectors').data, names: result.list('columns') },
    { name: row, vectors: result.array('leftVectors').data, names: result.list('rows') }
  ]
  const shown = Math.min(FACTORS_SHOWN, nFactors)
  const tables = sides.map(({ name, vectors, names }) => {
    const rows = Array.from({ length: shown }, (_, k): Cell[] => {
      const { positive, negative } = factorEnds(vectors, nFactors, k, ENDS_SHOWN)
      const named = (some: number[]): string => (some.length === 0 ? '–' : some.map((at) => names[at] ?? '').join('; '))
      return [`factor ${k + 1} · ${percent(normShare[k]!)}`, named(positive), named(negative)]
    })
    const caption = `${name === row ? 'Rows' : 'Columns'} furthest out${nFactors > shown ? `, the first ${shown} of ${nFactors} factors` : ''}`
    return tableHtml(
      ['Factor', 'Above zero', 'Below zero'],
      rows,
      summary.source === 'text' ? caption.replace('Rows', 'Documents').replace('Columns', 'Terms') : caption
    )
  })
  return `<h2>Factors</h2>
${mapOf(result, sides)}
${tables.join('\n')}`
}

function mapOf(
  { summary }: SvdFacts['result'],
  sides: readonly { name: string; vectors: ArrayLike<number> }[]
): string {
  const { nFactors, singularValues, normShare, source } = summary
  if (nFactors < 2) return ''
  // Of words the first factor is what all have in common: the map begins with the next two, as it does in the app.
  const first = source === 'text' && nFactors >= 3 ? 1 : 0
  const points: { x: number; y: number; side: number }[] = []
  let drawn = 0
  let total = 0
  sides.forEach(({ vectors }, side) => {
    const n = vectors.length / nFactors
    // Evenly thinned, not drawn by lot: the same points every time.
    const count = Math.min(POINTS_DRAWN, n)
    drawn += count
    total += n
    for (let i = 0; i < count; i++) {
      const at = Math.floor((i * n) / count) * nFactors + first
      points.push({ x: vectors[at]! * singularValues[first]!, y: vectors[at + 1]! * singularValues[first + 1]!, side })
    }
  })
  const named = (k: number): string => `factor ${k + 1} · ${percent(normShare[k]!)} of the norm`
  const plot = {
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    groups: { names: sides.map(({ name }) => `${name}s`), of: points.map(({ side }) => side), outlined: false },
    xName: named(first),
    yName: named(first + 1)
  }
  return `<figure>${scoresSvg(plot)}<figcaption>Rows are U·σ, columns V·σ.${
    drawn < total
      ? ` ${drawn.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} points drawn, evenly chosen.`
      : ''
  }</figcaption></figure>`
}

function certificateSection({ result: { summary } }: SvdFacts): string {
  const { residual, orthogonality } = summary.certificate
  return `<h2>How exact</h2>
${definitionsHtml([
  ['‖Av − σu‖, ‖Aᵀu − σv‖', `${writeNumber(residual, 2)} units of rounding`],
  ['‖I − UᵀU‖, ‖I − VᵀV‖', `${writeNumber(orthogonality, 2)} units of rounding`],
  ['Signs', 'the entry of largest magnitude of each column of V is positive']
])}
<p class="muted">A unit is the longer side × 2⁻⁵² (× σ₁); below 10 is as good as LAPACK.</p>`
}

function arithmeticSection({ params, result: { summary } }: SvdFacts): string {
  const { nRows, nColumns, nFactors, source } = summary
  const weights = params.sublinear ? String.raw`(1 + \ln f_{ij})` : 'f_{ij}'
  const tfidf = String.raw`a_{ij} \propto ${weights} \left(\ln \frac{1 + n}{1 + d_j} + 1\right), \quad \textstyle\sum_j a_{ij}^2 = 1`
  return `<h2>How it is made</h2>
${source === 'text' ? formulaHtml(tfidf) : ''}
${formulaHtml(String.raw`A \approx U_k \Sigma_k V_k^\top = \sum_{i=1}^{k} \sigma_i u_i v_i^\top`)}
<p class="shape">A (${nRows}×${nColumns}) ≈ U (${nRows}×${nFactors}) · Σ (${nFactors}×${nFactors}) · Vᵀ (${nFactors}×${nColumns})</p>`
}
