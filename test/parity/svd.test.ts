import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../core/contract/analysis.ts'
import type { SvdSummary } from '../../core/analyses/svd/spec.ts'
import { inverseFrequencies, TermCounter, weighTerms } from '../../core/analyses/svd/text/tfidf.ts'
import { withPairs, wordReader } from '../../core/analyses/svd/text/words-of.ts'
import { denseOf } from '../../core/linalg/sparse.ts'
import { unwatched } from '../../core/linalg/watch.ts'
import { svdOfEntries, svdOfRows } from '../unit/svd/build.ts'

interface Reference {
  singularValues: number[]
  explainedVariance: number[]
  explainedVarianceRatio: number[]
  components: number[][]
  scores: number[][]
}
// Made by scripts/fixtures/make-svd.py.
const fixture = JSON.parse(readFileSync(new URL('fixtures/svd.json', import.meta.url), 'utf-8')) as {
  source: string
  table: { rows: number[][]; svd: Reference }
  sentences: string[]
  stopWords: string[]
  texts: { name: string; terms: string[]; matrix: number[][]; svd: Reference }[]
}

function compare({ summary, arrays }: AnalysisResult<SvdSummary>, theirs: Reference): void {
  const K = summary.nFactors
  for (const key of ['singularValues', 'explainedVariance', 'explainedVarianceRatio'] as const) {
    summary[key].forEach((value, k) => expect(Math.abs(value - theirs[key][k]!)).toBeLessThan(1e-9))
  }
  const [u, v] = [arrays['leftVectors']!.data, arrays['rightVectors']!.data]
  theirs.components.forEach((vector, k) => {
    vector.forEach((value, j) => expect(Math.abs(v[j * K + k]! - value)).toBeLessThan(1e-9))
  })
  theirs.scores.forEach((row, i) => {
    row.forEach((value, k) => {
      expect(Math.abs(u[i * K + k]! * summary.singularValues[k]! - value)).toBeLessThan(1e-9)
    })
  })
}

describe(fixture.source, () => {
  it('TruncatedSVD of a table', () => {
    for (const solver of ['direct', 'krylov'] as const) {
      compare(svdOfRows(fixture.table.rows, { nFactors: 4, solver }), fixture.table.svd)
    }
  })

  const options: Record<string, { minDocuments: number; maxShare: number; pairs: boolean; sublinear: boolean }> = {
    plain: { minDocuments: 1, maxShare: 1, pairs: false, sublinear: false },
    limits: { minDocuments: 2, maxShare: 0.3, pairs: false, sublinear: false },
    'pairs, sublinear': { minDocuments: 1, maxShare: 1, pairs: true, sublinear: true }
  }
  it.each(fixture.texts)('TfidfVectorizer and TruncatedSVD of sentences, $name', ({ name, terms, matrix, svd }) => {
    const { pairs, ...limits } = options[name]!
    const counter = new TermCounter()
    const read = wordReader('en')
    for (const sentence of fixture.sentences) {
      const words = read(sentence).filter((word) => !fixture.stopWords.includes(word))
      counter.add(pairs ? withPairs(words) : words)
    }
    const { counts, documentCounts, terms: kept } = counter.select(limits, unwatched)
    const weighed = weighTerms(counts, inverseFrequencies(documentCounts, counts.rows), limits.sublinear, unwatched)
    expect(kept).toEqual(terms)
    const dense = denseOf(weighed)
    expect([dense.rows, dense.columns]).toEqual([matrix.length, terms.length])
    matrix.flat().forEach((value, at) => expect(Math.abs(dense.data[at]! - value)).toBeLessThan(1e-14))
    const entries = matrix.flatMap((row, i) => row.map((value, j) => [`d${i}`, terms[j]!, value]))
    compare(svdOfEntries(entries, { nFactors: 4, solver: 'krylov' }), svd)
  })
})
