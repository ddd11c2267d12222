import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ScriptLanguage } from '../../../core/contract/script-calls.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

const iris = join(repository, 'resources', 'samples', 'iris.csv')
const shared = (name: string): string => join(repository, '..', 'shared', 'data', 'pca', name)
const arrests = shared('USArrests.csv')
const decathlon = shared('decathlon2.csv')
const penguins = shared('penguins.csv')

const worksWith = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0
/** An interpreter with what the script asks for, or none. */
const python = ['/usr/bin/python3', 'python3'].find((command) => worksWith(command, '-c', 'import sklearn, pandas'))
const interpreters: Record<ScriptLanguage, string | undefined> = {
  python,
  r: worksWith('Rscript', '--version') ? 'Rscript' : undefined
}
const endings: Record<ScriptLanguage, string> = { python: 'py', r: 'R' }
const skipped = (language: ScriptLanguage): string | undefined =>
  interpreters[language] === undefined ? `no ${language === 'r' ? 'R' : 'Python with scikit-learn'} is here` : undefined

async function importFile(client: LocalClient, path: string): Promise<string> {
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

/** Runs an analysis of a file and writes it as a script into the folder of the file. */
async function scriptOf(
  client: LocalClient,
  path: string,
  params: Record<string, unknown>,
  language: ScriptLanguage,
  steps: Record<string, unknown>[] = []
): Promise<string> {
  let datasetId = await importFile(client, path)
  if (steps.length > 0) {
    const { jobId } = await client.call('preparation.derive', { datasetId, steps: steps as never, name: 'prepared' })
    datasetId = (await client.finish(jobId)).datasetId!
  }
  const run = await client.call('analysis.run', { datasetId, kind: 'pca', params })
  const { analysisId } = await client.finish(run.jobId)
  const script = join(
    path,
    '..',
    `again-${Object.values(params)
      .join('-')
      .replaceAll(/[^\w-]/g, '')}.${endings[language]}`
  )
  const file = client.grant(script, 'write')
  const { jobId } = await client.call('export.script', { analysisId: analysisId!, language, file })
  await client.finish(jobId)
  return script
}

/** Runs Python scripts one after the other in one process, for importing scikit-learn takes longer than what they do; each
 * says its end in a line of its own. */
const DRIVER = `
import runpy, sys
for script in sys.argv[1:]:
    sys.argv = [script]
    try:
        runpy.run_path(script, run_name="__main__")
        print("\\x1e0", flush=True)
    except SystemExit as end:
        print(f"{end.code}\\x1e1", flush=True)
`

function runScripts(language: ScriptLanguage, scripts: string[]): { code: number | null; said: string }[] {
  if (language === 'python') {
    const { stdout, stderr } = spawnSync(python!, ['-c', DRIVER, ...scripts], { encoding: 'utf8' })
    const parts = stdout.split(/\x1e(\d)\n/)
    return scripts.map((_, i) => ({ code: Number(parts[2 * i + 1] ?? 2), said: (parts[2 * i] ?? '') + stderr }))
  }
  return scripts.map((script) => {
    const { status, stdout, stderr } = spawnSync('Rscript', [script], { encoding: 'utf8' })
    return { code: status, said: stdout + stderr }
  })
}

/** Semicolons, decimal commas, a weight, an outlier, a constant column and missing cells. */
function oddTable(): string {
  const random = new SeededRandom(11)
  const written = (value: number): string => value.toFixed(4).replace('.', ',')
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [a, b] = [random.normal(), random.normal()]
    const cells = [a, a + 0.3 * b, 100 * b + 5, random.normal() * 7 + a, 3].map(written)
    if (i % 9 === 4) cells[1] = ''
    if (i === 20) cells[3] = 'NA'
    return [...cells, written(1 + (i % 4)), `r${i}`].join(';')
  })
  return `a;b;"c, wide";d;e;w;name\n${rows.join('\n')}\n`
}

const odd = ['a', 'b', 'c, wide', 'd', 'e']
const cases: { title: string; params: Record<string, unknown> }[] = [
  { title: 'unit variance', params: { columns: odd, scale: 'unit' } },
  {
    title: 'Pareto, means for missing cells, divisor n',
    params: { columns: odd, scale: 'pareto', missing: 'mean', divisor: 'n' }
  },
  { title: 'ranges about the medians', params: { columns: odd, centre: 'median', scale: 'range', missing: 'mean' } },
  { title: 'robust scale, no centre', params: { columns: odd, centre: 'none', scale: 'robust', nComponents: 2 } },
  {
    title: 'weights and supplementary rows',
    params: { columns: odd, scale: 'unit', weight: 'w', supplementaryRows: '3-5, 9', missing: 'mean' }
  },
  { title: 'cells filled by iterative PCA', params: { columns: odd.slice(0, 4), scale: 'unit', missing: 'iterative' } }
]

