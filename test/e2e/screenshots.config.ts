import { defineConfig } from '@playwright/test'

/** Pictures of the real app, not tests: run by `npm run screenshots`. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../../test-results/screenshots',
  timeout: 300_000,
  workers: 1,
  reporter: 'line'
})
