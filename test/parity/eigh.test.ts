import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { eigvalsh } from '../../core/linalg/eigvalsh.ts'
import { eigh } from '../../core/linalg/eigh.ts'
import { matrixOf } from '../../core/linalg/matrix.ts'

interface Fixture {
  source: string
  cases: { name: string; a: number[][]; w: number[] }[]
}

// Made by scripts/fixtures/make-parity-pca.py.
const fixture = JSON.parse(readFileSync(new URL('fixtures/eigh.json', import.meta.url), 'utf-8')) as Fixture

describe(`eigenvalues as numpy.linalg.eigvalsh gives them (${fixture.source})`, () => {
  test.each(fixture.cases)('$name', ({ a, w }) => {
    const largest = Math.max(...w.map(Math.abs))
    for (const ours of [eigh(matrixOf(a)).w, eigvalsh(matrixOf(a))]) {
      w.forEach((expected, k) => expect(Math.abs(ours[k]! - expected) / largest).toBeLessThan(1e-13))
    }
  })
})
