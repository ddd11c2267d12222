/** The analysis as numbered steps: what each does in plain words, its formula, and the shapes it goes through. */
import { conventionFactors, conventions, type ConventionContext, type ConventionId } from './conventions.ts'

/** What the steps depend on. */
export interface MathContext extends ConventionContext {
  nFeatures: number
  nComponents: number
  solver: 'eigh-covariance' | 'eigh-gram' | 'krylov' | 'randomized'
  /** Σ λ over all components, kept or not, as fitted */
  totalVariance: number
  missing: 'drop' | 'mean' | 'iterative'
  /** rows left out for a missing cell; cells filled in */
  nDropped: number
  nImputed: number
  supplementaryRows: number
  supplementaryColumns: number
  convention: ConventionId
}

export type MathStepId =
  | 'rows'
  | 'fill'
  | 'weigh'
  | 'centre'
  | 'scale'
  | 'covariance'
  | 'gram'
  | 'axes'
  | 'share'
  | 'project'
  | 'supplementary'

export interface MathStep {
  id: MathStepId
  title: string
  /** two sentences at most; words of the glossary may be linked */
  text: string
  /** TeX; '' where a step has none */
  formula: string
  /** "X_c (150×4)ᵀ · X_c (150×4) / 149 =" and "C (4×4)" */
  shapes: { from: string; to: string }
  /** what the program of the convention calls the result; null where it has no name for it */
  name: string | null
}

const count = (value: number): string => value.toLocaleString('en')
const size = (rows: number, columns: number): string => `(${count(rows)}×${count(columns)})`
const plural = (value: number, word: string): string => `${count(value)} ${word}${value === 1 ? '' : 's'}`

/** The steps of a fit, in order. Source of the formulas: Jolliffe, Principal Component Analysis, 2nd ed., §2.1, §3.5;
 * row weights §14.2.1; what is filled in: Josse what is filled in: Josse & Husson, Journal de la SFdS 153 (2012) 79, eq. 6. Husson, Journal of Statistical Software 70(1), 2016, section 2.2. */
export function mathSteps(context: MathContext): MathStep[] {
  const { nDropped, nImputed, missing, supplementaryRows, supplementaryColumns } = context
  return [
    nDropped > 0 && dropStep(context),
    nImputed > 0 && missing !== 'drop' && fillStep(context),
    context.weighted && weighStep(context),
    centreStep(context),
    context.scale !== 'none' && scaleStep(context),
    context.solver === 'eigh-gram' ? gramStep(context) : covarianceStep(context),
    axesStep(context),
    shareStep(context),
    projectStep(context),
    (supplementaryRows > 0 || supplementaryColumns > 0) && supplementaryStep(context)
  ].filter((step) => step !== false)
}

/** What goes in, with the sign before what comes out. */
const flow = (from: string, to: string, joint: '=' | '·' | '→' = '='): MathStep['shapes'] => ({
  from: `${from} ${joint}`,
  to
})

const namesOf = (context: MathContext) => conventions[context.convention].names

/** The table after centring and scaling: Z, or X_c where nothing is divided. */
function prepared({ scale }: MathContext): { tex: string; text: string } {
  return scale === 'none' ? { tex: 'X_c', text: 'X_c' } : { tex: 'Z', text: 'Z' }
}

/** The divisor of variances in the convention, as TeX and as a number. */
function divisorOf(context: MathContext): { tex: string; text: string } {
  const { divisor } = conventionFactors(context.convention, context)
  return { tex: divisor === context.nSamples ? 'n' : 'n-1', text: count(divisor) }
}

function dropStep({ nSamples, nFeatures, nDropped }: MathContext): MathStep {
  return {
    id: 'rows',
    title: 'Keep complete rows',
    text: `${plural(nDropped, 'row')} with a missing cell ${nDropped === 1 ? 'is' : 'are'} left out of all that follows.`,
    formula: '',
    shapes: flow(`table ${size(nSamples + nDropped, nFeatures)}`, `X ${size(nSamples, nFeatures)}`, '→'),
    name: null
  }
}

