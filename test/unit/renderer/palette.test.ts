import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { scoreMatch } from '../../../renderer/app/fuzzy.ts'
import { nameThings } from '../../../renderer/app/named-things.ts'
import { findEntries } from '../../../renderer/app/palette-entries.ts'

/** What the palette is made from, without the page around it. */
const shell = vi.hoisted(() => ({
  commands: [] as { id: string; group: string; label: string; icon: string; run: () => void; enabled: () => boolean }[],
  session: {
    datasets: [] as { id: string; name: string; nRows: number; columns: string[] }[],
    analyses: [] as { id: string; name: string; kind: string; datasetId: string }[],
    importing: null as object | null,
    currentDataset: null as object | null,
    currentAnalysis: null as object | null,
    setTab: vi.fn(),
    show: vi.fn()
  },
  screen: { endAside: vi.fn() },
  newAnalysis: { open: vi.fn() },
  carryAway: vi.fn()
}))
vi.mock('../../../renderer/app/commands.ts', () => ({ commands: shell.commands }))
vi.mock('../../../renderer/app/session.svelte.ts', () => ({ session: shell.session }))
vi.mock('../../../renderer/app/screen.svelte.ts', () => ({ screen: shell.screen }))
vi.mock('../../../renderer/app/recents.svelte.ts', () => ({ recents: { entries: [] } }))
vi.mock('../../../renderer/app/files.ts', () => ({ openRecent: vi.fn() }))
vi.mock('../../../renderer/app/new-analysis.svelte.ts', () => ({ newAnalysis: shell.newAnalysis }))
vi.mock('../../../renderer/export/result-menu.ts', () => ({ carryAway: shell.carryAway }))
vi.mock('../../../renderer/analyses/registry.ts', () => ({
  analysisViews: {
    pca: {
      icon: 'chart-scatter',
      tabs: [{ id: 'scores', label: 'Scores', holds: ['pairs of components', 'Hotelling’s T²'] }]
    },
    svd: { icon: 'layers' },
    factorization: { icon: 'waypoints' }
  }
}))

