/** Factorizes generated ratings in a process of its own and tells, as JSON, what it took: `factorize-once.ts <users> <items>
 * <ratings> <share held out>`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { runFactorization } from '../../core/analyses/factorization/run.ts'
import { factorizationParamsSchema } from '../../core/analyses/factorization/spec.ts'
import type { TableView } from '../../core/contract/table.ts'
import { powerLawRatings } from './data.ts'

/** A table of three columns of numbers, as one is read from a session. */
function tableOf(nUsers: number, nItems: number, count: number): TableView {
  const { rowStarts, columnIndexes, values } = powerLawRatings(nUsers, nItems, count)
  const users = new Float64Array(values.length)
  for (let user = 0; user < nUsers; user++) users.fill(user, rowStarts[user], rowStarts[user + 1])
  return {
    fileName: 'ratings.csv',
    nRows: values.length,
    lines: new Int32Array(values.length).map((_, row) => row + 2),
    columns: [
      { kind: 'number', name: 'user', values: users },
      { kind: 'number', name: 'item', values: new Float64Array(columnIndexes) },
      { kind: 'number', name: 'rating', values }
    ]
  }
}

const [nUsers, nItems, count, testFraction] = process.argv.slice(2).map(Number) as [number, number, number, number]
const params = factorizationParamsSchema.parse({
  method: 'als',
  layout: 'long',
  user: 'user',
  item: 'item',
  rating: 'rating',
  items: [],
  nFactors: 16,
  regularization: 0.1,
  iterations: 2,
  unobservedWeight: 0.1,
  testFraction,
  testDataset: null,
  seed: 1
})
const table = tableOf(nUsers, nItems, count)
setFlagsFromString('--expose_gc')
;(runInNewContext('gc') as () => void)()
// From here on the most memory is counted anew (proc(5)): what made the ratings is not counted, the table is.
writeFileSync('/proc/self/clear_refs', '5')
const began = performance.now()
const peakBytes = (): number =>
  1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? NaN)
const { summary } = runFactorization(table, params, { progress: () => undefined, checkpoint: () => undefined }, {})
const { nRatings } = summary
const told = { milliseconds: performance.now() - began, peakBytes: peakBytes(), nRatings }
process.stdout.write(`${JSON.stringify(told)}\n`)