function fillStep({ nSamples, nFeatures, nImputed, missing }: MathContext): MathStep {
  const byComponents = missing === 'iterative'
  return {
    id: 'fill',
    title: 'Fill in what is missing',
    text: byComponents
      ? `${plural(nImputed, 'missing cell')}: each takes what regularized components say of it, fitted again until nothing moves.`
      : `${plural(nImputed, 'missing cell')}: each takes the mean of its column.`,
    formula: byComponents
      ? String.raw`x_{ij}=\bar{x}_j+s_j\sum_{k=1}^{S}\frac{\lambda_k-\sigma^2}{\lambda_k}\,t_{ik}\,v_{jk}`
      : String.raw`x_{ij}=\bar{x}_j`,
    shapes: flow(plural(nImputed, 'missing cell'), `X ${size(nSamples, nFeatures)}`, '→'),
    name: null
  }
}

function weighStep({ nSamples }: MathContext): MathStep {
  return {
    id: 'weigh',
    title: 'Weigh the rows',
    text: 'Each row counts by its weight. Weights are divided by their mean, so that they sum to the number of rows.',
    formula: String.raw`W=\operatorname{diag}(w_1,\dots,w_n),\quad \textstyle\sum_i w_i=n`,
    shapes: flow(`diag w (${count(nSamples)})`, `W ${size(nSamples, nSamples)}`),
    name: null
  }
}

function centreStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, centre, weighted } = context
  const middle =
    centre === 'median' ? { tex: String.raw`\tilde{x}`, text: 'x̃' } : { tex: String.raw`\bar{x}`, text: 'x̄' }
  const X = `X ${size(nSamples, nFeatures)}`
  if (centre === 'none') {
    return {
      id: 'centre',
      title: 'Keep the origin',
      text: 'Nothing is subtracted, as was asked for: the first axis then mostly points from zero at the average row.',
      formula: 'X_c=X',
      shapes: flow(X, `X_c ${size(nSamples, nFeatures)}`),
      name: null
    }
  }
  const average = weighted ? 'weighted mean' : 'mean'
  return {
    id: 'centre',
    title: 'Centre',
    text: `Take each column’s ${centre === 'median' ? 'median' : average} away, so that the cloud sits round the origin.`,
    formula: String.raw`X_c=X-\mathbf{1}${middle.tex}^{\top}`,
    shapes: flow(
      `${X} − 1 ${size(nSamples, 1)} · ${middle.text}ᵀ ${size(1, nFeatures)}`,
      `X_c ${size(nSamples, nFeatures)}`
    ),
    name: namesOf(context).mean
  }
}

const SCALE_STEPS: Record<Exclude<MathContext['scale'], 'none'>, { divisor: string; text: string }> = {
  unit: { divisor: 's', text: 'every column then weighs the same.' },
  pareto: {
    divisor: String.raw`\sqrt{s}`,
    text: 'Divide by the root of the standard deviation: columns that vary much still weigh more, but less so.'
  },
  range: {
    divisor: String.raw`\max-\min`,
    text: 'Divide by the range: every column then spreads over an interval of length 1.'
  },
  robust: {
    divisor: String.raw`1.4826\,\mathrm{MAD}`,
    text: 'Divide by the median absolute deviation, made comparable with a standard deviation: outliers do not move it.'
  }
}

function scaleStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, scale, convention, divisor } = context
  const { divisor: symbol, text } = SCALE_STEPS[scale as keyof typeof SCALE_STEPS]
  const { scaleDivisor } = conventions[convention]
  const used = (scaleDivisor === 'as-fitted' ? divisor : scaleDivisor) === 'n' ? 'n' : 'n\u00a0−\u00a01'
  return {
    id: 'scale',
    title: 'Scale',
    text: scale === 'unit' ? `Divide by the standard deviation (divisor ${used}): ${text}` : text,
    formula: String.raw`Z=X_c\,\operatorname{diag}(${symbol})^{-1}`,
    shapes: flow(
      `X_c ${size(nSamples, nFeatures)} · diag(s)⁻¹ ${size(nFeatures, nFeatures)}`,
      `Z ${size(nSamples, nFeatures)}`
    ),
    name: scale === 'unit' ? namesOf(context).scale : null
  }
}

/** What the matrix of columns is: a correlation only where columns have unit variance about their means. */
function covarianceText(context: MathContext): { title: string; text: string } {
  const { scale, centre, weighted } = context
  if (centre === 'none') {
    return { title: 'Multiply the columns', text: 'The mean products of the columns, from zero: nothing was centred.' }
  }
  if (centre === 'median') {
    return {
      title: 'Multiply the columns',
      text: 'The mean products of what is left of the columns about their medians.'
    }
  }
  if (scale !== 'unit') {
    return {
      title: 'Covariance',
      text: 'How the columns move together: variances on the diagonal, covariances beside it.'
    }
  }
  const { variance } = conventionFactors(context.convention, context)
  const what = weighted ? 'weighted correlation' : 'correlation'
  const isCorrelation = Math.abs(variance - 1) < 1e-12
  return {
    title: 'Correlate',
    text: `How the columns move together. On scaled columns the covariance is ${
      isCorrelation ? `the ${what}` : `n/(n\u00a0−\u00a01) times the ${what}, because two divisors are used`
    }.`
  }
}

function covarianceStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, weighted, solver } = context
  const { tex, text } = prepared(context)
  const divisor = divisorOf(context)
  const words = covarianceText(context)
  const never = solver === 'krylov' || solver === 'randomized'
  const Z = `${text} ${size(nSamples, nFeatures)}`
  return {
    id: 'covariance',
    title: words.title,
    text: words.text + (never ? ' The solver used C without forming it: only its products with a few vectors.' : ''),
    formula: String.raw`C=\frac{1}{${divisor.tex}}\,${tex}^{\top}${weighted ? 'W' : ''}${tex}`,
    shapes: flow(`${Z}ᵀ · ${weighted ? 'W · ' : ''}${Z} / ${divisor.text}`, `C ${size(nFeatures, nFeatures)}`),
    name: null
  }
}

function gramStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, weighted } = context
  const { tex, text } = prepared(context)
  const divisor = divisorOf(context)
  const root = weighted ? String.raw`W^{\frac12}` : ''
  const Z = `${text} ${size(nSamples, nFeatures)}`
  return {
    id: 'gram',
    title: 'Multiply the rows',
    text:
      'With fewer rows than columns, products of rows make a smaller matrix than products of columns. Its eigenvalues ' +
      'are those of the covariance matrix: the answer is the same.',
    formula: String.raw`G=\frac{1}{${divisor.tex}}\,${root}${tex}${tex}^{\top}${root}`,
    shapes: flow(`${Z} · ${Z}ᵀ / ${divisor.text}`, `G ${size(nSamples, nSamples)}`),
    name: null
  }
}

function axesStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, nComponents, solver, convention, weighted } = context
  const { sign } = conventions[convention]
  const signs = {
    'largest-weight': 'the largest entry made positive',
    'largest-score': 'the largest score made positive',
    'weights-sum': 'the sum of the entries made positive',
    none: 'with signs as they come'
  }[sign]
  const V = `V ${size(nFeatures, nComponents)}`
  const L = `Λ ${size(nComponents, nComponents)}`
  const byRows = solver === 'eigh-gram'
  const { tex } = prepared(context)
  const { tex: divisor } = divisorOf(context)
  const root = weighted ? String.raw`W^{\frac12}` : ''
  const G = `G ${size(nSamples, nSamples)} · U ${size(nSamples, nComponents)} = U ${size(nSamples, nComponents)}`
  return {
    id: 'axes',
    title: 'Find the axes',
    text: `Directions that C only stretches: the components, with the variance along each. Sorted by variance; ${signs}.`,
    formula: byRows
      ? String.raw`G\,U=U\,\Lambda,\quad V=\tfrac{1}{\sqrt{${divisor}}}\,${tex}^{\top}${root}U\Lambda^{-\frac12}`
      : String.raw`C\,V=V\,\Lambda`,
    shapes: byRows ? flow(`${G} · ${L}`, V) : flow(`C ${size(nFeatures, nFeatures)} · ${V} = ${V}`, L, '·'),
    name: namesOf(context).components
  }
}

function shareStep(context: MathContext): MathStep {
  const { nFeatures, nComponents, scale, centre, totalVariance } = context
  const { variance } = conventionFactors(context.convention, context)
  const total = totalVariance * variance
  const isCount = scale === 'unit' && centre === 'mean' && Math.abs(total - nFeatures) < 1e-9 * nFeatures
  const kept = nComponents < nFeatures ? ', those of components that are not kept included' : ''
  return {
    id: 'share',
    title: 'Share the variance',
    text: isCount
      ? `Each λ over their sum${kept}; the sum is ${count(nFeatures)}, one for each scaled column.`
      : `Each λ over their sum${kept}: the variances of all columns.`,
    formula: String.raw`r_k=\lambda_k\,/\,\textstyle\sum_j\lambda_j`,
    shapes: flow(`λ (${count(nComponents)}) / ${significant(total)}`, `r (${count(nComponents)})`),
    name: namesOf(context).share
  }
}

function significant(value: number): string {
  const rounded = Number(value.toPrecision(6))
  const written = rounded !== 0 && (Math.abs(rounded) >= 1e9 || Math.abs(rounded) < 1e-4)
  return written ? rounded.toExponential().replace('e+', 'e').replace('-', '−') : String(rounded)
}

function projectStep(context: MathContext): MathStep {
  const { nSamples, nFeatures, nComponents } = context
  const { tex, text } = prepared(context)
  return {
    id: 'project',
    title: 'Project',
    text: 'Each row’s coordinates on the new axes: its scores.',
    formula: `T=${tex}\\,V`,
    shapes: flow(
      `${text} ${size(nSamples, nFeatures)} · V ${size(nFeatures, nComponents)}`,
      `T ${size(nSamples, nComponents)}`
    ),
    name: namesOf(context).scores
  }
}

function supplementaryStep(context: MathContext): MathStep {
  const { nFeatures, nComponents, supplementaryRows, supplementaryColumns } = context
  const { tex, text } = prepared(context)
  const rows = supplementaryRows > 0
  const columns = supplementaryColumns > 0
  const Z = `${text}₊ ${size(supplementaryRows, nFeatures)}`
  return {
    id: 'supplementary',
    title: 'Project what took no part',
    text: [
      rows ? 'Supplementary rows: centred and scaled by the others’ numbers, then projected on the same axes.' : '',
      columns ? 'Supplementary columns: their correlation with the scores, or the mean scores of their groups.' : ''
    ]
      .filter(Boolean)
      .join(' '),
    formula: [
      rows ? `T_{+}=${tex === 'Z' ? 'Z_{+}' : 'X_{c+}'}V` : '',
      columns ? String.raw`r_{yk}=\operatorname{cor}(y,t_k)` : ''
    ]
      .filter(Boolean)
      .join(String.raw`,\quad `),
    shapes: rows
      ? flow(`${Z} · V ${size(nFeatures, nComponents)}`, `T₊ ${size(supplementaryRows, nComponents)}`)
      : flow(plural(supplementaryColumns, 'column'), `r ${size(supplementaryColumns, nComponents)}`, '→'),
    name: null
  }
}
