import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { unwatched } from '../../core/linalg/watch.ts'
import { clusterPoints } from '../../core/stats/clustering/cluster-points.ts'
import { cutTree } from '../../core/stats/clustering/cut-tree.ts'
import { describeCategories } from '../../core/stats/clustering/describe-categories.ts'
import { describeNumbers } from '../../core/stats/clustering/describe-numbers.ts'
import { kMeans } from '../../core/stats/clustering/k-means.ts'
import { typicalRows } from '../../core/stats/clustering/typical-rows.ts'
import { wardTree } from '../../core/stats/clustering/ward.ts'
import { countVTest } from '../../core/stats/hypergeometric.ts'
import { pcaOfTable, tableOf } from '../unit/pca/fit-rows.ts'

interface Typical {
  rows: number | number[]
  distances: number | number[]
}
interface Hcpc {
  name: string
  file: string
  nComponents: number
  firstScore: number
  suggested: number
  within: number[]
  total: number
  assignment: number[]
  betweenCut: number
  betweenFinal: number
  numbers: {
    column: string
    v: number
    clusterMean: number
    mean: number
    clusterSd: number
    sd: number
    p: number
  }[][]
  categories: {
    value: string
    shareOfValue: number
    shareOfCluster: number
    shareOfAll: number
    p: number
    v: number
  }[][]
  paragons: Typical[]
  specific: Typical[]
}
interface Fixture {
  trees: {
    name: string
    rows: number[][]
    weights: number[] | null
    height: number | number[]
    merge: number[][]
    order: number[]
    cuts: number[][]
  }[]
  partitions: {
    name: string
    rows: number[][]
    start: number[][]
    assignment: number[]
    within: number
    centres: number[][]
  }[]
  counts: { found: number; drawn: number; marked: number; total: number; p: number; v: number }[]
  hcpc: Hcpc[]
}

const root = path.resolve(import.meta.dirname, '..', '..')
/** Made by scripts/fixtures/make-clusters.R with R 4.2 and FactoMineR. */
const fixture = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', 'clusters.json'), 'utf8')) as Fixture
const list = (value: number | number[]): number[] => (Array.isArray(value) ? value : [value])
const flat = (rows: number[][]): Float64Array => Float64Array.from(rows.flat())

function expectClose(found: ArrayLike<number>, wanted: number | number[], tolerance = 1e-10): void {
  const expected = list(wanted)
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) =>
    expect(Math.abs(found[i]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)))
  )
}

describe('trees of R', () => {
  test.each(fixture.trees)('$name: heights, merges, order of leaves and cuts', (given) => {
    const weights = given.weights && Float64Array.from(given.weights)
    const tree = wardTree(flat(given.rows), given.rows[0]!.length, weights, unwatched)
    expectClose(tree.height, given.height)
    expect(Array.from(tree.merge)).toEqual(given.merge.flat())
    expect(Array.from(tree.order)).toEqual(given.order)
    given.cuts.forEach((cut, at) => expect(Array.from(cutTree(tree, at + 2))).toEqual(cut))
  })
})

test.each(fixture.partitions)('k-means as R’s kmeans(algorithm = "Lloyd"): $name', (given) => {
  const found = kMeans(flat(given.rows), given.rows[0]!.length, null, flat(given.start), 100, unwatched)
  expect(Array.from(found.assignment)).toEqual(given.assignment)
  expectClose([found.within], given.within)
  expectClose(found.centres, given.centres.flat())
  expect(found.settled).toBe(true)
})

test.each(fixture.counts)('v-test of $found of $drawn, where $marked of $total are marked, as R’s phyper', (given) => {
  const { vTest, p } = countVTest(given.found, given.drawn, given.marked, given.total)
  expect(Math.abs(p / given.p - 1)).toBeLessThan(1e-9)
  expect(Math.abs(vTest - given.v)).toBeLessThan(1e-8)
})

/** The columns of a clean CSV, numbers as numbers. */
function readColumns(file: string, nRows: number): Map<string, (string | number)[]> {
  const [header = '', ...lines] = readFileSync(file, 'utf-8').trim().split(/\r?\n/)
  const cells = lines.slice(0, nRows).map((line) => line.split(','))
  return new Map(
    header.split(',').map((name, j) => {
      const values = cells.map((row) => row[j]!)
      return [name, values.every((value) => Number.isFinite(Number(value))) ? values.map(Number) : values]
    })
  )
}

const files: Record<string, { file: string; columns: [number, number]; category: string; nRows: number }> = {
  iris: { file: path.join(root, 'resources', 'samples', 'iris.csv'), columns: [0, 4], category: 'species', nRows: 150 },
  decathlon2: {
    file: path.resolve(root, '..', 'shared', 'data', 'pca', 'decathlon2.csv'),
    columns: [1, 11],
    category: 'Competition',
    nRows: 23
  }
}

