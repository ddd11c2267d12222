// npm run bench [-- name…]: the benchmarks, on the Node the engine runs on.
import { runAsNode } from './electron-runtime.mjs'
import { ensureReady } from './ensure.mjs'
import { main } from './processes.mjs'

await main(async (args) => runAsNode(await ensureReady(), ['test/bench/bench.ts', ...args]))
