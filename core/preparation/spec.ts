import type { DatasetShape } from '../contract/analysis.ts'
import { stepSchema, TRANSFORMS, transformName, type StepKind } from '../contract/preparation.ts'
import type { ColumnType } from '../contract/table.ts'
import { attach, mark, project } from './begun-steps.ts'
import type { StepSpec } from './step-spec.ts'

const anyType: ColumnType[] = ['number', 'category', 'text', 'date', 'boolean']
const namesOf = (dataset: DatasetShape, ...types: ColumnType[]): string[] =>
  dataset.columns.filter((column) => types.includes(column.type) && !column.isRowNumber).map((column) => column.name)
const choices = <T extends string>(labels: Record<T, string>): { value: string; label: string }[] =>
  Object.entries<string>(labels).map(([value, label]) => ({ value, label }))

const transformHelp: Record<string, string> = {
  log: 'Natural logarithm: ratios become differences. A cell not above 0 becomes missing.',
  log10: 'Logarithm to base 10. A cell not above 0 becomes missing.',
  log1p: 'Logarithm of one more than the cell: for counts with zeros. A cell not above −1 becomes missing.',
  sqrt: 'Square root: for counts. A cell below 0 becomes missing.',
  standardize: 'Mean 0 and standard deviation 1 (divisor n − 1): each column counts the same.',
  center: 'The mean of the column is subtracted.',
  minmax: 'The smallest cell becomes 0, the largest 1.',
  rank: 'The smallest cell becomes 1, the next 2; equal cells share the mean of their ranks.'
}
const methodHelp: Record<string, string> = {
  mean: 'A missing cell takes the mean of its column: simple, and it weakens correlations.',
  median: 'A missing cell takes the median of its column: outliers do not move it.',
  mode: 'A missing cell takes the most frequent value of its column; of several, the first in order.',
  pca: 'A missing cell takes what the other cells of its row say by the first components (Josse & Husson 2016).'
}
const byPca = (params: Record<string, unknown>): boolean => params['method'] === 'pca'
const byMode = (params: Record<string, unknown>): boolean => params['method'] === 'mode'
/** Columns that are no numbers and have a missing cell: only their most frequent value can fill them. */
const wordsWithGaps = (dataset: DatasetShape): string[] =>
  dataset.columns.filter(({ type, missing }) => type !== 'number' && missing > 0).map(({ name }) => name)
const numbersComplete = (dataset: DatasetShape): boolean =>
  dataset.columns.every(({ type, missing }) => type !== 'number' || missing === 0)

const filter: StepSpec = {
  kind: 'filter',
  title: 'Filter rows',
  description: 'Keeps the rows that fulfil conditions.',
  params: stepSchema,
  fields: [
    {
      key: 'match',
      label: 'Keep rows that fulfil',
      control: { kind: 'choice', options: choices({ all: 'All conditions', any: 'Any condition' }) },
      visible: (params) => Array.isArray(params['conditions']) && params['conditions'].length > 1,
      help: (params) =>
        params['match'] === 'any'
          ? 'One condition is enough for a row to stay.'
          : 'A row stays where every condition holds.'
    },
    {
      key: 'conditions',
      label: 'Conditions',
      control: { kind: 'conditions' },
      help: () => 'A missing cell fulfils no comparison.'
    }
  ],
  defaults: (dataset) => {
    const column = dataset.columns.find((c) => !c.isRowNumber) ?? dataset.columns[0]
    const number = column?.type === 'number'
    const first = number
      ? { test: 'compare', column: column.name, operator: '>=', value: column.min ?? 0 }
      : { test: 'oneOf', column: column?.name ?? '', values: [], negated: false }
    return { kind: 'filter', match: 'all', conditions: [first] }
  }
}

const choose: StepSpec = {
  kind: 'choose',
  title: 'Choose columns',
  description: 'Keeps some columns, or leaves some out.',
  params: stepSchema,
  fields: [
    {
      key: 'mode',
      label: 'Chosen columns',
      control: { kind: 'choice', options: choices({ keep: 'Are kept', drop: 'Are left out' }) },
      help: (params) => (params['mode'] === 'drop' ? 'All other columns stay.' : 'All other columns go.')
    },
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: anyType },
      help: (params) => (params['mode'] === 'drop' ? 'The columns that go.' : 'The columns that stay, in this order.')
    }
  ],
  defaults: (dataset) => ({ kind: 'choose', mode: 'keep', columns: dataset.columns.map((column) => column.name) })
}

const type: StepSpec = {
  kind: 'type',
  title: 'Change type',
  description: 'Reads the cells of columns as another type.',
  params: stepSchema,
  fields: [
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: anyType },
      help: () => 'The columns whose cells are read anew.'
    },
    {
      key: 'to',
      label: 'Type',
      control: {
        kind: 'choice',
        options: choices({ number: 'Number', category: 'Category', text: 'Text', date: 'Date', boolean: 'Yes or no' })
      },
      help: () => 'A cell that does not fit becomes missing, and is counted.'
    }
  ],
  defaults: () => ({ kind: 'type', columns: [], to: 'category' })
}

const encode: StepSpec = {
  kind: 'encode',
  title: 'One-hot encode',
  description: 'Makes one column of 0 and 1 of each value of a category.',
  params: stepSchema,
  fields: [
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: ['category', 'boolean'] },
      help: () => 'Categories and booleans. The new columns take the place of the old ones.'
    },
    {
      key: 'dropFirst',
      label: 'First value',
      control: { kind: 'toggle', text: 'Leave out the column of the first value' },
      help: () => 'It follows from the others: left out, no column is the sum of others.'
    }
  ],
  defaults: (dataset) => ({ kind: 'encode', columns: namesOf(dataset, 'category', 'boolean'), dropFirst: false })
}

