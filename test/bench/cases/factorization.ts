import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { squaresOf, sweepAls, type SweepPrecision } from '../../../core/analyses/factorization/als.ts'
import { groupRatings, keepRatings, type GroupedRatings } from '../../../core/analyses/factorization/cells.ts'
import { createModel, drawFactors, type FactorModel } from '../../../core/analyses/factorization/model.ts'
import { solveEase } from '../../../core/analyses/factorization/models/ease.ts'
import { ialsProblem } from '../../../core/analyses/factorization/models/ials.ts'
import { sweepImplicit } from '../../../core/analyses/factorization/models/implicit.ts'
import { allowedItems, topItems } from '../../../core/analyses/factorization/recommending/top-items.ts'
import { RowSystem, gatherRows } from '../../../core/analyses/factorization/recommending/folding/row-system.ts'
import { keeping } from '../../../core/linalg/kept.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import type { SparseMatrix } from '../../../core/linalg/sparse.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import type { Benchmark } from '../benchmark.ts'
import { fillNormal, powerLawRatings } from '../data.ts'
import { measure, measureInTurn, measureKeeping } from '../measure.ts'
import { atMost, describeThreads, rowAgainst, timed } from '../table.ts'
import { measureTruncatedSvd } from './sparse.ts'

/** A set of ratings both ways round. */
interface Grouped {
  ratings: SparseMatrix
  byUser: GroupedRatings
  byItem: GroupedRatings
}

const noPace = (): void => undefined

function groupBothWays(ratings: SparseMatrix): Grouped {
  const { rows, columns, rowStarts, columnIndexes, values } = ratings
  const users = new Int32Array(values.length)
  for (let user = 0; user < rows; user++) users.fill(user, rowStarts[user], rowStarts[user + 1])
  return {
    ratings,
    byUser: { nRows: rows, offsets: rowStarts, columns: columnIndexes, values },
    byItem: groupRatings(columnIndexes, users, values, columns)
  }
}

/** Users start at random, items at nothing: they are solved for first. */
function startModel({ byUser, byItem }: Grouped, nFactors: number, globalMean: number): FactorModel {
  const model = createModel(byUser.nRows, byItem.nRows, nFactors, globalMean)
  drawFactors(model.userFactors, 0.3, new SeededRandom(4))
  return model
}

const MEAN = 3.6
const ALS_PENALTY = { factor: 3, bias: 2, exponent: 0.5 }
const IALS_PENALTY = { regularization: 0.02, unobservedWeight: 0.1, countExponent: 1 }

/** All but the last users in single precision, as a fit of a large table has it. */
const precisionOf = (sweep: number, sweeps: number): SweepPrecision => [
  'single',
  sweep < sweeps - 1 ? 'single' : 'double'
]

function alternate(grouped: Grouped, nFactors: number, sweeps: number): number {
  const model = startModel(grouped, nFactors, MEAN)
  return keeping((keep) => {
    const [byUser, byItem] = [keepRatings(grouped.byUser, keep), keepRatings(grouped.byItem, keep)]
    for (let sweep = 0; sweep < sweeps; sweep++) {
      sweepAls(model, byUser, byItem, ALS_PENALTY, noPace, precisionOf(sweep, sweeps))
    }
    return Math.sqrt(squaresOf(model, byUser, noPace) / byUser.columns.length)
  })
}

function alternateLikes({ byUser, byItem, ratings }: Grouped, nFactors: number, sweeps: number): number {
  const cells = { userIndex: new Int32Array(0), itemIndex: ratings.columnIndexes, values: ratings.values }
  const problem = ialsProblem({ cells, byUser, byItem, mean: MEAN, deviation: 1 }, IALS_PENALTY)
  const model = startModel({ byUser, byItem, ratings }, nFactors, 0)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    sweepImplicit(model, problem, noPace, unwatched, precisionOf(sweep, sweeps))
  }
  // A like is predicted as 1.
  const ones = { ...byUser, values: byUser.values.map(() => 1) }
  return Math.sqrt(squaresOf(model, ones, noPace) / byUser.columns.length)
}

/** Alternating least squares, iALS and EASE against the same in numpy and scipy, their growth, and a person placed. */
export async function measureFactorization(bench: Benchmark): Promise<void> {
  const shape: [number, number, number] = bench.quick ? [300, 120, 6000] : [6040, 3706, 1_000_000]
  const sweeps = bench.quick ? 2 : 15
  const grouped = groupBothWays(powerLawRatings(...shape))
  const { rows, columns, rowStarts, columnIndexes, values } = grouped.ratings
  const files = [bench.hand('starts', rowStarts), bench.hand('columns', columnIndexes), bench.hand('values', values)]
  const data = `${rows} × ${columns}, ${values.length} ratings`
  const team = await bench.team(bench.threads)
  const threads = describeThreads(bench.threads)

  const cases = [
    { name: 'als', words: 'ALS', fit: alternate, nFactors: bench.quick ? 8 : 50, penalty: ALS_PENALTY },
    { name: 'ials', words: 'iALS', fit: alternateLikes, nFactors: bench.quick ? 8 : 64, penalty: IALS_PENALTY }
  ]
  for (const { name, words, fit, nFactors, penalty } of cases) {
    const ours = team.run(() => measureKeeping(() => fit(grouped, nFactors, sweeps), bench.threads, bench.effort))
    const start = bench.hand('start', startModel(grouped, nFactors, MEAN).userFactors)
    const question = {
      threads: bench.threads,
      files: [...files, start],
      shape: [rows, columns],
      nFactors,
      sweeps,
      penalty
    }
    const answer = await bench.ask({ case: name, ...question, mean: MEAN })
    const theirs = answer ? `, theirs ${answer.candidates[0].values[0]!.toFixed(6)}` : ''
    bench.add(
      rowAgainst(answer, {
        measure: `${words}, ${nFactors} factors, ${sweeps} sweeps, ${threads}`,
        data,
        ours: timed(name, ours.times),
        demand: atMost(0.33, null),
        remark: `RMSE of the training cells: ours ${ours.result.toFixed(6)}${theirs}`
      })
    )
  }

  const ease = team.run(() => measure(() => solveEase(grouped, 500, unwatched), bench.threads, bench.effort))
  const inverse = await bench.ask({ case: 'ease', threads: bench.threads, files, shape: [rows, columns], ridge: 500 })
  const easeRow = { measure: `EASE, ${threads}`, data, ours: timed('ease', ease), demand: atMost(2, null) }
  bench.add(rowAgainst(inverse, easeRow))

  await measureTruncatedSvd(bench, grouped.ratings, bench.quick ? 3 : 50)
  await measureGrowth(bench)
  await measurePerson(bench)
  measureMemory(bench)
}

