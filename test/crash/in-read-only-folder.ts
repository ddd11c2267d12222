/** Tries, in the folder named by its argument, what needs to write there, and tells the codes it is refused with. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toErrorData } from '../../core/contract/errors.ts'
import { SessionFile } from '../../core/session/session-file.ts'

const folder = process.argv[2]!
const own = mkdtempSync(join(tmpdir(), 'nobody-'))

function codeOf(step: () => unknown): string {
  try {
    step()
    return 'none'
  } catch (thrown) {
    return toErrorData(thrown).code
  }
}

const session = SessionFile.create(join(own, 's.eigendesk'))
process.stdout.write(
  JSON.stringify({
    open: codeOf(() => SessionFile.open(join(folder, 'new.eigendesk'))),
    migrate: codeOf(() => SessionFile.open(join(folder, 'old.eigendesk'))),
    save: codeOf(() => session.moveTo(join(folder, 'saved.eigendesk')))
  })
)
session.close()
rmSync(own, { recursive: true, force: true })
