import { describe, expect, test } from 'vitest'
import { pcaStudySpecs } from '../../../../core/analyses/pca/studies/specs.ts'
import type { PcaStudyKind } from '../../../../core/contract/study.ts'
import { factorTable } from '../../stats/prepared-tables.ts'
import { tableOf } from '../fit-rows.ts'
import { studyOf } from './run-study.ts'

/** Sixty rows of five columns with two factors in common. */
const table = tableOf(factorTable(60, 5, 2, 0.6, 12))
const asked: Partial<Record<string, Record<string, unknown>>> = {
  criteria: { permutations: 20 },
  bootstrap: { resamples: 20 },
  rotation: { nComponents: 2 },
  clusters: { nClusters: 3 }
}
/** What each study says of itself, numbers aside. */
const sentences: Record<string, RegExp> = {
  criteria: /^Parallel analysis keeps \d components?$/,
  factorability: /^KMO 0\.\d\d: (meritorious|middling|mediocre|miserable|unacceptable)$/,
  rotation: /^Rotated by varimax: 2 factors, \d\d\.\d % of the variance$/,
  bootstrap: /^PC1 holds \d\d\.\d to \d\d\.\d % in 95 % of 20 samples$/,
  description: /^\d columns related to 5 components$/,
  neighbours: /^\d+ % of the 12 nearest rows are still near on PC1 and PC2$/,
  clusters: /^3 clusters, of (\d+ to )?\d+ rows$/
}

describe('what a study found, in a sentence', () => {
  test.each(Object.keys(pcaStudySpecs) as PcaStudyKind[])('%s', (kind) => {
    const { summary } = studyOf<Record<string, unknown>>(kind, table, { scale: 'unit' }, asked[kind])
    expect(pcaStudySpecs[kind].finding(summary)).toMatch(sentences[kind]!)
  })

  test('says so where there is nothing to find', () => {
    const one = tableOf([[1], [2], [4]])
    const found = studyOf<Record<string, unknown>>('factorability', one)
    expect(pcaStudySpecs.factorability.finding(found.summary)).toBe('KMO is not defined here')
  })
})
