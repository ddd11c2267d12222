import type { Problem } from '../contract/table.ts'

/** Names for the columns of a table: trimmed, never empty, all different ("x", "x 2"). Any text may be a name,
 * "__proto__" included.
 * @param cells the header line, or null where there is none: "column 1", "column 2" …
 * @param line of the file the header stands on */
export function nameColumns(
  cells: readonly string[] | null,
  nFields: number,
  line = 1
): { names: string[]; problems: Problem[] } {
  const problems: Problem[] = []
  if (!cells) return { names: Array.from({ length: nFields }, (_, i) => `column ${i + 1}`), problems }
  const wished = Array.from({ length: nFields }, (_, i) => cells[i]?.trim() ?? '')
  const reserved = new Set(wished)
  const taken = new Set<string>()
  const lastNumber = new Map<string, number>()
  const isNew = (name: string): boolean => !taken.has(name) && !reserved.has(name)
  const findName = (wish: string, column: number): string => {
    const base = wish === '' ? `column ${column}` : wish
    if (wish === '' && isNew(base)) return base
    let n = (lastNumber.get(base) ?? 1) + 1
    while (!isNew(`${base} ${n}`)) n++
    lastNumber.set(base, n)
    return `${base} ${n}`
  }
  const names = wished.map((wish, i) => {
    const name = wish !== '' && !taken.has(wish) ? wish : findName(wish, i + 1)
    taken.add(name)
    if (name !== wish) problems.push(renamed(wish, name, line, i + 1))
    return name
  })
  return { names, problems }
}

function renamed(wish: string, name: string, line: number, column: number): Problem {
  const treatment = `Called "${name}"`
  if (wish === '') {
    return {
      code: 'EMPTY_NAME',
      severity: 'info',
      line,
      column,
      field: name,
      message: 'The column has no name',
      treatment
    }
  }
  const message = `The name "${wish}" stands in the header more than once`
  return { code: 'DUPLICATE_NAME', severity: 'warning', line, column, field: name, text: wish, message, treatment }
}
