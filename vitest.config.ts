import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,zoo,parity,csv,crash,contract}/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000
  }
})
