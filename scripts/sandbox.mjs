import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeFolder } from './electron-runtime.mjs'
import { PlainError } from './processes.mjs'

/** Kernel settings that keep Chromium from making its sandbox as an ordinary user, each with the value that forbids it:
 * Ubuntu's since 23.10, Debian's until 10, and the kernel's own limit. */
const FORBIDDING = [
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ['/proc/sys/user/max_user_namespaces', '0']
]

/** Whether a file belongs to root and runs as root whoever starts it. */
function isSetUidRoot(file) {
  const SET_UID = 0o4000
  const { uid, mode } = statSync(file)
  return uid === 0 && (mode & SET_UID) !== 0
}

/** Chromium's sandbox needs user namespaces, or its helper set up by root. Where the system forbids the first, says how
 * to do the second: starting without a sandbox is not an answer. Root has no sandbox to set up. */
export function checkSandbox(runtime) {
  if (process.platform !== 'linux' || process.getuid() === 0) return
  const isForbidden = ([file, value]) => existsSync(file) && readFileSync(file, 'utf8').trim() === value
  const helper = join(runtimeFolder(runtime), 'chrome-sandbox')
  if (!FORBIDDING.some(isForbidden) || !existsSync(helper) || isSetUidRoot(helper)) return
  throw new PlainError(
    `this system lets Electron make its sandbox only with a helper that root has set up. Type:\n` +
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
  )
}
