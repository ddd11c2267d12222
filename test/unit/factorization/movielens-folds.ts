import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AnalysisResult, DatasetShape } from '../../../core/contract/analysis.ts'
import type { TableView } from '../../../core/contract/table.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import {
  factorizationSpec,
  type FactorizationParams,
  type FactorizationSummary
} from '../../../core/analyses/factorization/spec.ts'
import { quiet } from './build.ts'

const folder = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'ml-100k')

/** Whether MovieLens 100K is beside the checkout. */
export const foldsAreThere = existsSync(path.join(folder, 'u1.base'))

/** For titles of tests that are skipped without it. */
export const foldsAbsent = foldsAreThere ? '' : ' (skipped: ../shared/data is absent)'

/** u1.base, u1.test … u5.test: user, item, rating. */
export function readFold(name: string): TableView {
  const rows = readFileSync(path.join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map(Number))
  const column = (j: number, title: string) => ({
    kind: 'number' as const,
    name: title,
    values: Float64Array.from(rows, (row) => row[j]!)
  })
  return {
    fileName: name,
    nRows: rows.length,
    lines: Int32Array.from(rows, (_, row) => row + 1),
    columns: [column(0, 'user'), column(1, 'item'), column(2, 'rating')]
  }
}

const shape: DatasetShape = {
  name: 'u.base',
  nRows: 80000,
  columns: ['user', 'item', 'rating'].map((name) => ({ name, type: 'number' as const, missing: 0, min: 1, max: 5 })),
  ratings: { form: 'long', user: 'user', item: 'item', rating: 'rating', timestamp: null }
}

/** What the form would propose under what is asked, fitted to a fold and judged on its test file. */
export function fitFold(fold: number, asked: Partial<FactorizationParams> = {}): AnalysisResult<FactorizationSummary> {
  const params = { ...factorizationSpec.defaults(shape, asked), testDataset: 'test' }
  return runFactorization(readFold(`u${fold}.base`), params, quiet, { test: readFold(`u${fold}.test`) })
}
