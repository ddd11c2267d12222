import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { factorSteps } from '../../../../core/analyses/factorization/figures/math-steps.ts'
import { methods, methodSchema } from '../../../../core/analyses/factorization/methods.ts'

const context = { nUsers: 610, nItems: 9724, nTrain: 80669, globalMean: 3.5 }
const stepsOf = (method: (typeof methodSchema.options)[number]) =>
  factorSteps({
    ...context,
    nFactors: methods[method].keys.includes('nFactors') ? 16 : 0,
    params: { method, countExponent: 0.5, samples: 100 }
  })

describe('the steps of a factorization', () => {
  test.each(methodSchema.options)('of %s begin with the ratings, and every formula can be set', (method) => {
    const steps = stepsOf(method)
    expect(steps[0]!.id).toBe('ratings')
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
    for (const { formula, title, text } of steps) {
      expect(title).not.toBe('')
      expect(text).toMatch(/\.$/)
      for (const tex of formula.split('\n')) katex.renderToString(tex, { output: 'mathml', throwOnError: true })
    }
  })

  test('methods without factors have no product, and say what they predict instead', () => {
    for (const method of ['mean', 'bias', 'popularity', 'ease', 'itemknn'] as const) {
      const steps = stepsOf(method)
      expect(steps.map(({ id }) => id)).not.toContain('product')
      expect(steps[0]!.formula).not.toBe('')
    }
    expect(stepsOf('ease').map(({ id }) => id)).toContain('weights')
  })

  test('of many factors it is told that sweeps solve for some at a time', () => {
    const textOf = (method: 'als' | 'ials', nFactors: number) =>
      factorSteps({ ...context, nFactors, params: { method, countExponent: 0.5, samples: 100 } }).find(
        ({ id }) => id === 'users'
      )!.text
    expect(textOf('ials', 129)).toContain('64 at a time (iALS++)')
    expect(textOf('ials', 128)).not.toContain('at a time')
    expect(textOf('als', 129)).not.toContain('at a time')
  })

  test('a user is solved for exactly where the method does so', () => {
    const solved = methodSchema.options.filter((method) => stepsOf(method).some(({ id }) => id === 'users'))
    expect(solved).toEqual(['als', 'wals', 'ials', 'hkv'])
  })
})
