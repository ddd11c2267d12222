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

/** Calls about the session as a whole. Work under way belongs to the session it was started in and ends with it. */
export function sessionHandlers(desk: Desk, grants: FileGrants, jobs: JobQueue): Pick<Handlers, SessionCalls> {
  const describe = () => desk.describe(jobs)
  const switchTo = (step: () => void) => {
    step()
    return describe()
  }
  return {
    'session.get': describe,
    'session.new': () =>
      switchTo(() => {
        jobs.cancelAll()
        desk.startNew()
      }),
    'session.open': async ({ file }) => {
      const path = await grants.path(file, 'read')
      return switchTo(() => {
        if (desk.open(path)) jobs.cancelAll()
      })
    },
    'session.saveAs': async ({ file }) => {
      const path = await grants.path(file, 'write')
      return switchTo(() => desk.saveAs(path))
    },
    'session.setView': ({ view }) => {
      desk.session.view = view
      return {}
    },
    'recent.list': () => desk.library.recents(desk.session.path),
    'recent.open': ({ id }) =>
      switchTo(() => {
        if (desk.open(desk.library.pathOf(id))) jobs.cancelAll()
      }),
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
