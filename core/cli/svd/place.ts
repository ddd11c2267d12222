import { extname, resolve } from 'node:path'
import type { ExportTable } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { exportFormatSchema, plainExport } from '../../contract/export.ts'
import type { PlacedRows } from '../../contract/svd-calls.ts'
import { writeSource } from '../../engine/export-task.ts'
import { tableSource } from '../../export/source.ts'
import { counted } from '../../stats/counted.ts'
import type { Printout } from '../command.ts'
import type { Workbench } from '../workbench.ts'

/** Places the rows of a file on the factors of a truncated SVD.
 * @throws USAGE where the ending of `out` says no format | what reading model or file, and placing, throws */
export async function placeFile(
  bench: Workbench,
  file: string,
  modelPath: string,
  out: string | undefined,
  say: (words: string) => void
): Promise<Omit<Printout, 'json'>> {
  const format = out === undefined ? undefined : exportFormatSchema.safeParse(extname(out).slice(1).toLowerCase())
  if (format && !format.success) {
    const endings = exportFormatSchema.options.map((ending) => `.${ending}`).join(', ')
    throw new EigendeskError('USAGE', { reason: `--out ${out}: the ending says the format, one of ${endings}.` })
  }
  const { client } = bench
  const { id: datasetId } = await bench.open(file)
  const granted = client.grant(resolve(modelPath), 'read')
  const { model, placed } = await client.call('svd.place', { model: granted, datasetId })
  for (const note of placed.notes) say(note)
  if (out !== undefined && format) {
    writeSource(resolve(out), format.data, plainExport, tableSource(tableOf(placed)))
    say(`Wrote ${resolve(out)}`)
  }
  const { names, rowsUsed, coordinates, cos2, unknown, notes } = placed
  const [rows = 0, columns = 0] = coordinates.shape
  return {
    entries: [
      ['model', { json: model }],
      ['kind', { json: 'svd' }],
      ['nRows', { json: rows }],
      ['rows', { json: names }],
      // Rows count from 1 for a person.
      ['rowsUsed', rowsUsed ? { numbers: rowsUsed.map((row) => row + 1) } : { json: null }],
      ['coordinates', { array: coordinates }],
      ['cos2', { numbers: cos2 }],
      ['unknown', { json: unknown }],
      ['notes', { json: notes }]
    ],
    words: [`${counted(rows, 'row')} placed on ${counted(columns, 'factor')} of ${model}.`]
  }
}

function tableOf({ names, rowsUsed, coordinates, cos2 }: PlacedRows): ExportTable {
  const { shape, data } = coordinates
  const K = shape[1]!
  const factor = (k: number): Float64Array => Float64Array.from(names, (_, i) => data[i * K + k]!)
  return {
    name: 'placed',
    label: 'Placed rows',
    columns: [
      ...(rowsUsed ? [{ name: 'table row', values: rowsUsed.map((row) => row + 1) }] : []),
      { name: 'row', values: names },
      ...Array.from({ length: K }, (_, k) => ({ name: `factor ${k + 1}`, values: factor(k) })),
      { name: 'cos²', values: cos2 }
    ]
  }
}
