import { defineConfig } from '@playwright/test'

/** Tests of the real, built app. Run them through `npm test`, which builds, finds Electron and gives them a screen. */
export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'security/**/*.spec.ts'],
  outputDir: 'test-results',
  // Room for a launch that hangs, is killed and is tried again.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Each test starts an app of several processes; two at once only slow each other down.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // Where nobody watches, a test that fails is tried once more; npm test names it at its end, to be mended.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list'
})
