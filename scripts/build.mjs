// npm run build: builds the app into out/, whether or not anything changed.
import { build, ensureRuntime } from './ensure.mjs'
import { main } from './processes.mjs'

await main(async () => build(await ensureRuntime()))
