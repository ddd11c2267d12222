import { z } from 'zod'
import type { ErrorData } from './errors.ts'
import { projectionSchema } from './model.ts'
import { columnTypeSchema, type ColumnSummary } from './table.ts'

/** What a column is for. Roles choose columns in the forms of analyses beforehand; nothing else follows from them. */
export const roleSchema = z.enum(['feature', 'label', 'group', 'weight', 'ignore'])
export type Role = z.infer<typeof roleSchema>
/** by column name; a column without one has no entry */
export const rolesSchema = z.record(z.string(), roleSchema)
export type Roles = z.infer<typeof rolesSchema>

/** The role a person gave a column, if any. */
export function roleOf({ roles }: { roles?: Roles }, column: string): Role | undefined {
  return roles && Object.hasOwn(roles, column) ? roles[column] : undefined
}

const column = z.string()
const columns = z.array(column).min(1, 'choose at least one column')
/** of a column of numbers a number, of dates a date as the file may write it */
const limit = z.union([z.number(), z.string().trim().min(1)], { error: 'must be a number or a date' })
const negated = z.boolean().default(false)
const newName = z
  .string()
  .trim()
  .min(1, 'a name has at least one character')
  .max(200, 'a name has at most 200 characters')
const word = z.string().trim().max(200, 'a word has at most 200 characters')
/** rows as runs: first row (from 0) and number of rows of each, ascending */
const runs = z.array(z.number().int().min(0)).min(2, 'choose at least one row')

/** One thing a row must fulfil. A missing cell fulfils none but 'missing'. negated turns the answer round, also for missing cells
 * of 'oneOf' and 'contains': "not one of" keeps them. */
export const conditionSchema = z.discriminatedUnion('test', [
  z.object({
    test: z.literal('compare'),
    column,
    operator: z.enum(['<', '<=', '=', '!=', '>=', '>']),
    value: limit
  }),
  z.object({
    test: z.literal('between'),
    column,
    from: limit,
    to: limit
  }),
  z.object({
    test: z.literal('oneOf'),
    column,
    values: z.array(z.string()).min(1, 'name at least one value'),
    negated
  }),
  z.object({
    test: z.literal('contains'),
    column,
    text: z.string().min(1, 'say which text'),
    /** where in the cell; without regard to case */
    place: z.enum(['anywhere', 'begin', 'whole']).default('anywhere'),
    negated
  }),
  z.object({ test: z.literal('missing'), column, negated }),
  /** chosen one by one: runs of rows (from 0) of the table that is prepared, whatever steps come before: first row and
   * number of rows of each */
  z.object({
    test: z.literal('rows'),
    runs,
    negated
  })
])
export type Condition = z.output<typeof conditionSchema>

export const TRANSFORMS = ['log', 'log10', 'log1p', 'sqrt', 'standardize', 'center', 'minmax', 'rank'] as const
export type Transform = (typeof TRANSFORMS)[number]

