import { extname, resolve } from 'node:path'
import { EigendeskError } from '../../contract/errors.ts'
import type { Workbench } from '../workbench.ts'
import { writeReport } from '../write-report.ts'

const languages: Record<string, 'python' | 'r'> = { '.py': 'python', '.r': 'r' }

export const carryOptions = {
  model: { type: 'string' },
  script: { type: 'string' },
  report: { type: 'string' }
} as const

/** Writes the files a result is carried away in: its model, and the script that makes it again.
 * @throws USAGE | FILE_NOT_WRITABLE */
export async function carryAway(
  bench: Workbench,
  analysisId: string,
  { model, script, report }: { model?: string | undefined; script?: string | undefined; report?: string | undefined },
  say: (words: string) => void
): Promise<void> {
  const { client } = bench
  if (model !== undefined) {
    await client.call('model.write', { analysisId, file: client.grant(resolve(model), 'write') })
    say(`Wrote ${resolve(model)}`)
  }
  if (report !== undefined) await writeReport(bench, analysisId, report, say)
  if (script === undefined) return
  const language = languages[extname(script).toLowerCase()]
  if (!language) throw new EigendeskError('USAGE', { reason: `--script ${script}: the ending is .py or .R.` })
  const file = client.grant(resolve(script), 'write')
  const { jobId } = await client.call('export.script', { analysisId, language, file })
  await client.finish(jobId)
  say(`Wrote ${resolve(script)}`)
}
