// Runs the layer rules over the sources, after having seen each rule fail on a small tree made to break it. Needs
// Node 22 or newer: scripts/test.mjs runs it on Electron's.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { PlainError, main, root, say } from './processes.mjs'

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

/** Each rule with a tree that breaks it: a file and what it imports. */
const BROKEN = {
  'no-circles': { 'core/table/a.ts': './b.ts', 'core/table/b.ts': './a.ts' },
  'pure-rooms-import-no-node': { 'core/linalg/a.ts': 'node:fs' },
  'pure-rooms-import-no-platform': { 'core/stats/a.ts': 'svelte' },
  'pure-rooms-import-pure-rooms': { 'core/analyses/a.ts': '../engine/b.ts', 'core/engine/b.ts': null },
  'only-session-says-sql': { 'core/engine/a.ts': 'better-sqlite3' },
  'only-electron-imports-electron': { 'core/engine/a.ts': 'electron' },
  'core-stands-alone': { 'core/engine/a.ts': '../../renderer/b.ts', 'renderer/b.ts': null },
  'renderer-sees-the-contract': { 'renderer/a.ts': '../core/analyses/pca/run.ts', 'core/analyses/pca/run.ts': null },
  'renderer-imports-no-node': { 'renderer/a.ts': 'node:path' },
  'electron-leaves-the-page-alone': { 'electron/main/a.ts': '../../renderer/b.ts', 'renderer/b.ts': null },
  'nothing-imports-tests': { 'core/engine/a.ts': '../../test/b.ts', 'test/b.ts': null },
  'runtime-packages-are-dependencies': { 'core/engine/a.ts': 'svelte' },
  'every-package-is-named': { 'renderer/a.ts': 'acorn' },
  'every-import-is-found': { 'core/engine/a.ts': './absent.ts' }
}

/** A tree that keeps every rule: what the rules allow must not be refused. */
const SOUND = {
  'renderer/a.ts': '../core/analyses/pca/spec.ts',
  'core/analyses/pca/spec.ts': '../../contract/b.ts',
  'core/contract/b.ts': 'zod',
  'core/session/a.ts': 'better-sqlite3',
  'core/engine/a.ts': 'node:worker_threads',
  'electron/main/a.ts': 'electron'
}

/** Names of the rules broken by the sources under a folder, and the sentences that say where. */
async function findBreaches(folder) {
  const options = { ...rules.options, tsConfig: undefined, validate: true, ruleSet: { forbidden: rules.forbidden } }
  const { output } = await cruise(
    ['core', 'electron', 'renderer'],
    { ...options, baseDir: folder },
    rules.options.enhancedResolveOptions
  )
  return {
    names: new Set(output.summary.violations.map((breach) => breach.rule.name)),
    sentences: output.summary.violations.map((breach) => `${breach.rule.name}: ${breach.from} → ${breach.to}`),
    nModules: output.summary.totalCruised
  }
}

/** Writes a made-up tree inside the repository, so that its packages are found, and looks for breaches in it. */
async function tryTree(tree) {
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'layers-'))
  try {
    for (const room of ['core', 'electron', 'renderer']) mkdirSync(join(folder, room))
    for (const [path, imported] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), imported === null ? 'export {}\n' : `import '${imported}'\nexport {}\n`)
    }
    return await findBreaches(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checkRules() {
  const untried = rules.forbidden.filter((rule) => !(rule.name in BROKEN)).map((rule) => rule.name)
  if (untried.length > 0) throw new PlainError(`rules that no tree here breaks: ${untried.join(', ')}`)
  for (const [name, tree] of Object.entries(BROKEN))
    if (!(await tryTree(tree)).names.has(name)) throw new PlainError(`the rule ${name} does not notice its own breach.`)
  const { sentences } = await tryTree(SOUND)
  if (sentences.length > 0)
    throw new PlainError(`the rules refuse what they should allow:\n  ${sentences.join('\n  ')}`)
}

await main(async () => {
  await checkRules()
  const { sentences, nModules } = await findBreaches(root)
  if (sentences.length > 0) throw new PlainError(`the sources break the layer rules:\n  ${sentences.join('\n  ')}`)
  say(`${rules.forbidden.length} layer rules, each seen to fail on its own breach, hold in ${nModules} modules`)
  return 0
})
