import { z } from 'zod'
import type { AnalysisSpec, DatasetShape } from '../../contract/analysis.ts'
import { roleOf } from '../../contract/preparation.ts'
import { chosenByRole, columnInRole } from '../roles.ts'
import { PCA_SOLVERS } from '../../stats/pca-solver.ts'

/** More components than this are never kept unless asked for: nobody reads the hundredth. */
export const DEFAULT_COMPONENT_LIMIT = 100

export const pcaParamsSchema = z.object({
  columns: z.array(z.string()).min(1, 'choose at least one column'),
  scale: z.enum(['none', 'unit']),
  missing: z.enum(['drop', 'mean']),
  nComponents: z.number().int().min(1),
  /** a column that names the rows in exports and tooltips; never part of the fit */
  label: z.string().nullable(),
  solver: z.enum(['auto', ...PCA_SOLVERS]),
  /** of the start vectors of the Krylov and the randomized solver; the others do not use it */
  seed: z.number().int().min(0).max(4294967295)
})
export type PcaParams = z.infer<typeof pcaParamsSchema>

const perColumn = z.array(z.number())

/** Everything of a PCA that is small. Arrays of the result, row-major:
 * components (K×p), loadings (p×K), scores (n×K), spectrum (the eigenvalues that were computed: all, or the first K), rowsUsed (n; 0-based rows of the dataset). */
export const pcaSummarySchema = z.object({
  nSamples: z.number().int(),
  nFeatures: z.number().int(),
  nComponents: z.number().int(),
  /** names of the columns of X, in order */
  columns: z.array(z.string()),
  mean: perColumn,
  /** divisor of each centred column: 1 without scaling, its standard deviation with unit variance */
  scale: perColumn,
  /** λ = σ²/(n−1), descending */
  explainedVariance: z.array(z.number()),
  /** λ / totalVariance, discarded components included in the total */
  explainedVarianceRatio: z.array(z.number()),
  /** σ of the centred (and scaled) X */
  singularValues: z.array(z.number()),
  totalVariance: z.number(),
  signRule: z.literal('largest-positive'),
  divisor: z.literal('n-1'),
  solver: z.enum(PCA_SOLVERS),
  /** why that solver, in one sentence */
  solverReason: z.string(),
  /** rows left out: row (0-based), file line, the columns that were missing */
  dropped: z.array(z.object({ row: z.number().int(), line: z.number().int(), columns: z.array(z.string()) })),
  /** cells filled with the column mean, by column name */
  imputed: z.record(z.string(), z.number().int()),
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

const SOLVER_OPTIONS: { value: PcaParams['solver']; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'eigh-covariance', label: 'Covariance matrix' },
  { value: 'eigh-gram', label: 'Inner products of rows' },
  { value: 'krylov', label: 'Krylov' },
  { value: 'randomized', label: 'Randomized' }
]

const SOLVER_HELP: Record<PcaParams['solver'], string> = {
  auto: 'The fastest of the exact ones for this many rows, columns and components.',
  'eigh-covariance': 'Eigenvectors of columns × columns: exact; every eigenvalue, or the first where few are kept.',
  'eigh-gram': 'Eigenvectors of rows × rows: exact, and small where there are few rows.',
  krylov: 'Products of the table with a few vectors, repeated until exact: for few components of a large table.',
  randomized: 'As Krylov, stopped after five rounds: an approximation, good where the first components stand out.'
}

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

const chosen = (params: Record<string, unknown>): string[] =>
  Array.isArray(params['columns']) ? (params['columns'] as string[]) : []

/** At most min(rows, columns) components exist. */
export function maxComponents(params: Record<string, unknown>, dataset: DatasetShape): number {
  return Math.max(1, Math.min(dataset.nRows, chosen(params).length))
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
      help: (_params, dataset) => {
        const skipped = dataset.columns.filter((c) => c.isRowNumber).map((c) => c.name)
        return skipped.length > 0
          ? `${skipped.join(', ')} only counts the rows: left out at first.`
          : 'Numeric columns; others can colour and name the points.'
      }
    },
    {
      key: 'centre',
      label: 'Centre',
      control: { kind: 'fixed', text: 'Always: the mean of each column is subtracted' },
      help: () => 'Components describe differences from the average row.'
    },
    {
      key: 'scale',
      label: 'Scale',
      control: {
        kind: 'choice',
        options: [
          { value: 'none', label: 'None' },
          { value: 'unit', label: 'Unit variance' }
        ]
      },
      help: (params) =>
        params['scale'] === 'unit'
          ? 'Each column counts the same: components of the correlation matrix.'
          : 'Columns keep their units: components of the covariance matrix; a column with large numbers leads.'
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
          { value: 'mean', label: 'Column mean' }
        ]
      },
      help: (params) =>
        params['missing'] === 'mean'
          ? 'A missing cell takes the mean of its column.'
          : 'A row with a missing cell is left out.'
    },
    {
      key: 'label',
      label: 'Row names',
      control: { kind: 'column', accepts: ['text', 'category', 'number', 'date', 'boolean'], optional: true },
      help: () => 'Names the points and the exported rows; not part of the fit.'
    },
    {
      key: 'solver',
      label: 'Solver',
      control: { kind: 'choice', options: SOLVER_OPTIONS },
      help: (params) => SOLVER_HELP[params['solver'] as PcaParams['solver']]
    }
  ],
  defaults: (dataset, asked = {}) => {
    const label = asked['label'] === undefined ? labelColumn(dataset) : asked['label']
    // A column that names the rows does not measure them.
    const columns = Array.isArray(asked['columns'])
      ? chosen(asked)
      : measuredColumns(dataset).filter((c) => c !== label)
    return {
      scale: 'none',
      missing: 'drop',
      nComponents: Math.max(1, Math.min(dataset.nRows, columns.length, DEFAULT_COMPONENT_LIMIT)),
      label: labelColumn(dataset),
      solver: 'auto',
      seed: 0,
      ...asked,
      columns
    }
  },
  nameOf: (params) => (params.scale === 'unit' ? 'PCA, unit variance' : 'PCA, unscaled'),
  columnsNeeded: (params) => params.columns
}
