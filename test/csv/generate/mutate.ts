import { countryFiles, polluteFile, pollutions } from './pollute.ts'
import { Random } from './random.ts'

const signs = [
  '"',
  '""',
  "'",
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '\\"',
  '\0',
  ' ',
  '::',
  '#',
  '\uFEFF',
  'é',
  '🦉',
  '1e999',
  '-'
]
const wildBytes = [0x00, 0x80, 0xa0, 0xc3, 0xe9, 0xff, 0xfe, 0x1a, 0x1b]

/** A file that somebody may have: one of the corpus, spoilt in a few places at random, or nothing but random signs. */
export function makeOddFile(seed: number): Uint8Array {
  const random = new Random(seed)
  if (random.chance(0.1)) return noise(random)
  const kind = random.pick([...Object.keys(pollutions), 'country'])
  const { bytes } = kind === 'country' ? random.pick(countryFiles(seed)) : polluteFile(kind, seed)
  let spoilt = bytes
  for (let i = random.integer(0, 4); i > 0; i--) spoilt = spoil(spoilt, random)
  return spoilt
}

function spoil(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.integer(0, bytes.length)
  const to = Math.min(bytes.length, at + random.integer(1, 200))
  const insert = (what: Uint8Array): Uint8Array =>
    Uint8Array.from([...bytes.subarray(0, at), ...what, ...bytes.subarray(at)])
  return random.pick([
    () => insert(new TextEncoder().encode(random.pick(signs).repeat(random.integer(1, 3)))),
    () => insert(Uint8Array.of(random.pick(wildBytes))),
    () => insert(bytes.subarray(at, to)),
    () => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(to)]),
    () => bytes.slice(0, at)
  ])()
}

function noise(random: Random): Uint8Array {
  const text = Array.from({ length: random.integer(0, 400) }, () =>
    random.pick([...signs, 'a', 'b', '1', '2', '.5', '\n'])
  )
  return new TextEncoder().encode(text.join(''))
}
