import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes the page Electron shows when it is started without an app. The packager does so only where it fetched
 * Electron itself. */
export default async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
