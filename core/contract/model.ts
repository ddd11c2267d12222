import { z } from 'zod'
import { modelProvenanceSchema } from './model-provenance.ts'

/** Says what a file is: another program may look for it before it reads on. */
export const MODEL_SCHEMA_ID = 'urn:eigendesk:pca-model:1'

const numbers = z.array(z.number())

/** What is needed to place new rows on the components of a PCA. */
const projectionShape = {
  /** of the result it was taken from */
  name: z.string().min(1).max(400),
  columns: z.array(z.string()).min(1).describe('Names of the columns of X, in order: p of them.'),
  centre: numbers.describe('Subtracted from each column; p numbers.'),
  scale: z
    .array(z.number().positive())
    .describe('Each centred column is divided by this: 1 without scaling; p numbers.'),
  fill: numbers
    .nullable()
    .describe('What a missing cell of each column is taken for; null: a row with a missing cell has no scores.'),
  components: z.array(numbers).min(1).describe('K unit vectors of p entries: the principal axes, the rows of V.'),
  explainedVariance: z
    .array(z.number().min(0))
    .describe('Variance of each score over the fitted rows, largest first; K numbers.')
}

interface Shaped {
  columns: string[]
  centre: number[]
  scale: number[]
  fill: number[] | null
  components: number[][]
  explainedVariance: number[]
}

/** Lengths agree, and no column is named twice. */
function checkShape(model: Shaped, context: z.RefinementCtx): void {
  const p = model.columns.length
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message })
  if (new Set(model.columns).size < p) refuse('columns', 'names a column twice')
  for (const key of ['centre', 'scale', 'fill'] as const) {
    const given = model[key]
    if (given !== null && given.length !== p) refuse(key, `has ${given.length} numbers for ${p} columns`)
  }
  if (model.components.some((axis) => axis.length !== p)) refuse('components', `are not all of ${p} numbers`)
  const k = model.components.length
  if (model.explainedVariance.length !== k) {
    refuse('explainedVariance', `has ${model.explainedVariance.length} numbers for ${k} components`)
  }
}

export const projectionSchema = z.object(projectionShape).superRefine(checkShape)
export type Projection = z.output<typeof projectionSchema>

/** A principal component analysis as a file that any program can apply. */
const modelShape = z.object({
  $schema: z.literal(MODEL_SCHEMA_ID),
  kind: z.literal('pca'),
  version: z.literal(1),
  software: z.string(),
  ...projectionShape,
  howToApply: z.string().describe('The arithmetic in one line.'),
  explainedVarianceRatio: numbers.describe('Shares of totalVariance; K numbers.'),
  singularValues: numbers.describe('Of the centred and scaled X; K numbers.'),
  totalVariance: z.number().describe('Of all components, those that were not kept included.'),
  spectrum: numbers.describe('Every eigenvalue that was computed, K or more: limits of Q need those left out.'),
  nSamples: z.number().int().min(2).describe('Rows that were fitted.'),
  divisor: z.string().describe('Of variances: n-1 or n.'),
  signRule: z.string().describe('largest-positive: the entry of largest magnitude of each component is positive.'),
  parameters: z.record(z.string(), z.json()).describe('What was asked of the analysis.'),
  provenance: modelProvenanceSchema.describe(
    'Where the fitted table came from: the file with its checksum, and every preparation step.'
  ),
  schema: z.record(z.string(), z.json()).optional().describe('This description, as JSON Schema.')
})
export const pcaModelSchema = modelShape.superRefine(checkShape)
export type PcaModel = z.output<typeof pcaModelSchema>

/** The schema of a model file as JSON Schema 2020-12, for programs that are not this one. */
export function modelJsonSchema(): Record<string, z.core.util.JSONType> {
  const { $schema, ...rest } = z.toJSONSchema(modelShape) as Record<string, z.core.util.JSONType>
  return { $schema: $schema!, $id: MODEL_SCHEMA_ID, title: 'A principal component analysis to be applied', ...rest }
}

/** How the columns of a table meet those of a model. */
export interface ColumnMatch {
  matched: string[]
  /** of the model, and not in the table */
  missing: string[]
  /** in both, but no numbers in the table */
  otherType: { name: string; type: string }[]
  /** of the table, and not in the model */
  extra: string[]
}

/** Columns are matched by their names alone, whatever their order. */
export function matchColumns(
  model: Pick<Projection, 'columns'>,
  table: readonly { name: string; type: string }[]
): ColumnMatch {
  const types = new Map(table.map(({ name, type }) => [name, type]))
  const wanted = new Set(model.columns)
  return {
    matched: model.columns.filter((name) => types.get(name) === 'number'),
    missing: model.columns.filter((name) => !types.has(name)),
    otherType: model.columns.flatMap((name) => {
      const type = types.get(name)
      return type === undefined || type === 'number' ? [] : [{ name, type }]
    }),
    extra: table.filter(({ name }) => !wanted.has(name)).map(({ name }) => name)
  }
}
