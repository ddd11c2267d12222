import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const cli = join(root, 'out', 'main', 'cli.js')
const iris = join(root, 'resources', 'samples', 'iris.csv')

function run(...words: string[]) {
  const done = spawnSync(process.execPath, [cli, 'pca', iris, '--scale', 'unit', '--json', ...words], {
    encoding: 'utf8'
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

describe('pca --clusters', () => {
  it('groups the rows as FactoMineR does, counted from 1', () => {
    const { clusters } = JSON.parse(run('--clusters', 'auto', '--cluster-components', '4').out) as {
      clusters: Record<string, unknown>
    }
    expect(Object.keys(clusters)).toEqual([
      'nClusters',
      'suggested',
      'nComponents',
      'assignment',
      'sizes',
      'centres',
      'heights',
      'inertia',
      'condensed',
      'description',
      'notes'
    ])
    // HCPC(PCA(iris, quali.sup = 5)): test/parity/fixtures/clusters.json
    expect(clusters).toMatchObject({ nClusters: 3, suggested: 3, sizes: [50, 53, 47], condensed: false })
    const assignment = clusters['assignment'] as number[]
    expect(assignment.length).toBe(150)
    expect(new Set(assignment)).toEqual(new Set([1, 2, 3]))
    expect((clusters['heights'] as number[]).length).toBe(149)
    const [first] = clusters['description'] as { paragons: { row: number }[]; categories: { value: string }[] }[]
    expect(first!.paragons[0]!.row).toBe(8)
    expect(first!.categories[0]!.value).toBe('setosa')
  })

  it('makes as many as asked, and refuses what is no number of clusters', () => {
    const { clusters } = JSON.parse(run('--clusters', '5').out) as { clusters: { sizes: number[] } }
    expect(clusters.sizes.length).toBe(5)
    const wrong = run('--clusters', 'some')
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('--clusters some: allowed are auto and whole numbers from 1 to 50.')
  })

  it('is not there where nobody asked for it', () => {
    expect(JSON.parse(run().out)).not.toHaveProperty('clusters')
  })
})
