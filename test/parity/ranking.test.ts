import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { askRanking, measureRanking } from '../../core/analyses/factorization/judging/ranking.ts'
import { cellsOf, noPace, tableScorer, trainingOf } from '../unit/factorization/build.ts'

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
