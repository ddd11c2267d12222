import { closeSync, openSync, writeSync } from 'node:fs'
import { SeededRandom } from '../../core/linalg/random.ts'

/** Rows that are written anew; a longer file repeats them. */
const ROWS_WRITTEN = 1_000_000
const ROWS_AT_ONCE = 5_000
const CITIES = ['Berlin', 'Hamburg', 'Oslo', 'Paris', 'Rome', 'Lima', 'Quito', 'Köln', 'Wien', 'Bern']

/** Writes a table of N(0, 1) with six decimals under names x1, x2, …, about 9.5 bytes a cell.
 * @param words whether the first two columns are a date and a city instead, some of these beyond ASCII */
export function writeNumbersFile(file: string, rows: number, columns: number, words = false): void {
  const random = new SeededRandom(1)
  const opened = openSync(file, 'w')
  const names = Array.from({ length: columns }, (_, i) => `x${i + 1}`)
  const cells = (): string[] => Array.from({ length: columns }, () => random.normal().toFixed(6))
  const two = (value: number): string => String(value + 1).padStart(2, '0')
  const wordsOfRow = (): string[] => {
    const [year, month, day] = [random.integer(30), random.integer(12), random.integer(28)]
    return [`20${two(year)}-${two(month)}-${two(day)}`, CITIES[random.integer(CITIES.length)]!]
  }
  if (words) names.splice(0, 2, 'day', 'city')
  try {
    writeSync(opened, `${names.join(',')}\n`)
    const parts: Buffer[] = []
    for (let done = 0; done < rows;) {
      const wanted = Math.min(ROWS_AT_ONCE, rows - done)
      const known = parts[(done % ROWS_WRITTEN) / ROWS_AT_ONCE]
      if (known && wanted === ROWS_AT_ONCE) writeSync(opened, known)
      else {
        const lines = Array.from({ length: wanted }, () =>
          (words ? [...wordsOfRow(), ...cells().slice(2)] : cells()).join(',')
        )
        const part = Buffer.from(`${lines.join('\n')}\n`)
        if (rows > ROWS_WRITTEN) parts.push(part)
        writeSync(opened, part)
      }
      done += wanted
    }
  } finally {
    closeSync(opened)
  }
}

/** Lines that are written anew; a longer file repeats them behind another number. */
const LINES_WRITTEN = 20_000

/** Writes a table of one column of texts that are all different, about a hundred bytes each, none of them quoted. */
export function writeTextFile(file: string, bytes: number): void {
  const random = new SeededRandom(1)
  const word = (): string => random.uniform().toString(36).slice(2, 9)
  const texts = Array.from({ length: LINES_WRITTEN }, () => Array.from({ length: 12 }, word).join(' '))
  const opened = openSync(file, 'w')
  try {
    let written = writeSync(opened, 'text\n')
    for (let round = 0; written < bytes; round++) {
      written += writeSync(opened, texts.map((text) => `${round} ${text}\n`).join(''))
    }
  } finally {
    closeSync(opened)
  }
}
