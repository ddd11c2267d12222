// npm start [-- file…]: installs and builds what is missing, then opens the window.
import { SOFTWARE_GRAPHICS, hasDisplay, withDisplay } from './display.mjs'
import { runtimeEnvironment, sandboxSwitches } from './electron-runtime.mjs'
import { ensureWindow } from './ensure.mjs'
import { launchFolder, main, root, run } from './processes.mjs'

await main(async (args) => {
  const runtime = await ensureWindow()
  const switches = [...sandboxSwitches(), ...(hasDisplay() ? [] : SOFTWARE_GRAPHICS)]
  return withDisplay(runtimeEnvironment(runtime), (env) =>
    run(runtime.executable, [...switches, root, ...args], { env, cwd: launchFolder })
  )
})
