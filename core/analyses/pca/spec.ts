import { z } from 'zod'
import type { AnalysisSpec, DatasetShape } from '../../contract/analysis.ts'
import { roleOf } from '../../contract/preparation.ts'
import { chosenByRole, columnInRole } from '../roles.ts'
import { CENTRE_HELP, columnsHelp, leaderHelp, missingHelp, SCALE_HELP, SOLVER_HELP } from './form-help.ts'
import { SCALES, type Scale } from './scales.ts'
import { maxComponents, namesIn, settleParams, usualComponents } from './settle.ts'
import { ROW_RUNS } from './figures/row-runs.ts'
import { PCA_SOLVERS } from '../../stats/pca-solver.ts'

export const pcaParamsSchema = z.object({
  columns: z.array(z.string()).min(1, 'choose at least one column'),
  /** what is subtracted from each column; the origin of the components */
  centre: z.enum(['mean', 'median', 'none']),
  scale: z.enum(SCALES),
  missing: z.enum(['drop', 'mean', 'iterative']),
  /** components an iterative PCA fills missing cells with; null: chosen by generalized cross-validation */
  imputeComponents: z.number().int().min(1).nullable(),
  /** what sums of squares are divided by in variances and standard deviations */
  divisor: z.enum(['n-1', 'n']),
  /** a column that says how much each row counts */
  weight: z.string().nullable(),
  /** rows that are projected and not fitted, counted from 1: "24-27, 30" */
  supplementaryRows: z.string().regex(ROW_RUNS, 'row numbers and runs of them, as in 24-27, 30'),
  /** columns, of numbers or categories, that are related to the components and not fitted */
  supplementaryColumns: z.array(z.string()),
  /** a category whose groups are compared: supplementary, and what colours the points at first */
  group: z.string().nullable(),
  nComponents: z.number().int().min(1),
  /** a column that names the rows in exports and tooltips; never part of the fit */
  label: z.string().nullable(),
  solver: z.enum(['auto', ...PCA_SOLVERS]),
  /** of the start vectors of the Krylov and the randomized solver; the others do not use it */
  seed: z.number().int().min(0).max(4294967295)
})
export type PcaParams = z.infer<typeof pcaParamsSchema>
export type { Scale }

const perColumn = z.array(z.number())

/** Everything of a PCA that is small. Arrays of the result, row-major:
 * components (K×p), loadings (p×K), deviations (p: of the prepared columns, whose squares the loadings' squares sum to), scores (n×K), spectrum (the eigenvalues that were computed: all, or the first K), rowsUsed (n; 0-based rows of the dataset),
 * squaredDistances (n: Σ z² of a row, z centred and scaled), residualSquares (n: what the K components leave of it);
 * where they apply weights (n, of mean 1), supplementaryRowsUsed (m), supplementaryScores (m×K), supplementarySquaredDistances (m),
 * and cells that were filled in: imputedRow, imputedColumn (positions in columns), imputedValue; the same of supplementary rows:
 * supplementaryImputedRow, supplementaryImputedColumn, supplementaryImputedValue. */
