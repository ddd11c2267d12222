import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const iris = resolve(root, 'resources', 'samples', 'iris.csv')

interface Result {
  components: number[][]
  comparison: {
    parameters: { label: string; first: string; second: string }[]
    nComponents: number
    angles: number[]
    aligned: { rows: number; scale: number; agreement: number }
  }
}

const pca = (...options: string[]) =>
  spawnSync(process.execPath, [resolve(root, 'out', 'main', 'cli.js'), 'pca', iris, ...options, '--json'], {
    encoding: 'utf8'
  })
function read(...options: string[]): Result {
  const { status, stdout, stderr } = pca(...options)
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as Result
}

it('puts a second run beside the first: what was asked differently, the angles, and how well the scores agree', () => {
  const { components, comparison } = read('--components', '1', '--compare', 'scale=unit')
  expect(comparison).toMatchObject({
    parameters: [{ label: 'Scale', first: 'None', second: 'Unit variance' }],
    nComponents: 1,
    aligned: { rows: 150 }
  })
  // Between two lines the angle is the arc cosine of their unit vectors' product.
  const [other] = read('--components', '1', '--scale', 'unit').components
  const product = components[0]!.reduce((sum, value, j) => sum + value * other![j]!, 0)
  expect(comparison.angles).toHaveLength(1)
  expect(comparison.angles[0]).toBeCloseTo(Math.acos(Math.abs(product)), 9)
})

it('finds a run equal to itself but for its divisor', () => {
  const { comparison } = read('--compare', 'divisor=n')
  expect(comparison.parameters.map(({ label }) => label)).toEqual(['Divisor'])
  for (const angle of comparison.angles) expect(angle).toBeLessThan(1e-7)
  expect(comparison.aligned.scale).toBeCloseTo(1, 9)
  expect(comparison.aligned.agreement).toBeCloseTo(1, 9)
})

it('says what can be asked differently', () => {
  const { status, stderr } = pca('--compare', 'colour=red')
  expect(status).toBe(1)
  expect(stderr).toContain('--compare colour=red is not one of scale, centre, missing')
})
