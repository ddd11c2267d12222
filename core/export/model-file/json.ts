import type { ResultArray } from '../../contract/analysis.ts'
import type { ModelFile, ModelSchema } from './model-file.ts'

/** Values put together before a piece of text is handed on. */
const VALUES_A_PIECE = 10_000

/** A model as JSON with its schema, in pieces. Numbers have the fewest digits that give the same double again. */
export function* writeModelJson({ head, names, arrays }: ModelFile, schema: ModelSchema): Generator<string> {
  const words = JSON.stringify(head, null, 1)
  yield words.slice(0, words.lastIndexOf('\n'))
  for (const [name, list] of Object.entries(names)) {
    yield `,\n ${JSON.stringify(name)}: `
    yield* writeList(list)
  }
  yield ',\n "arrays": {'
  for (const [at, [name, { dtype, shape, data }]] of Object.entries(arrays).entries()) {
    yield `${at === 0 ? '' : ','}\n  ${JSON.stringify(name)}: {"dtype": "${dtype}", "shape": [${shape.join(', ')}], "data": `
    yield* writeList(data)
    yield '}'
  }
  yield `\n },\n "schema": ${JSON.stringify(schema)}\n}\n`
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
