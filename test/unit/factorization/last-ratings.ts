import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TableView } from '../../../core/contract/table.ts'
import { describeRatings } from '../../../core/analyses/factorization/metrics.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import type { Method } from '../../../core/analyses/factorization/methods.ts'
import { factorizationSpec, type FactorizationParams } from '../../../core/analyses/factorization/spec.ts'
import { quiet } from './build.ts'

const shared = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data')

/** Tables of ratings with times, by the folder they lie in: user, item, rating, timestamp. */
const files = {
  'ml-100k': { name: 'u.data', separator: '\t', heading: 0 },
  'ml-latest-small-2018': { name: 'ratings.csv', separator: ',', heading: 1 }
} as const
export type RatingsFolder = keyof typeof files

const pathOf = (folder: RatingsFolder): string => path.join(shared, folder, files[folder].name)
export const hasRatings = (folder: RatingsFolder): boolean => existsSync(pathOf(folder))

function tableOf(rows: number[][], fileName: string): TableView {
  const column = (j: number, name: string) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from(rows, (row) => row[j]!)
  })
  return {
    fileName,
    nRows: rows.length,
    lines: Int32Array.from(rows, (_, row) => row + 1),
    columns: [column(0, 'user'), column(1, 'item'), column(2, 'rating')]
  }
}

/** The last rating by time of each user (of equals the last in the file), and all others. */
export function splitLast(folder: RatingsFolder): { train: TableView; test: TableView } {
  const { separator, heading, name } = files[folder]
  const lines = readFileSync(pathOf(folder), 'utf8').trim().split('\n').slice(heading)
  const rows = lines.map((line) => line.split(separator).map(Number))
  const last = new Map<number, number>()
  rows.forEach(([user, , , time], t) => {
    const before = last.get(user!)
    if (before === undefined || time! >= rows[before]![3]!) last.set(user!, t)
  })
  const held = new Set(last.values())
  return {
    train: tableOf(
      rows.filter((_, t) => !held.has(t)),
      name
    ),
    test: tableOf(
      rows.filter((_, t) => held.has(t)),
      name
    )
  }
}

/** A column as the import tells of it. */
const describeColumn = (name: string, values: Float64Array) => ({
  name,
  type: 'number' as const,
  missing: 0,
  ...describeRatings(values),
  min: values.reduce((least, value) => Math.min(least, value), Infinity),
  max: values.reduce((most, value) => Math.max(most, value), -Infinity),
  distinct: new Set(values).size
})

/** What the form would propose for a method, every rating a like, judged on the last rating of each user. */
export function rankLast(
  { train, test }: ReturnType<typeof splitLast>,
  method: Method,
  over: Partial<FactorizationParams> = {}
) {
  const shape = {
    name: train.fileName,
    nRows: train.nRows,
    columns: train.columns.map((column) => describeColumn(column.name, (column as { values: Float64Array }).values)),
    ratings: { form: 'long' as const, user: 'user', item: 'item', rating: 'rating', timestamp: null }
  }
  const params = { ...factorizationSpec.defaults(shape, { method }), testDataset: 'test', ...over }
  return runFactorization(train, params, quiet, { test }).summary
}