/** One step of a preparation. The table it is applied to is never changed: each step makes another one. */
export const stepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('filter'),
    match: z.enum(['all', 'any']).default('all'),
    conditions: z.array(conditionSchema).min(1, 'say at least one condition')
  }),
  /** keep: these columns, in this order. drop: all others */
  z.object({ kind: z.literal('choose'), mode: z.enum(['keep', 'drop']).default('keep'), columns }),
  z.object({ kind: z.literal('type'), columns, to: columnTypeSchema }),
  z.object({ kind: z.literal('encode'), columns, dropFirst: z.boolean().default(false) }),
  z.object({
    kind: z.literal('transform'),
    columns,
    function: z.enum(TRANSFORMS),
    /** add: the result stands beside the column, under a name of its own */
    result: z.enum(['replace', 'add']).default('replace')
  }),
  z.object({
    kind: z.literal('impute'),
    columns,
    /** mode: the most frequent value, in columns of any type; the others are for numbers */
    method: z.enum(['mean', 'median', 'mode', 'pca']),
    /** of the iterative PCA; null: as many as generalized cross-validation says */
    nComponents: z.number().int().min(1).nullable().default(null),
    /** of the iterative PCA: columns count the same */
    scale: z.boolean().default(true)
  }),
  /** rows equal in these columns; empty: in every column. The first of each stays */
  z.object({ kind: z.literal('distinct'), columns: z.array(column).default([]) }),
  z.object({
    kind: z.literal('rename'),
    column,
    name: newName
  }),
  /** another place for a column; before null: the last */
  z.object({ kind: z.literal('move'), column, before: column.nullable().default(null) }),
  /** scores, T², Q and cos² of the rows on the components of a model, as further columns */
  z.object({ kind: z.literal('project'), model: projectionSchema }),
  /** columns of what a result says of the rows of the table that is prepared: of its scores or rotated factors, its clusters, or
   * the columns whose gaps it filled */
  z.object({
    kind: z.literal('attach'),
    what: z.enum(['scores', 'clusters', 'factors', 'filled']),
    analysisId: z.string(),
    /** what the result was called, for those who read the step later */
    analysisName: z.string(),
    /** when the clusters or factors were computed: a later run of theirs is something else. Empty for what the fit itself says */
    computedAt: z.string().default(''),
    /** of scores and factors: how many, from the first one */
    nComponents: z.number().int().min(1).default(1),
    /** name of the new column; of scores and factors what their names begin with: PC makes PC1, PC2; of filled columns what comes
     * behind their own names */
    column: newName,
    /** of filled columns: which ones */
    columns: z.array(column).default([])
  }),
  /** a column that says of each row whether it was chosen; runs are of the table that is prepared, whatever steps come before */
  z.object({
    kind: z.literal('mark'),
    column: newName,
    runs,
    chosen: word.min(1, 'say a word for the chosen rows'),
    /** of the other rows; empty: they have no value */
    rest: word
  })
])
export type Step = z.output<typeof stepSchema>
export type StepKind = Step['kind']
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>

export const MAX_STEPS = 100
export const stepsSchema = z.array(stepSchema).max(MAX_STEPS)

const count = z.number().int().min(0)

/** What a step did. Nothing is dropped, encoded or filled in that does not stand here. */
export const stepReportSchema = z.object({
  /** one sentence with the counts: "Log of 3 columns; 2 cells not above 0 became missing" */
  text: z.string(),
  rowsBefore: count,
  rowsAfter: count,
  columnsBefore: count,
  columnsAfter: count,
  /** cells of the columns that stayed which have another value now, those below included */
  cellsChanged: count,
  /** cells that had a value and have none now */
  cellsLost: count,
  cellsImputed: count
})
export type StepReport = z.infer<typeof stepReportSchema>

/** A step as it is kept with the dataset it made. */
export const preparedStepSchema = z.object({ step: stepSchema, report: stepReportSchema })
export type PreparedStep = z.infer<typeof preparedStepSchema>

/** How a dataset came from another one of the session. */
export const preparationSchema = z.object({
  parentId: z.string(),
  steps: z.array(preparedStepSchema),
  /** the datasets before it, the imported one first, and what was done to each, so that it is known where they are removed */
  ancestors: z.array(z.object({ name: z.string(), steps: z.array(preparedStepSchema) }))
})
export type Preparation = z.infer<typeof preparationSchema>

/** A column between two steps, as far as the form of the next step needs it. */
export type StageColumn = Pick<ColumnSummary, 'name' | 'type' | 'missing'>

/** A table between two steps. Stage 0 is the table that is prepared. */
export interface Stage {
  nRows: number
  columns: StageColumn[]
}

/** What steps would do, without doing them. */
export interface PreparationPreview {
  /** before the first step, and after each that can be done */
  stages: Stage[]
  reports: StepReport[]
  /** the first step (from 0) that cannot be done, and why */
  failure: { step: number; error: ErrorData } | null
}

/** Every step that led to a dataset, in order, as sentences; empty for an imported one. For exports and reports. */
export function describeSteps(dataset: { preparation: Preparation | null }): string[] {
  const { preparation } = dataset
  if (!preparation) return []
  return [...preparation.ancestors.flatMap((ancestor) => ancestor.steps), ...preparation.steps].map(
    ({ report }) => report.text
  )
}

