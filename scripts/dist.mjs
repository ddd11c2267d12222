// npm run dist [-- dir|linux|win|mac]: packages the app into dist/. Without a target: an unpacked folder, to try here.
import { runtimeEnvironment, runtimeFolder } from './electron-runtime.mjs'
import { ensureReady } from './ensure.mjs'
import { PlainError, main, run, say } from './processes.mjs'

const RELEASE_TARGETS = { linux: '--linux', win: '--win', mac: '--mac' }

function targetArguments(target, runtime) {
  if (target in RELEASE_TARGETS) return [RELEASE_TARGETS[target]]
  if (target !== 'dir') throw new PlainError(`unknown target "${target}": dir, linux, win or mac.`)
  if (runtime.origin === 'copy')
    say('*** the folder is made with the community copy of Electron: to try here, never to give to anyone. ***')
  return ['--dir', `-c.electronDist=${runtimeFolder(runtime)}`, `-c.electronVersion=${runtime.version}`]
}

await main(async ([target = 'dir', ...rest]) => {
  const runtime = await ensureReady()
  // Release targets name no folder: electron-builder fetches the official binary and checks it, or fails.
  const args = targetArguments(target, runtime)
  const tool = 'node_modules/electron-builder/cli.js'
  return run(process.execPath, [tool, ...args, '--publish', 'never', ...rest], { env: runtimeEnvironment(runtime) })
})
