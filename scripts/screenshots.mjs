// npm run screenshots: pictures of every view of the real app in screenshots/, and the one in README.md.
import { withDisplay } from './display.mjs'
import { runtimeEnvironment } from './electron-runtime.mjs'
import { ensureWindow } from './ensure.mjs'
import { main, run } from './processes.mjs'

await main(async () => {
  const runtime = await ensureWindow()
  const tool = ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/screenshots.config.ts']
  return withDisplay(runtimeEnvironment(runtime), (env) => run(process.execPath, tool, { env }))
})
