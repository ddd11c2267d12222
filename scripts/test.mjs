// npm test [-- --only step,step] [path…]: every check and every test, one after the other; a failing step does not stop
// the next. --only checks runs what needs no test. Paths go to the test runners. The last line on stdout is
// "N passed, N failed": each test counts as one, and so does each check.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withDisplay } from './display.mjs'
import { runAsNode, runtimeEnvironment } from './electron-runtime.mjs'
import { build, ensureRuntime, isBuilt } from './ensure.mjs'
import { PlainError, main, root, run } from './processes.mjs'
import { checkSandbox } from './sandbox.mjs'

const RESULTS = 'test-results'
const UNIT_RESULTS = join(RESULTS, 'unit.json')
const WINDOW_RESULTS = join(RESULTS, 'end-to-end.json')

const tool = (path) => join('node_modules', path)
const node = (...args) => run(process.execPath, args)

/** Runs the unit, property, parity and zoo tests on the Node the engine runs on. */
function runUnitTests(runtime, paths) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_RESULTS}`]
  return runAsNode(runtime, [tool('vitest/vitest.mjs'), 'run', ...reporters, ...paths])
}

/** Drives the real app, on a screen or a virtual one. */
async function runWindowTests(runtime, paths) {
  checkSandbox(runtime)
  const env = { ...runtimeEnvironment(runtime), PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, WINDOW_RESULTS) }
  const args = [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...paths]
  return withDisplay(env, (shown) => run(process.execPath, args, { env: shown }))
}

function countUnitTests(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests
  }
}

function countWindowTests({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

const firstLines = (text) => (text ?? '').split('\n').slice(0, 12).join('\n')

/** Each failed test with what it said: of a file that could not be loaded, the file. */
function failedUnitTests({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [`${name}\n${firstLines(message)}`]
    return failed.map((test) => `${name} › ${test.fullName}\n${firstLines(test.failureMessages[0])}`)
  })
}

/** @param {'unexpected' | 'flaky'} status of the tests that are named, each with what its last failure said */
function windowTestsThatAre(status, { suites }) {
  return suites.flatMap((suite) => [
    ...suite.specs.flatMap(({ file, line, title, tests }) =>
      tests
        .filter((test) => test.status === status)
        .map(({ results }) => {
          const message = results.findLast(({ error }) => error)?.error.message
          return `${file}:${line} › ${title}\n${firstLines(message)}`
        })
    ),
    ...windowTestsThatAre(status, { suites: suite.suites ?? [] })
  ])
}

/** Every step: its name, what it runs, and for test runners where the report is, how to count it, what failed in it and what
 * passed only when tried again. */
const steps = [
  { name: 'format', run: () => node(tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.') },
  { name: 'lint', run: () => node(tool('eslint/bin/eslint.js'), '--max-warnings', '0', '.') },
  { name: 'types', run: () => node(tool('typescript/bin/tsc'), '--noEmit', '-p', '.') },
  {
    name: 'types-in-pages',
    run: () => node(tool('svelte-check/bin/svelte-check'), '--fail-on-warnings', '--output', 'human')
  },
  { name: 'layers', run: (runtime) => runAsNode(runtime, ['scripts/check-layers.mjs']) },
  { name: 'unused', run: () => node(tool('knip/bin/knip.js')) },
  { name: 'tokens', run: () => node('scripts/check-tokens.mjs') },
  { name: 'build', run: async (runtime) => (isBuilt() ? 0 : build(runtime)) },
  { name: 'unit', run: runUnitTests, report: UNIT_RESULTS, count: countUnitTests, list: failedUnitTests },
  {
    name: 'end-to-end',
    run: runWindowTests,
    report: WINDOW_RESULTS,
    count: countWindowTests,
    list: (report) => windowTestsThatAre('unexpected', report),
    listRetried: (report) => windowTestsThatAre('flaky', report)
  }
]
const CHECKS = ['format', 'lint', 'types', 'types-in-pages', 'layers', 'unused', 'tokens']

function chooseSteps(names) {
  if (!names) return steps
  const wanted = names.split(',').flatMap((name) => (name === 'checks' ? CHECKS : [name]))
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0)
    throw new PlainError(`no step "${unknown[0]}". There are: checks, ${steps.map((step) => step.name).join(', ')}.`)
  // The window tests and the tests of the command line run what was built.
  const needsBuild = wanted.includes('end-to-end') || wanted.includes('unit')
  return steps.filter((step) => wanted.includes(step.name) || (needsBuild && step.name === 'build'))
}

/** What a step's tests came to. A runner that failed without a failing test (a file that cannot be loaded, no tests
 * found, a crash) counts as one failure. */
function countStep(step, exitCode) {
  const failedWhole = { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
  if (!step.report) return { ...failedWhole, passed: exitCode === 0 ? 1 : 0 }
  const file = join(root, step.report)
  if (!existsSync(file)) return { ...failedWhole, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const counted = { ...step.count(report), names: step.list(report), retried: step.listRetried?.(report) }
  const nothingRan = counted.passed + counted.failed + counted.skipped === 0
  return counted.failed === 0 && (exitCode !== 0 || nothingRan) ? { ...counted, failed: 1 } : counted
}

async function runStep(step, runtime, paths) {
  process.stdout.write(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}\n`)
  if (step.report) rmSync(join(root, step.report), { force: true })
  const start = performance.now()
  const exitCode = await step.run(runtime, paths).catch((error) => {
    process.stdout.write(`${error instanceof PlainError ? error.message : error.stack}\n`)
    return 1
  })
  return { name: step.name, seconds: (performance.now() - start) / 1000, ...countStep(step, exitCode) }
}

function describe({ name, seconds, passed, failed, skipped }) {
  const figures = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])]
  return `${failed > 0 ? '✗' : '✓'} ${name.padEnd(16)}${seconds.toFixed(1).padStart(7)} s   ${figures.join(', ')}`
}

function parse(args) {
  const paths = args.filter((arg) => !arg.startsWith('--'))
  const at = args.indexOf('--only')
  const joined = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
  return at >= 0
    ? { only: args[at + 1], paths: paths.filter((path) => path !== args[at + 1]) }
    : { only: joined, paths }
}

await main(async (args) => {
  const { only, paths } = parse(args)
  const chosen = chooseSteps(only)
  const runtime = await ensureRuntime()
  mkdirSync(join(root, RESULTS), { recursive: true })
  const results = []
  for (const step of chosen) results.push(await runStep(step, runtime, paths))
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  process.stdout.write(`\n${results.map(describe).join('\n')}\n\n`)
  // A long run's log is often kept from its end only: what failed is said there again.
  for (const name of results.flatMap((result) => result.names ?? [])) process.stdout.write(`✗ ${name}\n\n`)
  for (const name of results.flatMap((result) => result.retried ?? []))
    process.stdout.write(`! passed only when tried again: ${name}\n\n`)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`)
  return sum('failed') > 0 ? 1 : 0
})
