import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,zoo,parity,csv,crash,contract}/**/*.test.ts'],
    environment: 'node',
    // The kernels are tested as the engine compiles them.
    setupFiles: ['core/engine/kernel-flags.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000
  }
})
