import { basename } from 'node:path'
import { isOlderVersion } from '../session/open.ts'
import type { Copying } from './copying.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { FileGrants } from './file-grants.ts'
import type { JobQueue } from './jobs.ts'

type SessionCalls =
  | 'session.get'
  | 'session.new'
  | 'session.open'
  | 'session.saveAs'
  | 'session.setView'
  | 'recent.list'
  | 'recent.open'
  | 'recent.forget'
  | 'setting.get'
  | 'setting.set'
  | 'job.cancel'

/** Calls about the session as a whole. Work under way belongs to the session it was started in and ends with it, but for a
 * copy of it: that is waited for. */
export function sessionHandlers(
  desk: Desk,
  grants: FileGrants,
  jobs: JobQueue,
  copying: Copying
): Pick<Handlers, SessionCalls> {
  const describe = () => desk.describe(jobs)
  const openPath = async (path: string) => {
    await copying.settled()
    if (isOlderVersion(path)) {
      await copying.run(`Bring ${basename(path)} up to date`, async (watch) => {
        if (await desk.openOlder(path, watch)) jobs.cancelAll()
      })
    } else if (desk.open(path)) jobs.cancelAll()
    return describe()
  }
  return {
    'session.get': describe,
    'session.new': async () => {
      await copying.settled()
      jobs.cancelAll()
      desk.startNew()
      return describe()
    },
    'session.open': async ({ file }) => openPath(await grants.path(file, 'read')),
    'session.saveAs': async ({ file }) => {
      const path = await grants.path(file, 'write')
      await copying.run(`Save ${basename(path)}`, (watch) => desk.saveAs(path, watch))
      return describe()
    },
    'session.setView': ({ view }) => {
      desk.session.view = view
      return {}
    },
    'recent.list': () => desk.library.recents(desk.session.path),
    'recent.open': ({ id }) => openPath(desk.library.pathOf(id)),
    'recent.forget': ({ id }) => {
      desk.library.forget(id)
      return {}
    },
    'setting.get': ({ key }) => ({ value: desk.library.setting(key) }),
    'setting.set': ({ key, value }) => {
      desk.library.setSetting(key, value)
      return {}
    },
    'job.cancel': ({ jobId }) => {
      jobs.cancel(jobId)
      return {}
    }
  }
}