describe.each(fixture.hcpc)('HCPC of FactoMineR: $name', (given) => {
  const { file, columns: range, category, nRows } = files[given.file]!
  const here = existsSync(file)
  const titled = (title: string): string => (here ? title : `${title} (skipped: ../shared/data is absent)`)
  const found = here ? cluster() : null

  function cluster() {
    const columns = readColumns(file, nRows)
    const names = [...columns.keys()].slice(...range)
    const rows = Array.from({ length: nRows }, (_, i) => names.map((name) => columns.get(name)![i] as number))
    const { result } = pcaOfTable(tableOf(rows, names), { scale: 'unit', nComponents: given.nComponents })
    // FactoMineR divides by n, and its axes may point the other way: clusters are numbered along the first.
    const scores = (result.arrays['scores']!.data as Float64Array).map(
      (score) => score * Math.sqrt(nRows / (nRows - 1))
    )
    const turn = Math.sign(scores[0]! * given.firstScore)
    for (let i = 0; i < scores.length; i += given.nComponents) scores[i]! *= turn
    const options = { nClusters: null, consolidate: true, seed: 0 }
    return { columns, names, scores, ...clusterPoints(scores, given.nComponents, null, options, unwatched) }
  }

  test.skipIf(!here)(titled('suggested number, inertia within by number of clusters'), () => {
    expect(found!.suggested).toBe(given.suggested)
    expectClose(found!.within.subarray(0, given.within.length), given.within, 1e-9)
    expect(found!.within.length).toBe(nRows)
  })

  test.skipIf(!here)(titled('clusters after consolidation, inertia between before and after'), () => {
    expect(Array.from(found!.assignment)).toEqual(given.assignment)
    expectClose([found!.within[0]! - found!.withinCut], given.betweenCut, 1e-9)
    expectClose([found!.within[0]! - found!.withinFinal], given.betweenFinal, 1e-9)
  })

  test.skipIf(!here)(titled('v-tests of the columns with p ≤ 0.05'), () => {
    const nClusters = given.numbers.length
    const rows = Array.from({ length: nRows }, (_, i) => i)
    for (const name of found!.names) {
      const values = found!.columns.get(name) as number[]
      const traits = describeNumbers(values, rows, found!.assignment, nClusters, null, unwatched)
      traits.forEach((trait, q) => {
        const wanted = given.numbers[q]!.find(({ column }) => column === name.replaceAll(' ', '_') || column === name)
        expect(trait!.p <= 0.05).toBe(wanted !== undefined)
        if (!wanted) return
        expectClose([trait!.vTest, trait!.clusterMean, trait!.mean], [wanted.v, wanted.clusterMean, wanted.mean], 1e-9)
        expectClose([trait!.clusterSd, trait!.sd], [wanted.clusterSd, wanted.sd], 1e-9)
        expect(Math.abs(trait!.p / wanted.p - 1)).toBeLessThan(1e-8)
      })
    }
  })

  test.skipIf(!here)(titled('v-tests of the values of a category with p ≤ 0.05'), () => {
    const words = found!.columns.get(category) as string[]
    const dictionary = [...new Set(words)]
    const codes = words.map((word) => dictionary.indexOf(word))
    const rows = words.map((_, i) => i)
    const nClusters = given.numbers.length
    const traits = describeCategories(codes, dictionary.length, rows, found!.assignment, nClusters)
    traits.forEach((own, q) => {
      const wanted = given.categories[q] ?? []
      expect(own.filter(({ p }) => p <= 0.05).length).toBe(wanted.length)
      for (const { value, ...numbers } of wanted) {
        const trait = own.find(({ code }) => value.endsWith(dictionary[code]!))!
        const shares = [trait.shareOfValue, trait.shareOfCluster, trait.shareOfAll].map((share) => share * 100)
        expectClose(shares, [numbers.shareOfValue, numbers.shareOfCluster, numbers.shareOfAll])
        expect(Math.abs(trait.p / numbers.p - 1)).toBeLessThan(1e-8)
        expectClose([trait.vTest], numbers.v, 1e-8)
      }
    })
  })

  test.skipIf(!here)(titled('paragons, and the rows furthest from other clusters'), () => {
    const typical = typicalRows(found!.scores, given.nComponents, found!.assignment, found!.centres, 5, unwatched)
    typical.forEach(({ paragons, specific }, q) => {
      expect(paragons.map(({ point }) => point)).toEqual(list(given.paragons[q]!.rows))
      expectClose(
        paragons.map(({ distance }) => distance),
        given.paragons[q]!.distances,
        1e-9
      )
      expect(specific.map(({ point }) => point)).toEqual(list(given.specific[q]!.rows))
      expectClose(
        specific.map(({ distance }) => distance),
        given.specific[q]!.distances,
        1e-9
      )
    })
  })
})
