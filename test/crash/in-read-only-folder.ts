/** Tries, in the folder named by its argument, what needs to write there, and tells the codes it is refused with. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toErrorData } from '../../core/contract/errors.ts'
import { SessionFile } from '../../core/session/session-file.ts'
import { unwatched } from '../unit/session/fill.ts'

const folder = process.argv[2]!
const own = mkdtempSync(join(tmpdir(), 'nobody-'))

async function codeOf(step: () => unknown): Promise<string> {
  try {
    await step()
    return 'none'
  } catch (thrown) {
    return toErrorData(thrown).code
  }
}

const session = SessionFile.create(join(own, 's.eigendesk'))
process.stdout.write(
  JSON.stringify({
    open: await codeOf(() => SessionFile.open(join(folder, 'new.eigendesk'))),
    migrate: await codeOf(() => SessionFile.open(join(folder, 'old.eigendesk'))),
    save: await codeOf(() => session.moveTo(join(folder, 'saved.eigendesk'), unwatched))
  })
)
session.close()
rmSync(own, { recursive: true, force: true })
