import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const cli = join(root, 'out', 'main', 'cli.js')
const iris = join(root, 'resources', 'samples', 'iris.csv')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Moves every clock of a process, and of its threads, by some days. */
const clockMovedBy = (days: number): string => `
const moved = ${days} * 86400000
const Real = Date
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [Real.now() + moved] : given))
  }
  static now() {
    return Real.now() + moved
  }
}
`

/** Makes the report in a process of its own: in its own folder, on its own day, in its own time zone and language. */
function reportOn(day: number, environment: Record<string, string>): { html: string; said: string } {
  const own = join(folder, `day-${day}`)
  mkdirSync(own)
  const clock = join(own, 'clock.mjs')
  writeFileSync(clock, clockMovedBy(day))
  copyFileSync(iris, join(own, 'iris.csv'))
  const words = [
    'pca',
    join(own, 'iris.csv'),
    '--scale',
    'unit',
    '--group',
    'species',
    '--criteria',
    '--bootstrap',
    '20'
  ]
  const asked = [...words, '--permutations', '20', '--rotate', 'varimax', '--clusters', 'auto', '--report']
  const report = join(own, 'report.html')
  const done = spawnSync(process.execPath, ['--import', clock, cli, ...asked, report, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment }
  })
  expect(done.status, done.stderr).toBe(0)
  return { html: readFileSync(report, 'utf8'), said: done.stdout }
}

describe('the report of a session', () => {
  it('is the same to the byte from another process, on another day, in another zone and language', () => {
    const today = reportOn(0, { TZ: 'UTC', LANG: 'C' })
    const later = reportOn(400, { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' })
    // It tells of what was asked for beside the fit, too.
    for (const study of ['How many components', 'Bootstrap', 'Rotation', 'Clusters'])
      expect(today.html).toContain(study)
    expect(later.html).toBe(today.html)
    // So are the numbers beside it, but for how long they took.
    const numbers = ({ said }: { said: string }): unknown => ({ ...(JSON.parse(said) as object), timings: null })
    expect(numbers(later)).toEqual(numbers(today))
  })

  it('is made under a clock that is really another one', () => {
    const clock = join(folder, 'day-0', 'clock.mjs')
    const yearOf = (file: string): number =>
      Number(
        spawnSync(process.execPath, ['--import', file, '-e', 'console.log(new Date().getFullYear())'], {
          encoding: 'utf8'
        }).stdout
      )
    const later = yearOf(join(folder, 'day-400', 'clock.mjs'))
    expect(later).toBeGreaterThan(yearOf(clock))
  })
})