describe.each(['python', 'r'] as const)('an analysis as a script in %s', (language) => {
  it('finds the same numbers, in every way of centring, scaling and filling', { timeout: 60_000 }, async ({ skip }) => {
    const reason = skipped(language)
    if (reason) skip(reason)
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const copy = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const path = copy('odd.csv', oddTable())
    const written: { title: string; script: string; reads: string }[] = []
    const add = async (title: string, reads: string, ...given: [string, Record<string, unknown>, object[]?]) => {
      const [file, params, steps] = given
      written.push({ title, reads, script: await scriptOf(client, file, params, language, steps as never) })
    }
    for (const { title, params } of cases) {
      await add(title, params['missing'] === 'iterative' ? 'beside' : 'file', path, params)
    }
    const step = { kind: 'transform', columns: ['petal width'], function: 'log', result: 'replace' }
    const flowers = copy('iris.csv', readFileSync(iris, 'utf8'))
    await add('a prepared table', 'beside', flowers, { scale: 'none', nComponents: 2 }, [step])
    if (existsSync(arrests)) {
      await add('USArrests', 'file', copy('USArrests.csv', readFileSync(arrests, 'utf8')), { scale: 'unit' })
    }
    // Four athletes, two columns and a category are supplementary: the first are placed by the script, too.
    if (existsSync(decathlon)) {
      const text = readFileSync(decathlon, 'utf8')
      const columns = text.split(/\r?\n/)[0]!.split(',').slice(1, 11)
      const aside = { supplementaryRows: '24-27', supplementaryColumns: ['Rank', 'Points'], group: 'Competition' }
      const params = { columns, scale: 'unit', divisor: 'n', ...aside }
      await add('decathlon2', 'file', copy('decathlon2.csv', text), params)
    }
    if (existsSync(penguins)) {
      const file = copy('penguins.csv', readFileSync(penguins, 'utf8'))
      await add('penguins, iterative', 'beside', file, {
        scale: 'unit',
        missing: 'iterative',
        supplementaryRows: '3-5'
      })
    }
    await engine.close()
    const ended = runScripts(
      language,
      written.map(({ script }) => script)
    )
    written.forEach(({ title, script, reads }, i) => {
      const { code, said } = ended[i]!
      expect(code, `${title}: ${said}`).toBe(0)
      expect(said).toContain('Everything agrees.')
      expect(said).toContain('scores on PC1')
      expect(said.includes('projected rows on PC1'), title).toBe(/supplementary|decathlon2|penguins/.test(title))
      // A table stands beside a script only where it cannot read the file itself.
      expect(existsSync(script.replace(/\.\w+$/, '-data.csv')), title).toBe(reads === 'beside')
    })
    const prepared = readFileSync(written.find(({ title }) => title === 'a prepared table')!.script, 'utf8')
    expect(prepared).toContain('1. Log of petal width.')
    expect(prepared).toMatch(/^# Source: iris\.csv, \d+ bytes, SHA-256 [0-9a-f]{64}\.$/m)
  })

  it('fails where a number is another, or the file', { timeout: 60_000 }, async ({ skip }) => {
    const reason = skipped(language)
    if (reason) skip(reason)
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const path = join(folder, 'iris.csv')
    writeFileSync(path, readFileSync(iris))
    const script = await scriptOf(client, path, { scale: 'unit' }, language)
    await engine.close()
    const text = readFileSync(script, 'utf8')
    // The first eigenvalue of the correlation matrix of iris, 2.9184978…
    expect(text).toContain('2.9184')
    const [wrong, elsewhere] = ['wrong', 'elsewhere'].map((name) => script.replace(/again[^/\\]*(?=[.])/, name))
    writeFileSync(wrong!, text.replaceAll('2.9184', '2.9185'))
    expect(text).not.toContain('projected rows')
    writeFileSync(elsewhere!, text.replaceAll('"iris.csv"', '"other.csv"'))
    writeFileSync(join(folder, 'other.csv'), `${readFileSync(iris, 'utf8')}1,2,3,4,setosa\n`)
    const [plain, number, other] = runScripts(language, [script, wrong!, elsewhere!])
    expect(plain!.said).toContain('Everything agrees.')
    expect(number!.code).not.toBe(0)
    expect(number!.said).toContain('These differ: explained variance')
    expect(other!.code).not.toBe(0)
    expect(other!.said).toContain('is not the file')
  })
})
