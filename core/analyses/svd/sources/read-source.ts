import type { TableView } from '../../../contract/table.ts'
import type { Watch } from '../../../linalg/watch.ts'
import type { SvdParams } from '../params.ts'
import { readColumns } from './columns.ts'
import type { SvdSource } from './source.ts'
import { readText } from './text.ts'
import { readTriplets } from './triplets.ts'

type Reader = (table: TableView, params: SvdParams, watch: Watch) => SvdSource

const readers: Record<SvdParams['source'], Reader> = { columns: readColumns, triplets: readTriplets, text: readText }

/** The matrix that is decomposed: the same table and parameters give the same bits.
 * @param table not modified
 * @throws what the reader of the source throws */
export const readSource: Reader = (table, params, watch) => readers[params.source](table, params, watch)