/** A sweep over ten times the ratings, of users and items that are more in the same proportion as MovieLens 10M's. */
async function measureGrowth(bench: Benchmark): Promise<void> {
  const shapes: [number, number, number][] = bench.quick
    ? [
        [300, 120, 6000],
        [3600, 400, 60_000]
      ]
    : [
        [6040, 3706, 1_000_000],
        [72_000, 10_700, 10_000_000]
      ]
  const team = await bench.team(bench.threads)
  const nFactors = bench.quick ? 8 : 50
  const sets = shapes.map((shape) => groupBothWays(powerLawRatings(...shape)))
  const times = team.run(() => {
    const works = sets.map((grouped) => {
      const model = startModel(grouped, nFactors, MEAN)
      return () => {
        sweepAls(model, grouped.byUser, grouped.byItem, ALS_PENALTY, noPace, ['single', 'single'])
        return squaresOf(model, grouped.byUser, noPace)
      }
    })
    return measureInTurn(works, bench.threads, bench.effort)
  })
  const [small, large] = sets.map((grouped) => grouped.ratings.values.length)
  const peer = timed(`ours, ${small!} ratings`, times[0]!)
  const ours = timed(`ours, ${large!} ratings`, times[1]!)
  const ratio = ours.milliseconds / peer.milliseconds
  const demand = atMost((1.15 * large!) / small!, null)
  bench.add({ measure: 'a sweep of ALS with its loss, growth', data: `${large!} ratings`, ours, peer, ratio, demand })
}

/** What happens between a star and the list: the person is solved for, every item scored, the best hundred found. */
async function measurePerson(bench: Benchmark): Promise<void> {
  const [nItems, nFactors] = bench.quick ? [500, 8] : [60_000, 50]
  const team = await bench.team(bench.threads)
  const factors = fillNormal(new Float64Array(nItems * nFactors))
  const rated = Int32Array.from({ length: 40 }, (_, t) => (t * 997) % nItems)
  const targets = fillNormal(new Float64Array(rated.length), 2)
  const counts = new Int32Array(nItems).fill(5)
  const times = team.run(() =>
    measure(
      () => {
        const rows = gatherRows(factors, nFactors, rated, true)
        const parts = { rows, size: nFactors + 1, weights: null, base: null, ridge: 5, lastRidge: 2 }
        const person = new RowSystem(parts).solveFor(targets)
        const scores = new Float64Array(nItems)
        for (let item = 0, at = 0; item < nItems; item++) {
          let score = 0
          for (let k = 0; k < nFactors; k++) score += person[k]! * factors[at++]!
          scores[item] = score
        }
        return topItems(scores, allowedItems({ seen: 'exclude' }, counts, rated), 100)
      },
      bench.threads,
      bench.effort
    )
  )
  const ours = timed('fold-in and top 100', times)
  const peer = { name: 'the limit', milliseconds: 20, times: [20] }
  const ratio = ours.milliseconds / peer.milliseconds
  bench.add({
    measure: 'a person placed, top 100',
    data: `${nItems} items`,
    ours,
    peer,
    ratio,
    demand: atMost(1, null)
  })
}

/** What a whole analysis of ten million ratings may have in memory, its table included. */
const MEMORY_ALLOWED = 1.2e9

/** The most memory resident while a process of its own factorizes ratings: read, fitted, judged on what was held out. */
function measureMemory(bench: Benchmark): void {
  if (!existsSync('/proc/self/clear_refs')) {
    return console.info('This system does not tell how much memory was resident: it is not measured.')
  }
  const shape = bench.quick ? [300, 120, 6000] : [72_000, 10_700, 10_000_000]
  const program = fileURLToPath(new URL('../factorize-once.ts', import.meta.url))
  for (const heldOut of [0, 0.2]) {
    const question = [program, ...shape.map(String), String(heldOut)]
    const { stdout } = spawnSync(process.execPath, question, { stdio: ['ignore', 'pipe', 'inherit'] })
    const { milliseconds, peakBytes } = JSON.parse(String(stdout)) as { milliseconds: number; peakBytes: number }
    bench.add({
      measure: `resident memory (MB), ${heldOut === 0 ? 'nothing' : '20 %'} held out`,
      data: `${shape[2]!} ratings`,
      ours: timed('factorize', [peakBytes / 1e6]),
      peer: timed('allowed', [MEMORY_ALLOWED / 1e6]),
      ratio: peakBytes / MEMORY_ALLOWED,
      demand: atMost(1, null),
      remark: `ALS, 16 factors, 2 sweeps, in ${(milliseconds / 1000).toFixed(1)} s`
    })
  }
}
