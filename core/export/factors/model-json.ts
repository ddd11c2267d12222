import type { ResultArray } from '../../contract/analysis.ts'
import { factorModelJsonSchema } from '../../contract/factor-model.ts'
import type { CarriedModel } from './carried-model.ts'

/** Values put together before a piece of text is handed on. */
const VALUES_A_PIECE = 10_000

/** A model as JSON with its schema, in pieces. Numbers have the fewest digits that give the same double again. */
export function* writeModelJson({ head, users, items, arrays }: CarriedModel): Generator<string> {
  const words = JSON.stringify(head, null, 1)
  yield words.slice(0, words.lastIndexOf('\n'))
  yield ',\n "users": '
  yield* writeList(users)
  yield ',\n "items": '
  yield* writeList(items)
  yield ',\n "arrays": {'
  for (const [at, [name, { dtype, shape, data }]] of Object.entries(arrays).entries()) {
    yield `${at === 0 ? '' : ','}\n  ${JSON.stringify(name)}: {"dtype": "${dtype}", "shape": [${shape.join(', ')}], "data": `
    yield* writeList(data)
    yield '}'
  }
  yield `\n },\n "schema": ${JSON.stringify(factorModelJsonSchema())}\n}\n`
}

function* writeList(values: readonly string[] | ResultArray['data']): Generator<string> {
  yield '['
  for (let from = 0; from < values.length; from += VALUES_A_PIECE) {
    const piece = Array.from(values.slice(from, from + VALUES_A_PIECE) as ArrayLike<string | number>, (value) =>
      // JSON.stringify writes the sign of −0 away.
      Object.is(value, -0) ? '-0.0' : JSON.stringify(value)
    )
    yield (from === 0 ? '' : ', ') + piece.join(', ')
  }
  yield ']'
}
