import type { DatasetInfo } from '../../contract/session.ts'
import { counted } from '../../stats/counted.ts'
import { definitionsHtml, listHtml } from './html.ts'

/** Where a table came from, how it was read, and every step since.
 * @param steps sentences */
export function dataSection({ dataset, steps }: { dataset: DatasetInfo; steps: readonly string[] }): string {
  const { source, problems, nRowsLeftOut } = dataset
  const { dialect } = source
  const delimiter =
    { ',': 'comma', ';': 'semicolon', '\t': 'tab', ' ': 'space' }[dialect.delimiter] ?? dialect.delimiter
  const decimal = dialect.decimal === ',' ? 'comma' : 'point'
  const entries: [string, string][] = [
    ['File', `${source.fileName}, ${source.bytes.toLocaleString('en-US')} bytes`],
    ['SHA-256', source.sha256],
    [
      'Read as',
      source.typed
        ? `${source.typed}: types stand in the file`
        : `delimiter ${delimiter}, decimal ${decimal}, ${dialect.encoding}, missing: ${dialect.missingTokens.map((token) => (token === '' ? 'empty' : token)).join(', ')}`
    ],
    ['Table', `${counted(dataset.nRows, 'row')} × ${counted(dataset.columns.length, 'column')}`]
  ]
  if (nRowsLeftOut > 0) entries.push(['Left out', `${counted(nRowsLeftOut, 'line')} that did not fit the columns`])
  if (problems.total > 0) {
    const kinds = Object.entries(problems.counts).map(([code, count]) => `${count} × ${code}`)
    entries.push(['Oddities', kinds.join(', ')])
  }
  return `<h2>Data</h2>
${definitionsHtml(entries)}
<h3>Preparation</h3>
${steps.length === 0 ? '<p>None: the table is the file as it was read.</p>' : listHtml(steps, true)}`
}
