import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { largestRelativeError, measureInTurn, median } from '../../bench/measure.ts'
import type { Answer } from '../../bench/peers.ts'
import { atLeast, atMost, rowAgainst, timed, verdictOf, type Row } from '../../bench/table.ts'

interface Written {
  machine: { processor: string; cores: number; pinned: boolean }
  rows: (Row & { verdict: string })[]
}

/** Each measure, by the words it begins with, and how many rows a quick run has of it. */
const MEASURES: Record<string, number> = {
  'gemm, share of the ceiling': 1,
  'gemm, one thread': 1,
  'gemm, speed-up': 1,
  'syrk, speed-up': 1,
  'eigh, all pairs, one': 2,
  'eigh, all pairs, two': 2,
  'eigh, top': 1,
  'SVD, thin': 1,
  'PCA, 10 components': 6,
  'PCA, all components': 1,
  'truncated SVD': 2,
  'the same to full accuracy': 2,
  'PCA, growth as rows': 2,
  'PCA, growth as columns': 2,
  'import, file to stored columns': 2,
  'import, peak memory': 2,
  'a screen of cells': 2,
  'parallel analysis': 1,
  'bootstrap of components': 1,
  'ALS, 8 factors': 1,
  'iALS, 8 factors': 1,
  'EASE, two threads': 1,
  'a sweep of ALS with its loss, growth': 1,
  'a person placed, top 100': 1,
  'resident memory': 2
}

/** Rows of how right models are: as many as there are data sets beside the project, which need not be there. */
const isAccuracy = ({ measure }: Row): boolean => /^(RMSE|nDCG)/.test(measure)

describe('a quick run, without peers', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'eigendesk-bench-test-'))
  const output = path.join(folder, 'bench.json')
  const program = path.resolve(import.meta.dirname, '../../bench/bench.ts')
  let written: Written

  beforeAll(() => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    const { status, stderr } = spawnSync(process.execPath, [program, '--quick', '--output', output], { env })
    expect(stderr.toString()).toBe('')
    expect(status).toBe(0)
    written = JSON.parse(readFileSync(output, 'utf8')) as Written
  }, 240_000)

  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(Object.entries(MEASURES))('%s', (words, count) => {
    const rows = written.rows.filter(({ measure }) => measure.startsWith(words))
    expect(rows).toHaveLength(count)
    for (const { ours, peer, ratio } of rows) {
      // A limit is a number, and nothing that was measured.
      for (const side of peer && peer.name !== 'the limit' ? [ours, peer] : [ours]) {
        // memory is the same in every run, and a run takes minutes
        expect(side.times.length).toBeGreaterThanOrEqual(words.includes('memory') ? 1 : 3)
        expect(side.times.every((time) => Number.isFinite(time) && time > 0)).toBe(true)
        expect(side.milliseconds).toBe(median(side.times))
      }
      // JSON has no NaN and no Infinity: they would come back as null.
      if (peer) expect(ratio).toBeGreaterThan(0)
    }
  })

  test('every row is one of them, and the machine is named', () => {
    const rows = written.rows.filter((row) => !isAccuracy(row))
    expect(rows).toHaveLength(Object.values(MEASURES).reduce((sum, count) => sum + count, 0))
    expect(written.machine.processor).not.toBe('')
    expect(written.machine.cores).toBeGreaterThanOrEqual(1)
  })
})

describe('medians, runs and errors', () => {
  test('the middle, or the mean of both middles', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([8, 1, 2, 4])).toBe(3)
  })

  test('works take turns after one warm-up each, and short ones run more often', () => {
    const order: string[] = []
    const works = ['a', 'b'].map((name) => () => order.push(name))
    const times = measureInTurn(works, 2, { least: 2, most: 4, milliseconds: 10_000, warmUp: 0 })
    expect(order.join('')).toBe('ab'.repeat(5))
    expect(times.map(({ length }) => length)).toEqual([4, 4])
    order.length = 0
    measureInTurn(works, 2, { least: 2, most: 4, milliseconds: 0, warmUp: 0 })
    expect(order.join('')).toBe('ab'.repeat(3))
  })

  test('the largest relative error', () => {
    expect(largestRelativeError([1.5, -2], [1, -4])).toBe(0.5)
  })
})

describe('verdicts', () => {
  const row = { measure: '', data: '', ours: timed('', [6]), demand: atMost(1, 0.5) }
  const answer = (time: number, values: number[] = [], reference: number[] = []): Answer => ({
    candidates: [{ name: 'peer', times: [time], values }],
    skipped: [],
    reference
  })

  test.each([
    [12, 'aim met'],
    [11, 'met'],
    [6, 'met'],
    [5, 'not met']
  ])('at most the time of a peer that takes %d ms, half of it the aim: %s', (time, verdict) => {
    expect(verdictOf(rowAgainst(answer(time), row))).toBe(verdict)
  })

  test('at least so many times faster', () => {
    const faster = { ...rowAgainst(answer(6), row), demand: atLeast(20, 50) }
    expect([19, 20, 50].map((ratio) => verdictOf({ ...faster, ratio }))).toEqual(['not met', 'met', 'aim met'])
  })

  test('a faster answer that is less accurate than the peer is not met, unless both are exact to rounding', () => {
    expect(verdictOf(rowAgainst(answer(12, [1.001], [1]), row, [1.01]))).toBe('not met')
    expect(verdictOf(rowAgainst(answer(12, [1.01], [1]), row, [1.001]))).toBe('aim met')
    expect(verdictOf(rowAgainst(answer(12, [1], [1]), row, [1 + 1e-14]))).toBe('aim met')
  })

  test('without a peer, or without a demand, there is none', () => {
    expect(verdictOf(rowAgainst(null, row))).toBe('no peer')
    expect(verdictOf(rowAgainst(answer(5), { ...row, demand: null }))).toBe('information')
  })
})