const rank = (query: string, texts: string[]): string[] =>
  texts
    .flatMap((text) => {
      const score = scoreMatch(query, text)
      return score === null ? [] : [{ text, score }]
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text)

describe('scoreMatch', () => {
  it('finds letters in order, whatever their case, and nothing else', () => {
    expect(scoreMatch('nwa', 'New analysis…')).not.toBeNull()
    expect(scoreMatch('NEW an', 'new analysis…')).not.toBeNull()
    expect(scoreMatch('awn', 'New analysis…')).toBeNull()
    expect(scoreMatch('neww', 'New analysis…')).toBeNull()
  })

  it('prefers the start, then a whole word, then starts of words, then the rest', () => {
    expect(rank('sav', ['Say all values', 'Autosave', 'Save session as…', 'The saved session'])).toEqual([
      'Save session as…',
      'The saved session',
      'Autosave',
      'Say all values'
    ])
    expect(rank('na', ['Principal components', 'New analysis…'])).toEqual(['New analysis…', 'Principal components'])
  })

  it('prefers the shorter of two that begin alike', () => {
    expect(rank('iris', ['iris of 1936, all measurements', 'iris'])).toEqual(['iris', 'iris of 1936, all measurements'])
  })

  it('puts a text that begins with the query before every one that does not', () => {
    // Labels as they are: words of two letters and more, no longer than a line. Six letters are typed at most.
    const letter = fc.constantFrom(...'abcde'.split(''))
    const word = fc.array(letter, { minLength: 2, maxLength: 8 }).map((letters) => letters.join(''))
    const label = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ').slice(0, 40).trim())
    fc.assert(
      fc.property(label, label, fc.integer({ min: 1, max: 6 }), (first, other, length) => {
        const query = first.split(' ')[0]!.slice(0, length)
        fc.pre(!other.startsWith(query))
        expect(scoreMatch(query, first)).toBeGreaterThan(scoreMatch(query, other) ?? -Infinity)
      }),
      { seed: 12, numRuns: 2000 }
    )
  })

  it('answers exactly where the letters stand in order', () => {
    const text = fc.array(fc.constantFrom(...'abc '.split('')), { maxLength: 12 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(text, text, (query, given) => {
        const inOrder = new RegExp(query.replaceAll(' ', '').split('').join('.*')).test(given)
        expect(scoreMatch(query, given) !== null).toBe(inOrder)
      }),
      { seed: 13, numRuns: 500 }
    )
  })
})

describe('findEntries', () => {
  const command = (label: string, group: string, enabled = true): (typeof shell.commands)[number] => ({
    id: label,
    group,
    label,
    icon: 'x',
    run: () => undefined,
    enabled: () => enabled
  })
  const dataset = (name: string): (typeof shell.session.datasets)[number] => ({
    id: name,
    name,
    nRows: 1797,
    columns: ['a', 'b']
  })
  const labels = (query: string): string[] => findEntries(query).map((entry) => entry.label)

  beforeEach(() => {
    const iris = dataset('iris')
    shell.commands.splice(
      0,
      Infinity,
      command('Open file…', 'File'),
      command('Fold the rail', 'View'),
      command('Export what is shown…', 'Export'),
      command('Undo', 'File', false)
    )
    Object.assign(shell.session, {
      datasets: [iris],
      analyses: [{ id: 'one', name: 'PCA, unscaled', kind: 'pca', datasetId: 'iris' }],
      importing: null,
      currentDataset: iris,
      currentAnalysis: null
    })
  })

  it('leads to the tabs of the result in sight', () => {
    const [analysis] = shell.session.analyses
    shell.session.currentAnalysis = analysis!
    const entry = findEntries('scores')[0]!
    expect(entry).toMatchObject({ label: 'Scores', detail: 'of PCA, unscaled', group: 'Go to', shortcut: 'Ctrl 1' })
    entry.run()
    expect(shell.session.setTab).toHaveBeenCalledWith('one', 'scores')
  })

  it('carries away what the menu of a result does', () => {
    const [analysis] = shell.session.analyses
    shell.session.currentAnalysis = analysis!
    const entry = findEntries('model as json')[0]!
    expect(entry).toMatchObject({ label: 'Model as JSON', detail: 'of PCA, unscaled', group: 'Export' })
    entry.run()
    expect(shell.carryAway).toHaveBeenCalledWith('model', expect.objectContaining({ analysis }))
  })

  it('finds a tab by what is in it, which then stands beside its name', () => {
    shell.session.currentAnalysis = shell.session.analyses[0]!
    const scores = expect.objectContaining({ label: 'Scores', detail: 'pairs of components · of PCA, unscaled' })
    expect(findEntries('Pairs')).toContainEqual(scores)
    // as it can be typed
    expect(findEntries("hotelling's").map(({ detail }) => detail)).toEqual(['Hotelling’s T² · of PCA, unscaled'])
    // letters in order are not enough: that is for names
    expect(findEntries('prs ocomp')).toEqual([])
  })

  it('holds everything that can be done now, by group', () => {
    expect(labels('')).toEqual([
      'iris',
      'PCA, unscaled',
      'Principal components…',
      'Truncated SVD…',
      'Factorization…',
      'Fold the rail',
      'Export what is shown…',
      'Open file…'
    ])
    expect(findEntries('').map((entry) => entry.detail)).toEqual([
      '1,797 × 2',
      'iris',
      'of iris',
      'of iris',
      'of iris',
      undefined,
      undefined,
      undefined
    ])
  })

  it('finds what the result in sight names, after a command that answers as well, and no longer than it is in sight', () => {
    const film = {
      id: 'item 7',
      label: 'Export duties (1999)',
      detail: 'item',
      icon: 'waypoints' as const,
      run: vi.fn()
    }
    const end = nameThings((words) => ('export duties'.includes(words) ? [film] : []))
    expect(labels('export')).toEqual(['Export what is shown…', 'Export duties (1999)'])
    expect(findEntries('duties')[0]).toMatchObject({ group: 'Select', detail: 'item', run: film.run })
    // One letter is in too many names.
    expect(labels('d')).not.toContain('Export duties (1999)')
    end()
    expect(labels('duties')).toEqual([])
  })

  it('offers no analysis while a file is looked at', () => {
    shell.session.importing = {}
    expect(findEntries('').some((entry) => entry.group === 'Analyse')).toBe(false)
  })

  it('begins with the best answer, however little better it is', () => {
    // Both begin with the query; the dataset's name is longer, so its answer is worse by a fraction.
    shell.session.datasets = [dataset('exports of the year by country')]
    expect(labels('expo').slice(0, 2)).toEqual(['Export what is shown…', 'exports of the year by country'])
  })

  it('keeps each group together, the group of the best answer first, the best first in each', () => {
    const name = fc
      .array(fc.constantFrom(...'abc -'.split('')), { minLength: 1, maxLength: 30 })
      .map((letters) => letters.join(''))
    const group = fc.constantFrom('View', 'Export', 'File')
    const query = fc
      .array(fc.constantFrom(...'abc'.split('')), { minLength: 1, maxLength: 3 })
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.array(name), fc.array(fc.tuple(name, group)), query, (names, given, asked) => {
        shell.session.datasets = names.map(dataset)
        shell.commands.splice(0, Infinity, ...given.map(([label, of]) => command(label, of)))
        const found = findEntries(asked)
        const scores = found.map((entry) => scoreMatch(asked, entry.label)!)
        if (found.length > 0) expect(scores[0]).toBe(Math.max(...scores))
        const groups = found.map((entry) => entry.group)
        const runs = groups.filter((of, i) => of !== groups[i - 1])
        expect(new Set(runs).size).toBe(runs.length)
        const bests = runs.map((of) => Math.max(...scores.filter((_, i) => groups[i] === of)))
        expect(bests).toEqual(bests.toSorted((a, b) => b - a))
        for (let i = 1; i < found.length; i++) {
          if (groups[i] === groups[i - 1]) expect(scores[i]!).toBeLessThanOrEqual(scores[i - 1]!)
        }
      }),
      { seed: 14, numRuns: 300 }
    )
  })

  it('goes where it says', () => {
    shell.session.importing = {}
    findEntries('unscaled')[0]!.run()
    expect(shell.session.show).toHaveBeenLastCalledWith({ type: 'analysis', id: 'one' })
    expect(shell.session.importing).toBeNull()
    findEntries('factorization')[0]!.run()
    expect(shell.newAnalysis.open).toHaveBeenLastCalledWith('iris', 'factorization')
  })
})