export const pcaSummarySchema = z.object({
  nSamples: z.number().int(),
  nFeatures: z.number().int(),
  nComponents: z.number().int(),
  /** names of the columns of X, in order */
  columns: z.array(z.string()),
  /** what was subtracted from each column: its mean, with row weights the weighted one; its median; or 0 */
  mean: perColumn,
  centre: pcaParamsSchema.shape.centre,
  /** divisor of each centred column: 1 without scaling, its standard deviation with unit variance */
  scale: perColumn,
  /** λ = σ²/(n−1), or σ²/n with that divisor; descending */
  explainedVariance: z.array(z.number()),
  /** λ / totalVariance, discarded components included in the total */
  explainedVarianceRatio: z.array(z.number()),
  /** σ of the centred (and scaled) X */
  singularValues: z.array(z.number()),
  totalVariance: z.number(),
  signRule: z.literal('largest-positive'),
  divisor: pcaParamsSchema.shape.divisor,
  solver: z.enum(PCA_SOLVERS),
  /** why that solver, in one sentence */
  solverReason: z.string(),
  /** rows left out: row (0-based), file line, the columns that were missing */
  dropped: z.array(z.object({ row: z.number().int(), line: z.number().int(), columns: z.array(z.string()) })),
  /** missing cells that were filled in, by column name */
  imputed: z.record(z.string(), z.number().int()),
  /** components an iterative PCA filled them with; null where none did */
  imputeComponents: z.number().int().nullable(),
  /** rows that were projected and not fitted; those left out for missing values */
  supplementary: z.object({
    rows: z.number().int(),
    dropped: z.array(z.object({ row: z.number().int(), line: z.number().int(), columns: z.array(z.string()) }))
  }),
  certificate: z.object({
    /** largest ‖Cv−λv‖/(p·ulp·λ₁) of the kept components; below 10 is as good as LAPACK */
    residual: z.number(),
    /** ‖I−VᵀV‖/(n·ulp) */
    orthogonality: z.number(),
    /** smallest gap between neighbouring kept eigenvalues, and the first discarded, relative to the largest; null with one */
    eigengap: z.number().nullable()
  }),
  /** honest remarks in plain sentences: constant columns, imputed cells */
  notes: z.array(z.string()),
  /** milliseconds by phase */
  timings: z.record(z.string(), z.number())
})
export type PcaSummary = z.infer<typeof pcaSummarySchema>

/** What a scale is called in the name and the head of a result. */
export const SCALE_WORDS: Record<Scale, string> = {
  none: 'unscaled',
  unit: 'unit variance',
  pareto: 'Pareto scaling',
  range: 'range scaling',
  robust: 'robust scaling'
}

const SOLVER_OPTIONS: { value: PcaParams['solver']; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'eigh-covariance', label: 'Covariance matrix' },
  { value: 'eigh-gram', label: 'Inner products of rows' },
  { value: 'krylov', label: 'Krylov' },
  { value: 'randomized', label: 'Randomized' }
]

/** Numeric columns of a dataset, row numbers left out: the features among them where a person named some. */
export function measuredColumns(dataset: DatasetShape): string[] {
  const numbers = dataset.columns.filter((c) => c.type === 'number')
  const named = numbers.some((c) => roleOf(dataset, c.name) === 'feature')
  return chosenByRole(
    dataset,
    numbers.filter((c) => named || !c.isRowNumber).map((c) => c.name)
  )
}

/** The column whose role it is to name the rows, else the first text column whose values are all different. */
export function labelColumn(dataset: DatasetShape): string | null {
  const named = columnInRole(dataset, 'label')
  if (named !== undefined) return named
  const names = dataset.columns.find(
    (c) =>
      roleOf(dataset, c.name) === undefined &&
      (c.type === 'text' || c.type === 'category') &&
      c.missing === 0 &&
      c.distinct === dataset.nRows
  )
  return names?.name ?? null
}

/** The column whose role it is to group the rows. */
function groupColumn(dataset: DatasetShape): string | null {
  return columnInRole(dataset, 'group') ?? null
}

