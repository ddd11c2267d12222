import { defineConfig } from '@playwright/test'

/** What is measured in the window of the real app: run by the benchmark, each file by itself. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.window.ts',
  outputDir: '../../../test-results/window',
  timeout: 600_000,
  workers: 1,
  reporter: 'line'
})