/** What a step was asked to do, in a few words: "Log of sepal_length". */
export function nameStep(step: Step): string {
  return stepNames[step.kind](step as never)
}

const transformWords: Record<Transform, string> = {
  log: 'Log',
  log10: 'Log₁₀',
  log1p: 'Log of 1 + x',
  sqrt: 'Square root',
  standardize: 'Z-scores',
  center: 'Centring',
  minmax: 'Range 0 to 1',
  rank: 'Ranks'
}

/** What a transform is called, at the beginning of a sentence. */
export const transformName = (name: Transform): string => transformWords[name]

/** "age", "age and height", "4 columns" */
export function nameColumns(names: readonly string[]): string {
  if (names.length === 1) return names[0]!
  return names.length === 2 ? `${names[0]} and ${names[1]}` : `${names.length} columns`
}

const methodWords = { mean: 'mean', median: 'median', mode: 'most frequent value', pca: 'iterative PCA' }

/** What a step attaches of a result. */
export const attachedWords = {
  scores: 'Scores',
  factors: 'Rotated factors',
  clusters: 'Clusters',
  filled: 'Filled columns'
}

const stepNames: { [K in StepKind]: (step: StepOf<K>) => string } = {
  filter: ({ conditions: [first, ...others] }) => {
    if (!first || others.length > 0) return 'Rows by conditions'
    return first.test === 'rows' ? `Rows: ${describeCondition(first)}` : `Rows where ${describeCondition(first)}`
  },
  choose: (step) => `${step.mode === 'keep' ? 'Keep' : 'Leave out'} ${nameColumns(step.columns)}`,
  type: (step) => `${nameColumns(step.columns)} as ${step.to}`,
  encode: (step) => `One-hot: ${nameColumns(step.columns)}`,
  transform: (step) => `${transformWords[step.function]} of ${nameColumns(step.columns)}`,
  impute: (step) => `Fill ${nameColumns(step.columns)} by ${methodWords[step.method]}`,
  distinct: () => 'Equal rows once',
  rename: (step) => `Rename ${step.column} to ${step.name}`,
  move: (step) => `Move ${step.column} ${step.before === null ? 'to the end' : `before ${step.before}`}`,
  project: ({ model }) => `Project on ${model.name}`,
  attach: (step) => `${attachedWords[step.what]} of ${step.analysisName}`,
  mark: (step) => `${step.column}: ${countRows(step.runs)}`
}

/** "12 chosen rows" */
function countRows(runs: readonly number[]): string {
  const count = runs.reduce((sum, length, at) => sum + (at % 2 === 1 ? length : 0), 0)
  return `${count.toLocaleString('en-US')} chosen row${count === 1 ? '' : 's'}`
}

/** "age ≥ 18", "species is one of setosa, virginica" */
export function describeCondition(condition: Condition): string {
  if (condition.test === 'rows') {
    return `${condition.negated ? 'all but ' : ''}${countRows(condition.runs)}`
  }
  const { column: name } = condition
  switch (condition.test) {
    case 'compare':
      return `${name} ${operatorSigns[condition.operator]} ${condition.value}`
    case 'between':
      return `${name} from ${condition.from} to ${condition.to}`
    case 'oneOf': {
      const [first, ...more] = condition.values
      if (more.length === 0) return `${name} is ${condition.negated ? 'not ' : ''}${first}`
      return `${name} is ${condition.negated ? 'none' : 'one'} of ${condition.values.join(', ')}`
    }
    case 'contains':
      return `${name} ${placeWords[condition.place][condition.negated ? 1 : 0]} "${condition.text}"`
    case 'missing':
      return `${name} is ${condition.negated ? 'not missing' : 'missing'}`
  }
}

const placeWords = {
  anywhere: ['contains', 'does not contain'],
  begin: ['begins with', 'does not begin with'],
  whole: ['reads', 'does not read']
} as const

const operatorSigns = { '<': '<', '<=': '≤', '=': '=', '!=': '≠', '>=': '≥', '>': '>' } as const
