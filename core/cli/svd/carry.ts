import { extname, resolve } from 'node:path'
import type { SvdModelFormat } from '../../contract/carry-calls.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { carryOptions } from '../pca/carry.ts'
import type { Workbench } from '../workbench.ts'
import { writeReport } from '../write-report.ts'

type CarryValues = Partial<Record<keyof typeof carryOptions, string>>

const formats: Record<string, SvdModelFormat> = { '.json': 'json', '.npz': 'npz' }

const formatOf = (path: string): SvdModelFormat | undefined => formats[extname(path).toLowerCase()]

/** What is wrong with the options is said before anything is fitted.
 * @throws USAGE */
export function checkCarry({ model, script }: CarryValues): void {
  if (model !== undefined && formatOf(model) === undefined) {
    throw new EigendeskError('USAGE', { reason: `--model ${model}: the ending is .json or .npz.` })
  }
  if (script !== undefined && extname(script).toLowerCase() !== '.py') {
    throw new EigendeskError('USAGE', { reason: `--script ${script}: the ending is .py.` })
  }
}

/** Writes the files a truncated SVD is carried away in: its model, the script that makes it again, its report.
 * @throws FILE_NOT_WRITABLE */
export async function carryAway(
  bench: Workbench,
  analysisId: string,
  { model, script, report }: CarryValues,
  say: (words: string) => void
): Promise<void> {
  const { client } = bench
  const write = async (path: string, format: SvdModelFormat): Promise<void> => {
    const { jobId } = await client.call('carry.svd', { analysisId, format, file: client.grant(resolve(path), 'write') })
    await client.finish(jobId)
    say(`Wrote ${resolve(path)}`)
  }
  if (model !== undefined) await write(model, formatOf(model)!)
  if (report !== undefined) await writeReport(bench, analysisId, report, say)
  if (script !== undefined) await write(script, 'python')
}
