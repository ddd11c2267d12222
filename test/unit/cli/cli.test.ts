import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainDialect } from '../../../core/contract/table.ts'

const root = resolve(import.meta.dirname, '../../..')
const cli = join(root, 'out', 'main', 'cli.js')
const iris = join(root, 'resources', 'samples', 'iris.csv')
const movies = join(root, 'resources', 'samples', 'four-users-five-movies.csv')
const sharedFile = (path: string): string => resolve(root, '..', 'shared', 'data', path)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  code: number | null
  out: string
  err: string
}

/** Runs the built command line on the runtime the tests run on: Electron as Node. */
function run(...words: string[]): Ran {
  const done = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

/** Runs with --json; stdout must be one JSON object and nothing else. */
function runJson(...words: string[]): Record<string, unknown> {
  const { code, out, err } = run(...words, '--json')
  expect(code, err).toBe(0)
  expect(out.startsWith('{')).toBe(true)
  return JSON.parse(out) as Record<string, unknown>
}

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Every key of an object, in order: what later versions may add to and never rename. */
const keys = (value: unknown): string[] => Object.keys(value as object)

describe('inspect', () => {
  it('says what was understood', () => {
    const path = write(
      'field.csv',
      'naam;länge;type\nA;39,1;x\nB;;y\nC;19O;x\nD;40,2;y\nE;41,0;x\nF;1,5;y\nG;2,5;x\nH;3,5;y\nI;3,6;y\nJ;3,7;y\nK;3,8;y\n'
    )
    const { dialect, nRows, columns, problems } = runJson('inspect', path)
    expect(dialect).toEqual({
      ...plainDialect,
      guard: 'lift',
      delimiter: ';',
      quote: '"',
      encoding: 'utf-8',
      decimal: ',',
      newline: '\n',
      headerRow: 1,
      firstDataRow: 2,
      missingTokens: expect.arrayContaining(['', 'NA'])
    })
    expect(nRows).toBe(11)
    expect(
      (columns as { name: string; type: string; missing: number }[]).map((c) => [c.name, c.type, c.missing])
    ).toEqual([
      ['naam', 'text', 0],
      ['länge', 'number', 2],
      ['type', 'category', 0]
    ])
    expect(problems).toMatchObject([{ code: 'NOT_A_NUMBER', line: 4, column: 2 }])
    expect((problems as { message: string }[])[0]?.message).toContain('19O')
  })

  it('reads a large file whole: a type is told from every row', () => {
    const rows = Array.from({ length: 900_000 }, (_, i) => `${i},${i < 890_000 ? i % 10 : `word ${i}`}`).join('\n')
    const { nRows, problems } = runJson('inspect', write('large.csv', `n,m\n${rows}\n`))
    expect(nRows).toBe(900_000)
    expect((problems as { line: number }[])[0]?.line).toBe(890_002)
  })
})

describe('pca', () => {
  it('has the fields of the contract in their shapes', () => {
    const result = runJson('pca', iris)
    expect(keys(result)).toEqual(
      expect.arrayContaining([
        ...['nSamples', 'nFeatures', 'columns', 'mean', 'scale', 'components', 'loadings', 'scores'],
        ...['explainedVariance', 'explainedVarianceRatio', 'singularValues', 'totalVariance', 'signRule', 'divisor'],
        ...['solver', 'rowsUsed', 'dropped', 'certificate', 'timings']
      ])
    )
    const { components, loadings, scores, certificate, rowsUsed } = result as Record<string, number[][] & number[]>
    expect([components!.length, components![0]!.length]).toEqual([4, 4])
    expect([loadings!.length, loadings![0]!.length]).toEqual([4, 4])
    expect([scores!.length, scores![0]!.length]).toEqual([150, 4])
    expect([rowsUsed![0], rowsUsed![149]]).toEqual([1, 150])
    expect(keys(certificate)).toEqual(
      expect.arrayContaining(['residual', 'orthogonality', 'eigengap', 'closest', 'nearlyEqual'])
    )
  })

  it('agrees with the published ratios of iris', () => {
    const { explainedVarianceRatio } = runJson('pca', iris) as Record<string, number[]>
    // Fisher's iris, covariance: scikit-learn's and R's documentation.
    const published = [0.9246187232, 0.0530664831, 0.0171026098, 0.0052121839]
    published.forEach((ratio, k) => expect(explainedVarianceRatio![k]).toBeCloseTo(ratio, 9))
  })

  it('chooses columns, scales, keeps K, names rows and writes what the app exports', () => {
    const out = join(folder, 'out')
    const options = [
      '--exclude',
      'petal width',
      '--scale',
      'unit',
      '--components',
      '2',
      '--label',
      'species',
      '--out',
      out
    ]
    const { columns, scores, loadings } = runJson('pca', iris, ...options) as Record<string, number[][]>
    expect(columns).toEqual(['sepal length', 'sepal width', 'petal length'])
    expect([scores![0]!.length, loadings!.length, loadings![0]!.length]).toEqual([2, 3, 2])
    const ofColumns = ['column-contributions', 'column-correlations', 'column-cos2']
    const ofRows = ['row-contributions', 'row-cos2', 'scores']
    const tables = [...ofColumns, 'components', 'diagnostics', 'explained-variance', 'loadings', ...ofRows]
    expect(readdirSync(out).sort()).toEqual(tables.flatMap((t) => [`iris-pca-${t}.csv`, `iris-pca-${t}.json`]))
    expect(readFileSync(join(out, 'iris-pca-scores.csv'), 'utf8').split(/\r?\n/)[1]).toMatch(/^1,setosa,-?\d/)
  })

  it('leaves a column that only counts the rows out, and says so', () => {
    const path = write('counted.csv', 'id,a,b\n1,3,5\n2,4,4\n3,9,1\n')
    expect(runJson('pca', path)).toMatchObject({ columns: ['a', 'b'] })
    expect(run('pca', path).err).toContain('id')
    expect(runJson('pca', path, '--columns', 'id,a,b')).toMatchObject({ columns: ['id', 'a', 'b'] })
  })

  it('drops rows or takes the mean, and says which', () => {
    const path = write('holes.csv', 'a,b\n1,2\n2,\n3,5\n4,7\n5,1\n')
    const dropped = runJson('pca', path)
    expect(dropped).toMatchObject({
      nSamples: 4,
      rowsUsed: [1, 3, 4, 5],
      dropped: [{ row: 2, line: 3, columns: ['b'] }]
    })
    expect(runJson('pca', path, '--missing', 'mean')).toMatchObject({ nSamples: 5, dropped: [], imputed: { b: 1 } })
  })

  it('takes the solver that is asked for, and says which it took', () => {
    expect(runJson('pca', iris, '--solver', 'auto')).toMatchObject({ solver: 'eigh-covariance' })
    const { solver, solverReason, explainedVariance } = runJson('pca', iris, '--solver', 'krylov', '--components', '1')
    expect({ solver, solverReason }).toEqual({
      solver: 'krylov',
      solverReason: 'The Krylov method, exact to rounding, was asked for.'
    })
    // Fisher's iris, covariance: R's prcomp.
    expect((explainedVariance as number[])[0]).toBeCloseTo(4.2282417, 7)
  })
})

describe('a result carried to other rows', () => {
  it('as a model, which places the fitted rows where they were, and as a script', () => {
    const model = join(folder, 'model.json')
    const script = join(folder, 'again.py')
    const fitted = runJson(
      'pca',
      iris,
      '--scale',
      'unit',
      '--divisor',
      'n',
      '--components',
      '2',
      '--model',
      model,
      '--script',
      script
    )
    const { scores } = fitted
    const projected = runJson('project', iris, '--model', model)
    expect(keys(projected)).toEqual([
      'model',
      'nRows',
      'columns',
      'extra',
      'scores',
      'hotellingT2',
      'qResidual',
      'cos2',
      'limits',
      'notes'
    ])
    // The same rows in the same model: the measures that pca gives of them.
    const { hotellingT2, qResidual, cos2 } = fitted as unknown as {
      hotellingT2: { values: number[]; limit: number }
      qResidual: { values: number[]; limit: number }
      cos2: { rows: number[][] }
    }
    const limits = projected['limits'] as { hotellingT2: { limit: number }; qResidual: { limit: number } }
    const near = (ours: number[], theirs: number[]): void =>
      theirs.forEach((value, i) => expect(Math.abs(ours[i]! - value)).toBeLessThan(1e-10))
    near(projected['hotellingT2'] as number[], hotellingT2.values)
    near(projected['qResidual'] as number[], qResidual.values)
    near((projected['cos2'] as number[][]).flat(), cos2.rows.flat())
    near([limits.hotellingT2.limit, limits.qResidual.limit], [hotellingT2.limit, qResidual.limit])
    expect(projected['extra']).toEqual(['species'])
    const flat = (projected['scores'] as number[][]).flat()
    ;(scores as number[][]).flat().forEach((score, i) => expect(Math.abs(flat[i]! - score)).toBeLessThan(1e-12))
    expect(readFileSync(script, 'utf8')).toContain('from sklearn.decomposition import PCA')
  })

  it('or is refused: no model, no such columns, no such language', () => {
    const broken = write('broken.json', '{}')
    expect(run('project', iris)).toMatchObject({ code: 1, err: expect.stringContaining('--model') })
    expect(run('project', iris, '--model', broken)).toMatchObject({
      code: 1,
      err: expect.stringContaining('MODEL_INVALID')
    })
    expect(run('pca', iris, '--script', 'again.jl').code).toBe(1)
  })
})

describe('factorize', () => {
  it('has the fields of the contract; the same seed gives the same bits', () => {
    const lines = Array.from({ length: 400 }, (_, i) => `u${i % 23},i${(i * 7) % 31},${1 + ((i * 13) % 5)}`)
    const path = write('ratings.csv', `user,item,rating\n${[...new Set(lines)].join('\n')}\n`)
    const options = ['--factors', '3', '--iterations', '5', '--test', '0.25', '--seed', '3']
    const [first, second] = [runJson('factorize', path, ...options), runJson('factorize', path, ...options)]
    expect(keys(first)).toEqual(
      expect.arrayContaining([
        ...['nUsers', 'nItems', 'nRatings', 'globalMean', 'users', 'items', 'userBias', 'itemBias', 'userFactors'],
        ...['itemFactors', 'metrics', 'baselines', 'history', 'timings']
      ])
    )
    expect(keys(first['metrics'])).toEqual(['train', 'test'])
    expect(keys(first['baselines'])).toEqual(['globalMean', 'bias'])
    expect((first['history'] as { iteration: number }[]).map((h) => h.iteration)).toEqual([1, 2, 3, 4, 5])
    for (const name of ['userFactors', 'itemFactors', 'metrics', 'history']) expect(first[name]).toEqual(second[name])
  })

  it('reads the wide form as preferences', () => {
    const options = ['--wide', '--method', 'wals', '--factors', '2', '--unobserved-weight', '0.1']
    const { users, items, nRatings, userFactors, itemFactors } = runJson('factorize', movies, ...options)
    expect(users).toEqual(['User 1', 'User 2', 'User 3', 'User 4'])
    expect((items as string[])[4]).toBe('Memento')
    expect(nRatings).toBe(10)
    // Harry Potter and Shrek are equal columns: one point of the map.
    const [potter, , shrek] = itemFactors as number[][]
    potter!.forEach((value, k) => expect(value).toBeCloseTo(shrek![k]!, 8))
    expect(userFactors).toHaveLength(4)
  })

  it('says which columns of the wide form are no items', () => {
    const table = write('wide.csv', 'user,A,B,C\nu1,1,bad,2\nu2,3,1,1\nu3,,4,2\n')
    const { code, err } = run('factorize', table, '--wide')
    expect([code, err]).toEqual([0, expect.stringContaining('Not taken as items, as they are no ratings: B.')])
    expect(run('factorize', movies, '--wide').err).not.toContain('Not taken')
  })

  it.skipIf(!existsSync(sharedFile('ml-100k/u1.base')))(
    'takes a test file and beats the biases on MovieLens 100K, fold 1',
    () => {
      const test = sharedFile('ml-100k/u1.test')
      const result = runJson('factorize', sharedFile('ml-100k/u1.base'), '--test-file', test) as Record<
        string,
        Record<string, { rmse: number }>
      >
      // An independent numpy computation of damped means (5, items first) on this fold gives 0.95734.
      expect(result['baselines']!['bias']!.rmse).toBeCloseTo(0.95734, 4)
      expect(result['metrics']!['test']!.rmse).toBeLessThan(0.93)
    }
  )
})

describe('an error of the user', () => {
  const cases: [string, string, () => string[]][] = [
    ['no such file', 'FILE_NOT_FOUND', () => ['pca', join(folder, 'nowhere.csv')]],
    ['a folder', 'FILE_IS_FOLDER', () => ['inspect', folder]],
    ['an empty file', 'FILE_EMPTY', () => ['inspect', write('empty.csv', '')]],
    ['a header alone', 'NO_ROWS', () => ['pca', write('header.csv', 'a,b\n')]],
    ['a binary file', 'FILE_BINARY', () => ['inspect', write('b.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]))]],
    ['a column that is not there', 'COLUMN_UNKNOWN', () => ['pca', iris, '--columns', 'petal']],
    ['a column of text', 'COLUMN_NOT_NUMERIC', () => ['pca', iris, '--columns', 'species']],
    ['too many components', 'TOO_MANY_COMPONENTS', () => ['pca', iris, '--components', '5']],
    ['one row', 'TOO_FEW_ROWS', () => ['pca', write('one.csv', 'a,b\n1,2\n')]],
    ['no variance', 'ZERO_VARIANCE', () => ['pca', write('same.csv', 'a,b\n1,2\n1,2\n')]],
    ['an unknown option', 'USAGE', () => ['pca', iris, '--scales', 'unit']],
    ['an unknown solver', 'USAGE', () => ['pca', iris, '--solver', 'lanczos']],
    ['an unknown command', 'USAGE', () => ['pcaa', iris]],
    ['a table without ratings', 'RATINGS_COLUMNS', () => ['factorize', iris]],
    [
      'a rating that is no number',
      'RATING_NOT_NUMERIC',
      () => ['factorize', iris, '--user', 'sepal length', '--item', 'sepal width', '--rating', 'species']
    ],
    [
      'a column called rating that is no number',
      'RATING_NOT_NUMERIC',
      () => ['factorize', write('words.csv', 'user,item,rating\na,x,5\na,y,good\nb,x,2\nb,y,4\n')]
    ],
    ['an output folder that is a file', 'FILE_NOT_WRITABLE', () => ['pca', iris, '--out', write('file', 'x')]],
    ['no factors', 'INVALID_PARAMETER', () => ['factorize', movies, '--factors', '0']]
  ]
  it.each(cases)('%s: exit code 1, %s and its text on stderr, nothing on stdout', (_what, code, words) => {
    const ran = run(...words(), '--json')
    expect(ran.code).toBe(1)
    expect(ran.out).toBe('')
    expect(ran.err).toContain(`${code}: `)
  })

  it('names line and column where a cell is to blame', () => {
    const path = write('bad.csv', 'user,item,rating\nann,x,5\nbob,y,bad\ncy,z,worse\ndi,x,good\n')
    const { err } = run('factorize', path, '--user', 'user', '--item', 'item', '--rating', 'rating')
    expect(err).toMatch(/RATING_NOT_NUMERIC: The rating "5" is not a number\.|RATING_NOT_NUMERIC: The rating "bad"/)
    expect(err).toMatch(/Line \d+, (column 3, )?rating/)
  })
})

it.runIf(process.platform !== 'win32')('ends well where its reader has had enough', () => {
  const table = write('long.csv', `a,b\n${'1,2\n3,5\n'.repeat(20_000)}`)
  const pipe = '"$0" "$1" pca "$2" --json | head -c 10; exit "${PIPESTATUS[0]}"'
  const done = spawnSync('bash', ['-c', pipe, process.execPath, cli, table], { encoding: 'utf8' })
  expect([done.status, done.stdout]).toEqual([0, '{"nSamples'])
  expect(done.stderr).not.toContain('EPIPE')
})

it.runIf(existsSync('/dev/full'))('says so where its output is lost', () => {
  const lost = spawnSync('bash', ['-c', '"$0" "$1" inspect "$2" --json > /dev/full', process.execPath, cli, iris])
  expect(lost.status).toBe(1)
  expect(String(lost.stderr)).toContain('FILE_NOT_WRITABLE: stdout cannot be written')
})

it('says how it is used', () => {
  const { code, out, err } = run('--help')
  expect([code, out]).toEqual([0, ''])
  expect(err).toContain('inspect FILE')
})
