import type { CleanTable } from './goods.ts'
import { Random } from './random.ts'

const kinds = [
  'Boots',
  'Jacket',
  'Rods',
  'Vest',
  'Towel',
  'Socks',
  'Tent',
  'Lamp',
  'Sweater',
  'Hat',
  'Gloves',
  'Kettle'
]
const owners = ["Men's ", "Women's ", "Kids' ", '', '', '']
const forms = ['', '', ', Hooded', ', Print', ', Short-Sleeve', ', Two-Pack', ', Slim', ', Plaid']
const words =
  'light soft warm dry cotton wool trail cold bright quiet sturdy thin wide early hill lake camp river wind rain snow path'.split(
    ' '
  )
const shops = ['MG', 'RI', 'CC', 'YY', 'BH', 'HK', 'AN', 'ZN', 'GN']

/** A shop's catalogue of the shape of the table that Pollock pollutes: nine columns (a date with the day first, a time, a count,
 * a code, a price with its sign, a kind, a description, an address, remarks that are all empty); commas in two thirds of the kinds
 * and most descriptions, apostrophes in many, inches now and then, one backslash. */
export function makeCatalogue(nRows: number): CleanTable {
  const random = new Random(20_231_608)
  const header = 'DATE,TIME,Qty,PRODUCTID,Price,ProductType,ProductDescription,URL,Comments'.split(',')
  const rows = Array.from({ length: nRows }, (_, i) => {
    const code = `${random.pick(shops)}-${random.integer(1000, 9999)}`
    return [
      `${two(13 + (i % 18))}/${two(1 + (Math.floor(i / 18) % 12))}/2018`,
      `${two(Math.floor(i / 4) % 24)}:${two((15 * i) % 60)}`,
      String(random.integer(0, 30)),
      code,
      `$${random.integer(0, 99)}.${two(random.integer(0, 99))}`,
      kind(random, i),
      description(random, i),
      `https://www.example.com/product/${code.replace('-', '_')}.html`,
      ''
    ]
  })
  return { header, rows }
}

const two = (n: number): string => String(n).padStart(2, '0')

function kind(random: Random, i: number): string {
  const name = random.pick(owners) + random.pick(kinds)
  if (i % 17 === 9) return `${name}, Round 4${i % 10}"`
  if (i % 29 === 20) return `${name}, 5" Inseam`
  return name + random.pick(forms)
}

function description(random: Random, i: number): string {
  const sentence = (): string => {
    const length = random.integer(8, 18)
    const text = Array.from({ length }, () => random.pick(words)).join(' ')
    const own = random.chance(0.5) ? text.replace(/ (\w+) (\w+) /, ", $1 and $2, it's ") : text
    return `${own[0]!.toUpperCase()}${own.slice(1)}.`
  }
  const first = i === 11 ? 'A crisp action in our 8\\\'9" length, made for her. ' : ''
  return first + Array.from({ length: random.integer(1, 2) }, sentence).join(' ')
}
