import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { askRanking, measureRanking } from '../../core/analyses/factorization/judging/ranking.ts'
import type { Scorer } from '../../core/analyses/factorization/scorers/scorer.ts'
import { noPace, trainingOf } from '../unit/factorization/build.ts'

const cellsOf = (triples: [number, number, number][]) => ({
  userIndex: Int32Array.from(triples, (t) => t[0]),
  itemIndex: Int32Array.from(triples, (t) => t[1]),
  values: Float64Array.from(triples, (t) => t[2])
})

const tableScorer = (scores: number[][]): Scorer => ({
  nUsers: scores.length,
  nItems: scores[0]!.length,
  predict: (user, item) => scores[user]?.[item] ?? 0,
  scoreItems: (user, row) => row.set(scores[user]!)
})

// Made by scripts/fixtures/make-ranking.py
test('an independent implementation in numpy agrees on a random table', () => {
  const fixture = JSON.parse(readFileSync(new URL('fixtures/ranking.json', import.meta.url), 'utf8')) as {
    scores: number[][]
    train: [number, number][]
    test: [number, number, number][]
    cases: { cutoff: number; relevantFrom: number | null; expected: Record<string, number> }[]
  }
  const [nUsers, nItems] = [fixture.scores.length, fixture.scores[0]!.length]
  const training = trainingOf(cellsOf(fixture.train.map(([user, item]) => [user, item, 1])), nUsers, nItems)
  expect(fixture.cases.length).toBeGreaterThan(2)
  for (const { cutoff, relevantFrom, expected } of fixture.cases) {
    const question = askRanking(training, cellsOf(fixture.test), { relevantFrom, cutoff, seed: 1 })!
    const ranking = measureRanking(tableScorer(fixture.scores), question, noPace) as unknown as Record<string, number>
    for (const [name, value] of Object.entries(expected)) expect(ranking[name]!, name).toBeCloseTo(value, 12)
  }
})
