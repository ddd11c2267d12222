// The rooms and who may enter them (ARCHITECTURE.md, "What must stay true"). scripts/check-layers.mjs breaks each rule
// once in a made-up tree and fails where a rule does not notice, so a rule added here wants a line there.

const PURE = '^core/(linalg|stats|table|analyses|preparation|contract)/'

/** A package by its name, whether it is found in node_modules or cannot be found at all. */
const packageNamed = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})$`

const RENDERER_MAY_ENTER = [
  '^core/contract/[^/]+[.]ts$',
  '^core/analyses/registry[.]ts$',
  '^core/preparation/spec[.]ts$',
  '^core/table/(cell|dates)[.]ts$',
  '^core/analyses/[^/]+/(spec|figures)[.]ts$',
  '^core/analyses/[^/]+/figures/[^/]+[.]ts$',
  '^core/analyses/[^/]+/studies/[^/]+/spec[.]ts$'
]

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that need each other are one module, or want a third.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    {
      name: 'pure-rooms-import-no-node',
      comment: 'The maths, the table reader and the contract run anywhere: no Node.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'pure-rooms-import-no-platform',
      comment: 'The pure rooms know no Electron, no database and no user interface.',
      severity: 'error',
      from: { path: PURE },
      to: { path: packageNamed('electron', 'better-sqlite3', 'svelte') }
    },
    {
      name: 'pure-rooms-import-pure-rooms',
      comment:
        'What a pure room needs of ours is pure too: not the session, the engine, the exports or the command line.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^core/', pathNot: PURE }
    },
    {
      name: 'only-session-says-sql',
      comment: 'The database is opened, asked and told in core/session alone.',
      severity: 'error',
      from: { pathNot: '^(core/session|test)/' },
      to: { path: packageNamed('better-sqlite3') }
    },
    {
      name: 'only-electron-imports-electron',
      comment: 'Everything else runs without a window, for the tests and the command line.',
      severity: 'error',
      from: { pathNot: '^(electron|test)/' },
      to: { path: packageNamed('electron') }
    },
    {
      name: 'core-stands-alone',
      comment: 'The engine knows neither the shell nor the page.',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(electron|renderer)/' }
    },
    {
      name: 'renderer-sees-the-contract',
      comment: 'The page imports the contract and the pure specs and figures; the rest it asks over the port.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(core|electron)/', pathNot: RENDERER_MAY_ENTER }
    },
    {
      name: 'renderer-imports-no-node',
      comment: 'The page is sandboxed.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'electron-leaves-the-page-alone',
      comment: 'Main and preload show the built page; they import none of it.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^renderer/' }
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/' },
      to: { path: '^(test|scripts)/' }
    },
    {
      name: 'runtime-packages-are-dependencies',
      comment: 'What the engine and the shell import at run time is packaged, so it stands in "dependencies".',
      severity: 'error',
      from: { path: '^(core|electron)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packageNamed('electron') }
    },
    {
      name: 'every-package-is-named',
      comment: 'A package that only happens to be there may be gone tomorrow.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }
    },
    {
      name: 'every-import-is-found',
      comment: 'An import that leads nowhere escapes every other rule. plotly.js is there as types alone.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^plotly[.]js$' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // AssemblyScript is another language, compiled as a whole: its files may need each other.
    exclude: { path: '[?](raw|url)$|^core/linalg/kernels/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'require', 'node', 'default']
    }
  }
}
