import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { pcaOfRows, pcaOfTable } from './fit-rows.ts'
import { numbersOf, sharedTable } from './read-numbers.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const irisFile = path.join(root, 'resources', 'samples', 'iris.csv')
const arrestsFile = sharedTable('USArrests.csv')
const olderIrisFile = sharedTable('iris-uci.csv')
const heptathlonFile = sharedTable('heptathlon.csv')
const where = (file: string): string => (existsSync(file) ? '' : ' (skipped: ../shared/data is absent)')

describe('iris (Fisher 1936)', () => {
  test('unscaled shares, as R: summary(prcomp(iris[, 1:4])) to ten digits', () => {
    const { summary } = pcaOfTable(numbersOf(irisFile))
    const expected = [0.9246187232, 0.0530664831, 0.0171026098, 0.0052121839]
    expected.forEach((share, k) => expect(Math.abs(summary.explainedVarianceRatio[k]! - share)).toBeLessThan(1e-9))
    expect(summary).toMatchObject({ nSamples: 150, nFeatures: 4, solver: 'eigh-covariance', dropped: [] })
  })

  test('scaled standard deviations, as R: prcomp(iris[, 1:4], scale. = TRUE)$sdev', () => {
    const { summary } = pcaOfTable(numbersOf(irisFile), { scale: 'unit' })
    const expected = [1.7084, 0.956, 0.3831, 0.1439]
    expected.forEach((sd, k) => expect(Math.sqrt(summary.explainedVariance[k]!)).toBeCloseTo(sd, 4))
    expect(summary.totalVariance).toBe(4)
  })

  test.skipIf(!existsSync(olderIrisFile))(
    `with the two wrong rows it has at UCI: shares as the documentation of PCA in scikit-learn 0.19 prints them${where(olderIrisFile)}`,
    () => {
      const table = numbersOf(olderIrisFile)
      const columns = table.columns.slice(0, 4).map(({ name }) => name)
      const { summary } = pcaOfTable(table, { columns, nComponents: 4 })
      const expected = [0.92461621, 0.05301557, 0.01718514, 0.00518309]
      expected.forEach((share, k) => expect(Math.abs(summary.explainedVarianceRatio[k]! - share)).toBeLessThan(6e-9))
    }
  )
})

describe('the heptathlon of Seoul (Hand et al. 1994)', () => {
  test.skipIf(!existsSync(heptathlonFile))(
    `seven events scaled, as HSAUR (chapter on principal components): standard deviations${where(heptathlonFile)}`,
    () => {
      const table = numbersOf(heptathlonFile)
      const columns = ['hurdles', 'highjump', 'shot', 'run200m', 'longjump', 'javelin', 'run800m']
      // There three events are reversed, so that more is better: that turns signs and leaves the variances.
      const { summary } = pcaOfTable(table, { columns, scale: 'unit', nComponents: 7 })
      const expected = [2.1119364, 1.0928497, 0.7218131, 0.6761411, 0.4952441, 0.2701029, 0.2213617]
      expected.forEach((sd, k) => expect(Math.abs(Math.sqrt(summary.explainedVariance[k]!) - sd)).toBeLessThan(6e-8))
      expect(summary.nSamples).toBe(25)
    }
  )
})

describe('USArrests (McNeil 1977)', () => {
  test.skipIf(!existsSync(arrestsFile))(
    `scaled standard deviations, as R: prcomp(USArrests, scale. = TRUE)$sdev${where(arrestsFile)}`,
    () => {
      const { summary } = pcaOfTable(numbersOf(arrestsFile), { scale: 'unit' })
      const expected = [1.5748783, 0.9948694, 0.5971291, 0.4164494]
      expected.forEach((sd, k) => expect(Math.sqrt(summary.explainedVariance[k]!)).toBeCloseTo(sd, 7))
      expect(summary.nSamples).toBe(50)
    }
  )
})

describe('Hald’s cement data (Hald 1952)', () => {
  const hald = [
    [7, 26, 6, 60],
    [1, 29, 15, 52],
    [11, 56, 8, 20],
    [11, 31, 8, 47],
    [7, 52, 6, 33],
    [11, 55, 9, 22],
    [3, 71, 17, 6],
    [1, 31, 22, 44],
    [2, 54, 18, 22],
    [21, 47, 4, 26],
    [1, 40, 23, 34],
    [11, 66, 9, 12],
    [10, 68, 8, 12]
  ]

  test('latent and coefficients, as the documentation of pca in MATLAB’s Statistics Toolbox prints them', () => {
    const { summary, components } = pcaOfRows(hald)
    const latent = [517.7969, 67.4964, 12.4054, 0.2372]
    latent.forEach((value, k) => expect(summary.explainedVariance[k]!).toBeCloseTo(value, 4))
    const first = [-0.0678, -0.6785, 0.029, 0.7309]
    first.forEach((value, j) => expect(components[0]![j]!).toBeCloseTo(value, 4))
  })
})
