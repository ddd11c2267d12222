// npm run cli -- inspect|pca|factorize FILE …: the engine without a window. stdout is the command's alone.
import { join } from 'node:path'
import { runAsNode } from './electron-runtime.mjs'
import { ensureReady } from './ensure.mjs'
import { launchFolder, main, root } from './processes.mjs'

await main(async (args) =>
  runAsNode(await ensureReady(), [join(root, 'out', 'main', 'cli.js'), ...args], { cwd: launchFolder })
)
