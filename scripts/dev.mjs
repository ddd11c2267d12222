// npm run dev [-- file…]: the app with its page reloaded as the sources change.
import { withDisplay } from './display.mjs'
import { runtimeEnvironment, sandboxSwitches } from './electron-runtime.mjs'
import { ensureRuntime } from './ensure.mjs'
import { main, run } from './processes.mjs'
import { checkSandbox } from './sandbox.mjs'

await main(async (args) => {
  const runtime = await ensureRuntime()
  checkSandbox(runtime)
  const forApp = [...sandboxSwitches(), ...args]
  return withDisplay(runtimeEnvironment(runtime), (env) =>
    run(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'dev', '--', ...forApp], { env })
  )
})
