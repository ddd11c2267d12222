import { writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { Workbench } from './workbench.ts'

/** Writes the report of a result as a web page.
 * @throws FILE_NOT_WRITABLE */
export async function writeReport(
  { client }: Workbench,
  analysisId: string,
  path: string,
  say: (words: string) => void
): Promise<void> {
  const { html } = await client.call('report.make', { analysisId })
  try {
    writeFileSync(resolve(path), html)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(path), reason })
  }
  say(`Wrote ${resolve(path)}`)
}
