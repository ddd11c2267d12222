import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** A second net under the layer rules of .dependency-cruiser.cjs: these show in the editor while one types. */
const forbid = (files, group, message, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] }
})

const PURE_ROOMS = ['linalg', 'stats', 'table', 'analyses', 'contract'].map((room) => `core/${room}/**/*.ts`)
const PLATFORM = ['electron', 'better-sqlite3', 'svelte', 'svelte/*', '**/renderer/**', '**/electron/**']

export default ts.config(
  {
    ignores: ['out/**', 'dist/**', '.cache/**', 'test-results/**', 'screenshots/**', 'test/**/fixtures/**'].concat(
      // Another language with the same ending, and what is made of it.
      'core/*/kernels/assembly/**',
      'core/*/kernels/compiled.ts'
    )
  },
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] }
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // $props() is taken apart with let, as Svelte wants it; the plugin's own rule knows that.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // A number in a sentence needs no toString(); an object would.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // () => post(message) is the plainest way to say "and nothing comes back".
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // It cannot see a flag that a callback changes.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // In an effect, void value is how one says "run again when this changes".
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A Set or Map that is filled once and given away whole, or a cache, needs no proxy (state is $state.raw).
      'svelte/prefer-svelte-reactivity': 'off',
      // Indexing within bounds the loop proves: noUncheckedIndexedAccess asks, the ! answers.
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  },
  {
    // Seen from here every imported component is any; svelte-check knows its types and checks them.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off'
    }
  },
  forbid(PURE_ROOMS, ['node:*', ...PLATFORM], 'Pure rooms know no platform (ARCHITECTURE.md).'),
  forbid(['core/**/*.ts'], PLATFORM, 'core/ stands alone; only core/session says SQL (ARCHITECTURE.md).', [
    'core/session/**',
    ...PURE_ROOMS
  ]),
  forbid(['renderer/**'], ['node:*', 'electron', 'better-sqlite3'], 'The page is sandboxed (ARCHITECTURE.md).'),
  {
    files: ['test/**'],
    // expect.any() and its kin are any.
    rules: { 'no-console': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' }
  },
  { files: ['**/*.{js,mjs,cjs}'], ...ts.configs.disableTypeChecked }
)
