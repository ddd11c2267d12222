// What a benchmark measures in the window of the built app: `bench-window.mjs <name>` runs test/bench/window/<name>.window.ts.
import { withDisplay } from './display.mjs'
import { runtimeEnvironment } from './electron-runtime.mjs'
import { ensureWindow } from './ensure.mjs'
import { main, run } from './processes.mjs'

await main(async ([name]) => {
  const runtime = await ensureWindow()
  const config = 'test/bench/window/window.config.ts'
  const tool = ['node_modules/@playwright/test/cli.js', 'test', '--config', config, `${name}.window.ts`]
  return withDisplay(runtimeEnvironment(runtime), (env) => run(process.execPath, tool, { env }))
})