export const pcaSpec: AnalysisSpec<PcaParams, PcaSummary> = {
  kind: 'pca',
  title: 'Principal components',
  description: 'The few directions along which the rows differ most, from the numeric columns.',
  params: pcaParamsSchema,
  summary: pcaSummarySchema,
  fields: [
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: ['number'] },
      help: (_params, dataset) => columnsHelp(dataset)
    },
    {
      key: 'centre',
      label: 'Centre',
      group: 'scaling',
      control: {
        kind: 'choice',
        options: [
          { value: 'mean', label: 'Mean' },
          { value: 'median', label: 'Median' },
          { value: 'none', label: 'None' }
        ]
      },
      help: (params) => CENTRE_HELP[params['centre'] as PcaParams['centre']]
    },
    {
      key: 'scale',
      label: 'Scale',
      group: 'scaling',
      control: {
        kind: 'choice',
        options: [
          { value: 'none', label: 'None' },
          { value: 'unit', label: 'Unit variance' },
          { value: 'pareto', label: 'Pareto' },
          { value: 'range', label: 'Range' },
          { value: 'robust', label: 'Robust (MAD)' }
        ]
      },
      help: (params, dataset) => leaderHelp(params, dataset) ?? SCALE_HELP[params['scale'] as Scale]
    },
    {
      key: 'nComponents',
      label: 'Components',
      group: 'size',
      control: { kind: 'integer', min: 1, max: maxComponents },
      help: () => 'How many to keep; shares always refer to all of them.'
    },
    {
      key: 'missing',
      label: 'Missing values',
      group: 'size',
      control: {
        kind: 'choice',
        options: [
          { value: 'drop', label: 'Drop rows' },
          { value: 'mean', label: 'Column mean' },
          { value: 'iterative', label: 'Iterative PCA' }
        ]
      },
      help: missingHelp
    },
    {
      key: 'imputeComponents',
      label: 'Components to fill with',
      control: { kind: 'integer', min: 1, max: maxComponents, optional: true },
      help: () => 'Left empty, generalized cross-validation chooses.',
      visible: (params) => params['missing'] === 'iterative'
    },
    {
      key: 'label',
      label: 'Row names',
      control: { kind: 'column', accepts: ['text', 'category', 'number', 'date', 'boolean'], optional: true },
      help: () => 'Names the points and the exported rows; not part of the fit.'
    },
    {
      key: 'group',
      label: 'Groups',
      control: { kind: 'column', accepts: ['category', 'boolean', 'text', 'number'], optional: true },
      help: () => 'Its groups are compared on the components; not part of the fit.'
    },
    {
      key: 'supplementaryRows',
      label: 'Supplementary rows',
      section: 'more',
      control: { kind: 'text' },
      help: () => 'Projected onto the components and never fitted: row numbers, as in 24-27, 30.'
    },
    {
      key: 'supplementaryColumns',
      label: 'Supplementary columns',
      section: 'more',
      control: { kind: 'columns', accepts: ['number', 'category', 'boolean', 'text'], optional: true },
      help: () =>
        'Related to the components and never fitted: numbers by correlation, categories by the means of their groups.'
    },
    {
      key: 'weight',
      label: 'Row weights',
      section: 'more',
      control: { kind: 'column', accepts: ['number'], optional: true },
      help: () => 'How much each row counts; zero only projects it.'
    },
    {
      key: 'divisor',
      label: 'Divisor',
      section: 'more',
      control: {
        kind: 'choice',
        options: [
          { value: 'n-1', label: 'n − 1' },
          { value: 'n', label: 'n' }
        ]
      },
      help: (params) =>
        params['divisor'] === 'n'
          ? 'Variances of the rows at hand, as FactoMineR has them.'
          : 'Variances estimated for the population the rows come from, as R and scikit-learn have them.'
    },
    {
      key: 'solver',
      label: 'Solver',
      section: 'more',
      control: { kind: 'choice', options: SOLVER_OPTIONS },
      help: (params) => SOLVER_HELP[params['solver'] as PcaParams['solver']]
    }
  ],
  defaults: (dataset, asked = {}) => {
    const label = asked['label'] === undefined ? labelColumn(dataset) : asked['label']
    const weight = asked['weight'] === undefined ? (columnInRole(dataset, 'weight') ?? null) : asked['weight']
    const group = asked['group'] === undefined ? groupColumn(dataset) : asked['group']
    // A column that names, groups or weighs the rows does not measure them.
    const apart = [label, weight, group, ...namesIn(asked['supplementaryColumns'])]
    const columns = Array.isArray(asked['columns'])
      ? namesIn(asked['columns'])
      : measuredColumns(dataset).filter((c) => !apart.includes(c))
    return {
      centre: 'mean',
      scale: 'none',
      missing: 'drop',
      imputeComponents: null,
      divisor: 'n-1',
      weight: columnInRole(dataset, 'weight') ?? null,
      supplementaryRows: '',
      supplementaryColumns: [],
      group: groupColumn(dataset),
      nComponents: usualComponents(columns, dataset),
      label: labelColumn(dataset),
      solver: 'auto',
      seed: 0,
      ...asked,
      columns
    }
  },
  settle: settleParams,
  nameOf: (params) => `PCA, ${SCALE_WORDS[params.scale]}`,
  columnsNeeded: (params) => (params.weight === null ? params.columns : [...params.columns, params.weight])
}
