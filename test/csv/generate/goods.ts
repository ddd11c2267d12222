import type { Random } from './random.ts'

/** A table as it is meant: a header, and rows of as many cells. */
export interface CleanTable {
  header: string[]
  rows: string[][]
}

const things = [
  'Boots',
  'Jacket, Hooded',
  'Rods',
  'Pillow',
  "Men's Vest",
  'Table, Round 48"',
  'Towel',
  'Kids\u2019 Mocs'
]
const words = 'light soft the warm of cotton and dry for wool with a trail cold bright these'.split(' ')

/** Goods of a shop, in the manner of the table that the Pollock benchmark pollutes: dates, times, names with the delimiter and
 * quotes in them, prices, counts, sentences, a flag. */
export function makeGoods(random: Random, nRows: number): CleanTable {
  const header = ['DATE', 'TIME', 'PRODUCTID', 'Price', 'Quantity', 'ProductType', 'Description', 'New']
  const rows = Array.from({ length: nRows }, (_, i) => [
    `${two(random.integer(1, 28))}/${two(random.integer(1, 12))}/2018`,
    `${two(i % 24)}:${two((15 * i) % 60)}`,
    `${random.pick(['MG', 'RI', 'CC', 'YY'])}-${random.integer(1000, 9999)}`,
    `${random.integer(0, 99)}.${two(random.integer(0, 99))}`,
    String(random.integer(0, 40)),
    random.pick(things),
    sentence(random),
    String(random.integer(0, 1))
  ])
  return { header, rows }
}

const two = (n: number): string => String(n).padStart(2, '0')

function sentence(random: Random): string {
  const length = random.integer(4, 14)
  const text = Array.from({ length }, () => random.pick(words)).join(' ')
  const comma = random.chance(0.4) ? text.replace(' ', ', ') : text
  return `${comma[0]!.toUpperCase()}${comma.slice(1)}.`
}

/** Measurements with a name in front: numbers in the form of a country. */
export function makeMeasurements(random: Random, nRows: number, decimal: string, thousands: string): CleanTable {
  const header = ['Art', 'L\u00e4nge', 'Masse', 'Anzahl', 'Tag']
  const rows = Array.from({ length: nRows }, () => [
    random.pick(['Ad\u00e9lie', 'Gro\u00dfer Pinguin', 'Z\u00fcgel']),
    `${random.integer(10, 99)}${decimal}${random.integer(0, 9)}`,
    `${random.integer(1, 9)}${thousands}${String(random.integer(0, 999)).padStart(3, '0')}${decimal}${random.integer(0, 9)}`,
    String(random.integer(0, 500)),
    `${random.integer(1, 28)}.${random.integer(1, 12)}.2024`
  ])
  return { header, rows }
}
