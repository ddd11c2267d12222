import type { ResultArray } from '../../../../contract/analysis.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import type { ColumnData } from '../../../../contract/table.ts'
import type { Matrix } from '../../../../linalg/matrix.ts'
import { inPieces } from '../../../../linalg/passes.ts'
import { unwatched, type Watch } from '../../../../linalg/watch.ts'
import { withLevels } from '../../figures/number-levels.ts'
import { componentsWithVariance } from '../../figures/row-measures.ts'
import { preparedMatrix } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import {
  FEWEST_ROWS,
  relateCategory,
  relateNumber,
  type Axes,
  type CategoryRelation,
  type NumberRelation
} from './relations.ts'
import { MOST_LEVELS, type DescriptionParams, type DescriptionSummary } from './spec.ts'

/** What each component goes with, column by column: FactoMineR's dimdesc, with the barycentres of its quali.sup. */
export const runDescription: StudyRun<PcaParams, PcaSummary, DescriptionParams, DescriptionSummary> = (
  input,
  params,
  context
) => {
  const watch = { ...unwatched, checkpoint: context.checkpoint }
  const { summary } = input
  const rowsUsed = input.array('rowsUsed')!.data
  const axes: Axes = {
    scores: input.array('scores')!.data,
    stride: summary.nComponents,
    count: Math.min(params.nComponents, componentsWithVariance(summary.explainedVariance)),
    weights: input.array('weights')?.data ?? null
  }
  const { z } = preparedMatrix(input, watch)
  const fitted = new Map(summary.columns.map((name, j) => [name, j]))
  const numbers: { name: string; relation: NumberRelation }[] = []
  const categories: DescriptionSummary['categories'] = []
  const leftOut: DescriptionSummary['leftOut'] = []
  withLevels(input.table.columns, input.params).forEach((column, done) => {
    context.progress('Relating columns', done / input.table.columns.length)
    const { name } = column
    if (column.kind === 'number') {
      const j = fitted.get(name)
      const values = j === undefined ? pick(column.values, rowsUsed) : columnOf(z, j)
      const relation = relateNumber(values, axes, watch)
      if (relation) numbers.push({ name, relation })
      else {
        const reason = knownIn(values) < FEWEST_ROWS ? TOO_FEW_VALUES : 'it has the same value in every row'
        leftOut.push({ column: name, reason })
      }
      return
    }
    const category = categoryOf(column, rowsUsed)
    const relation = category && relate(category, axes, z, watch)
    if (relation) categories.push({ column: name, ...relation })
    else {
      leftOut.push({
        column: name,
        reason:
          category === null
            ? `it has more than ${MOST_LEVELS} values`
            : category.codes.filter((code) => code >= 0).length < FEWEST_ROWS
              ? TOO_FEW_VALUES
              : 'it has one level only'
      })
    }
  })
  const [m, k] = [numbers.length, axes.count]
  const joined = (of: (relation: NumberRelation) => Float64Array): Float64Array => {
    const all = new Float64Array(m * k)
    numbers.forEach(({ relation }, i) => all.set(of(relation), i * k))
    return all
  }
  return {
    summary: { nComponents: k, numeric: numbers.map(({ name }) => name), categories, leftOut },
    arrays: {
      correlations: { dtype: 'float64', shape: [m, k], data: joined(({ correlations }) => correlations) },
      correlationPValues: { dtype: 'float64', shape: [m, k], data: joined(({ pValues }) => pValues) },
      correlationRows: {
        dtype: 'int32',
        shape: [m],
        data: Int32Array.from(numbers, ({ relation }) => relation.rows)
      },
      ...levelArrays(categories, k)
    },
    lists: {
      numeric: numbers.map(({ name }) => name),
      levelColumns: categories.flatMap(({ column, levels }) => levels.map(() => column)),
      levels: categories.flatMap(({ levels }) => levels.map(({ level }) => level))
    }
  }
}

const TOO_FEW_VALUES = 'fewer than three rows have a value'

const knownIn = (values: Float64Array): number =>
  values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0)

/** The numbers of the levels once more as arrays, for tables that are carried away; none without categories. */
function levelArrays(categories: DescriptionSummary['categories'], k: number): Record<string, ResultArray> {
  const levels = categories.flatMap((category) => category.levels)
  if (levels.length === 0) return {}
  const joined = (of: (level: (typeof levels)[number]) => number[]): ResultArray => ({
    dtype: 'float64',
    shape: [levels.length, k],
    data: Float64Array.from(levels.flatMap(of))
  })
  return {
    levelRows: { dtype: 'int32', shape: [levels.length], data: Int32Array.from(levels, ({ rows }) => rows) },
    levelMeans: joined(({ coordinates }) => coordinates),
    levelVTests: joined(({ vTests }) => vTests),
    levelPValues: joined(({ pValues }) => pValues),
    levelCos2: joined(({ cos2 }) => cos2),
    levelEta2: {
      dtype: 'float64',
      shape: [levels.length, k],
      data: Float64Array.from(categories.flatMap(({ r2, levels }) => levels.flatMap(() => r2)))
    }
  }
}

interface Category {
  codes: Int32Array
  names: string[]
}

/** Codes of the rows of the fit; null where there are too many different values to be levels. */
function categoryOf(column: Exclude<ColumnData, { kind: 'number' }>, rowsUsed: ArrayLike<number>): Category | null {
  if (column.kind === 'codes') {
    const codes = Int32Array.from(rowsUsed, (row) => column.codes[row]!)
    return new Set(codes).size > MOST_LEVELS + 1 ? null : { codes, names: column.dictionary }
  }
  const known = new Map<string, number>()
  const codes = new Int32Array(rowsUsed.length)
  for (let i = 0; i < codes.length; i++) {
    const text = column.values[rowsUsed[i]!] ?? null
    if (text !== null && !known.has(text)) {
      if (known.size === MOST_LEVELS) return null
      known.set(text, known.size)
    }
    codes[i] = text === null ? -1 : known.get(text)!
  }
  return { codes, names: [...known.keys()] }
}

/** The barycentre of each level in the space of all columns: its distance is what cos² are shares of. */
function relate({ codes, names }: Category, axes: Axes, z: Matrix, watch: Watch): CategoryRelation | null {
  const p = z.columns
  const sums = new Float64Array(names.length * p)
  const masses = new Float64Array(names.length)
  inPieces(z.rows, p, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const level = codes[i]!
      if (level < 0) continue
      const weight = axes.weights?.[i] ?? 1
      masses[level]! += weight
      for (let j = 0; j < p; j++) sums[level * p + j]! += weight * z.data[i * p + j]!
    }
  })
  const distanceOf = (level: number): number => {
    let squares = 0
    for (let j = 0; j < p; j++) squares += (sums[level * p + j]! / masses[level]!) ** 2
    return squares
  }
  return relateCategory(codes, names, axes, distanceOf, watch)
}

const pick = (values: Float64Array, rows: ArrayLike<number>): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!)

const columnOf = ({ rows, columns, data }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!)