const transform: StepSpec = {
  kind: 'transform',
  title: 'Transform',
  description: 'Puts columns of numbers through a function: log, z-score, rank.',
  params: stepSchema,
  fields: [
    {
      key: 'function',
      label: 'Function',
      control: {
        kind: 'choice',
        options: TRANSFORMS.map((value) => ({ value, label: transformName(value) }))
      },
      help: (params) => transformHelp[String(params['function'])] ?? ''
    },
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: ['number'] },
      help: () => 'The numbers that are worked on, column by column.'
    },
    {
      key: 'result',
      label: 'Result',
      control: {
        kind: 'choice',
        options: choices({ replace: 'In place of the column', add: 'Beside the column' })
      },
      help: (params) =>
        params['result'] === 'add' ? 'Under a name of its own: "Log of x".' : 'The column keeps its name.'
    }
  ],
  defaults: (dataset) => ({
    kind: 'transform',
    columns: namesOf(dataset, 'number'),
    function: 'log',
    result: 'replace'
  })
}

const impute: StepSpec = {
  kind: 'impute',
  title: 'Fill missing cells',
  description: 'Gives missing cells a value; each is marked as filled in.',
  params: stepSchema,
  fields: [
    {
      key: 'method',
      label: 'Method',
      control: {
        kind: 'choice',
        options: choices({
          mean: 'Column mean',
          median: 'Column median',
          mode: 'Most frequent value',
          pca: 'Iterative PCA'
        })
      },
      help: (params) => methodHelp[String(params['method'])] ?? ''
    },
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: ['number'] },
      visible: (params) => !byMode(params),
      help: (params) =>
        byPca(params)
          ? 'Complete columns help to fill the others.'
          : 'Numbers. Words are filled by their most frequent value.'
    },
    {
      key: 'columns',
      label: 'Columns',
      control: { kind: 'columns', accepts: anyType },
      visible: byMode,
      help: () => 'Columns of any type.'
    },
    {
      key: 'nComponents',
      label: 'Components',
      control: {
        kind: 'integer',
        min: 1,
        optional: true,
        max: (params, dataset) =>
          Math.max(
            1,
            Math.min(dataset.nRows - 2, (Array.isArray(params['columns']) ? params['columns'].length : 1) - 1)
          )
      },
      visible: byPca,
      help: () => 'Left empty, generalized cross-validation chooses among 0 to 5.'
    },
    {
      key: 'scale',
      label: 'Scale',
      control: { kind: 'toggle', text: 'Unit variance' },
      visible: byPca,
      help: () => 'Each column counts the same, whatever its unit.'
    }
  ],
  defaults: (dataset) => ({
    kind: 'impute',
    ...(numbersComplete(dataset) && wordsWithGaps(dataset).length > 0
      ? { columns: wordsWithGaps(dataset), method: 'mode' }
      : { columns: namesOf(dataset, 'number'), method: 'median' }),
    nComponents: null,
    scale: true
  }),
  settle: (params, before, dataset) => {
    if (byMode(params) === byMode(before)) return params
    return { ...params, columns: byMode(params) ? wordsWithGaps(dataset) : namesOf(dataset, 'number') }
  }
}

const distinct: StepSpec = {
  kind: 'distinct',
  title: 'Remove duplicate rows',
  description: 'Keeps the first of rows that are equal.',
  params: stepSchema,
  fields: [
    {
      key: 'columns',
      label: 'Equal in',
      control: { kind: 'columns', accepts: anyType, optional: true },
      help: (params) =>
        Array.isArray(params['columns']) && params['columns'].length > 0
          ? 'Rows equal in these columns are duplicates, whatever the others say.'
          : 'None chosen: rows must be equal in every column.'
    }
  ],
  defaults: () => ({ kind: 'distinct', columns: [] })
}

const oneColumn: StepSpec['fields'][number] = {
  key: 'column',
  label: 'Column',
  control: { kind: 'column', accepts: anyType, optional: false },
  help: () => 'The one it is about; the others stay as they are.'
}

const rename: StepSpec = {
  kind: 'rename',
  title: 'Rename a column',
  description: 'Gives a column another name.',
  params: stepSchema,
  fields: [
    oneColumn,
    { key: 'name', label: 'New name', control: { kind: 'text' }, help: () => 'One that no other column has.' }
  ],
  defaults: (dataset) => ({ kind: 'rename', column: dataset.columns[0]?.name ?? null, name: '' })
}

const move: StepSpec = {
  kind: 'move',
  title: 'Move a column',
  description: 'Gives a column another place among the columns.',
  params: stepSchema,
  fields: [
    oneColumn,
    {
      key: 'before',
      label: 'Before',
      control: { kind: 'column', accepts: anyType, optional: true },
      help: (params) =>
        params['before'] === null ? 'None: it becomes the last column.' : 'The columns after it move on.'
    }
  ],
  defaults: (dataset) => ({
    kind: 'move',
    column: dataset.columns.at(-1)?.name ?? null,
    before: dataset.columns[0]?.name ?? null
  })
}

/** The steps there are, in the order of the menu. */
export const stepSpecs: Record<StepKind, StepSpec> = {
  filter,
  choose,
  move,
  type,
  transform,
  encode,
  impute,
  distinct,
  rename,
  project,
  attach,
  mark
}

/** Steps that a model, a result or a selection begins. */
const BEGUN_ELSEWHERE: readonly StepKind[] = ['project', 'attach', 'mark']
/** Steps a person adds by a form. */
export const askedSteps = (Object.keys(stepSpecs) as StepKind[]).filter((kind) => !BEGUN_ELSEWHERE.includes(kind))
