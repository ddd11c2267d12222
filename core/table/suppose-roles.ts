import type { Roles } from '../contract/preparation.ts'
import type { ColumnSummary } from '../contract/table.ts'

/** What columns of numbers are called that say which group a row belongs to. */
const GROUP_NAME = /^(class|classes|label|labels|target|targets|digit|species|group|groups|cluster|clusters|category)$/i
/** What a column is called that numbers the rows, from whatever number on. */
const ID_NAME = /(^|[ _.-])(id|ID|Id)$|[a-z]I[dD]$/
/** More different values than this are a measurement, whatever it is called. */
const MOST_GROUPS = 20
/** Fewer rows than this a group, on average, tell nothing. */
const ROWS_A_GROUP = 5
/** A column without a name is believed to hold groups only where there is more to go by. */
const ROWS_A_NAMELESS_GROUP = 10
/** Columns that a table of measurements with one of groups has at least. */
const FEWEST_COLUMNS = 5
/** Of evenly spread groups the largest has at most so many times the rows of the smallest. */
const EVEN = 2

/** The roles columns of numbers most likely have: those that hold groups, written as whole numbers, and those that only
 * number the rows. Said from their names; in a file without names, of a first or last column that alone has whole numbers
 * from 0 or 1 on without a gap, about equally often each, as files of machine learning write their classes.
 * A person changes them like any other role.
 * @param columns with their statistics; not modified */
export function supposeRoles(columns: readonly ColumnSummary[], nRows: number): Roles {
  const groups = columns.filter((column) => GROUP_NAME.test(column.name) && mayGroup(column, nRows))
  const named = groups.length === 1 ? groups[0] : undefined
  const group = named ?? (groups.length === 0 ? namelessGroup(columns, nRows) : undefined)
  const id = columns.find((column) => ID_NAME.test(column.name) && mayName(column, nRows))
  const roles: [string, 'group' | 'label'][] = []
  if (group) roles.push([group.name, 'group'])
  if (id) roles.push([id.name, 'label'])
  // Not assigned one by one: a column may be called __proto__.
  return Object.fromEntries(roles)
}

const isWhole = ({ type, integer, missing }: ColumnSummary): boolean =>
  type === 'number' && integer === true && missing === 0

function mayGroup(column: ColumnSummary, nRows: number): boolean {
  const distinct = column.distinct ?? Infinity
  return isWhole(column) && distinct > 1 && distinct <= MOST_GROUPS && nRows >= ROWS_A_GROUP * distinct
}

function mayName(column: ColumnSummary, nRows: number): boolean {
  return (
    isWhole(column) &&
    column.isRowNumber !== true &&
    nRows >= ROWS_A_GROUP &&
    column.distinct === nRows &&
    column.distinctIsLowerBound !== true
  )
}

/** Of a table whose columns have no names: the first or last, where it alone looks like groups. */
function namelessGroup(columns: readonly ColumnSummary[], nRows: number): ColumnSummary | undefined {
  if (columns.length < FEWEST_COLUMNS || !columns.every(({ name }) => /^column \d+$/.test(name))) return undefined
  const alike = columns.filter((column) => isEvenlySpread(column, nRows))
  const [found] = alike
  return alike.length === 1 && (found === columns[0] || found === columns.at(-1)) ? found : undefined
}

/** Whole numbers from 0 or 1 on without a gap, three at least, about equally often each. */
function isEvenlySpread(column: ColumnSummary, nRows: number): boolean {
  const { distinct = 0, min = NaN, max = NaN, histogram = [] } = column
  if (!mayGroup(column, nRows) || distinct < 3 || nRows < ROWS_A_NAMELESS_GROUP * distinct) return false
  if ((min !== 0 && min !== 1) || max - min + 1 !== distinct || histogram.length !== distinct) return false
  return Math.max(...histogram) <= EVEN * Math.min(...histogram)
}
