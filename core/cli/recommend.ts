import { resolve } from 'node:path'
import Papa from 'papaparse'
import { explain, recommend as recommendFor, type KnownWho } from '../analyses/factorization/recommending/answers.ts'
import type { KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import { EigendeskError } from '../contract/errors.ts'
import { hasRatedAll, type GivenRating, type ListFilter } from '../contract/recommending.ts'
import { readFactorModel } from '../engine/factor-model-file.ts'
import { numberOption, readOptions } from './arguments.ts'
import type { Command } from './command.ts'

const options = {
  model: { type: 'string' },
  user: { type: 'string' },
  ratings: { type: 'string' },
  n: { type: 'string' },
  'include-seen': { type: 'boolean' },
  'min-ratings': { type: 'string' },
  'max-ratings': { type: 'string' },
  items: { type: 'string' },
  why: { type: 'string' },
  json: { type: 'boolean' }
} as const

/** `recommend --model FILE`: a list for a user of a model, or for somebody new by a few ratings, from the file alone. */
export const recommend: Command = (words, _bench, say) => {
  const values = readOptions(words, options)
  if (values.model === undefined) {
    throw new EigendeskError('USAGE', { reason: 'Say which model: --model model.json or model.npz.' })
  }
  if ((values.user === undefined) === (values.ratings === undefined)) {
    throw new EigendeskError('USAGE', { reason: 'Say for whom: --user ID or --ratings "Title=5,Other=3".' })
  }
  const { head, known } = readFactorModel(resolve(values.model))
  const who: KnownWho =
    values.user === undefined
      ? { ratings: ratingsOf(known, values.ratings!, say) }
      : { user: placeOf(known.users, values.user, 'user') }
  const n = wholeNumber('n', values.n) ?? 10
  if (n < 1) throw new EigendeskError('USAGE', { reason: `--n ${n}: at least 1.` })
  const filter = filterOf(known, values)
  const answer = recommendFor(known, who, n, filter, () => null)
  const why = values.why === undefined ? null : explain(known, who, placeOf(known.items, values.why, 'item'))
  const named = <T extends { item: number }>({ item, ...rest }: T) => ({ item: known.items[item]!, ...rest })
  return Promise.resolve({
    json: values.json === true,
    entries: [
      ['model', { json: head.name }],
      ['method', { json: head.method }],
      ['user', { json: values.user ?? null }],
      ['list', { json: answer.list.map(named) }],
      ['nCandidates', { json: answer.nCandidates }],
      ['history', { json: answer.history.map(({ item, value, predicted }) => named({ item, value, predicted })) }],
      ['factors', answer.factors === null ? { json: null } : { numbers: answer.factors }],
      ['bias', { json: answer.bias }],
      ['foundBy', { json: answer.foundBy }],
      ['milliseconds', { json: answer.milliseconds }],
      ['why', { json: why && { ...named(why), terms: why.terms } }]
    ],
    words: [
      ...(answer.list.length > 0
        ? []
        : [
            filter.seen === 'exclude' && hasRatedAll(answer.history, known.items.length)
              ? `All ${known.items.length} items are rated: none is left to recommend. --include-seen lists them too.`
              : 'No item passes the filter.'
          ]),
      ...answer.list.map(({ item, score }, rank) => `${rank + 1}. ${known.items[item]!} (${score.toPrecision(4)})`),
      ...(why
        ? [
            `Why ${known.items[why.item]!}: ${why.rule}`,
            ...why.terms.map(({ label, value }) => `  ${value.toPrecision(4)}  ${label}`),
            `  ${why.score.toPrecision(4)}  in all`
          ]
        : [])
    ]
  })
}

function filterOf(
  known: KnownModel,
  values: { 'include-seen'?: boolean; 'min-ratings'?: string; 'max-ratings'?: string; items?: string }
): ListFilter {
  const [least, most] = [
    wholeNumber('min-ratings', values['min-ratings']),
    wholeNumber('max-ratings', values['max-ratings'])
  ]
  return {
    seen: values['include-seen'] === true ? 'include' : 'exclude',
    ...(least !== undefined && { minRatings: least }),
    ...(most !== undefined && { maxRatings: most }),
    ...(values.items !== undefined && {
      items: csvLine(values.items).map((name) => placeOf(known.items, name, 'item'))
    })
  }
}

/** `Title=5,"Other, The=3"`; without a number it is a like. */
function ratingsOf({ items }: KnownModel, text: string, say: (words: string) => void): GivenRating[] {
  const places = new Map(items.map((name, place) => [name, place]))
  return csvLine(text).flatMap((part) => {
    const at = part.lastIndexOf('=')
    const name = (at < 0 || places.has(part) ? part : part.slice(0, at)).trim()
    const value = at < 0 || places.has(part) ? 1 : numberOption('ratings', part.slice(at + 1))!
    const item = places.get(name)
    if (item !== undefined) return [{ item, value }]
    say(`Not in the model: ${name}.`)
    return []
  })
}

/** Parts between commas; one that has a comma stands in quotes, "Other, The=3". */
const csvLine = (text: string): string[] => Papa.parse<string[]>(text, { delimiter: ',' }).data[0] ?? []

/** @throws USAGE */
function placeOf(names: readonly string[], name: string, what: string): number {
  const place = names.indexOf(name)
  if (place < 0) throw new EigendeskError('USAGE', { reason: `The model has no ${what} “${name}”.` })
  return place
}

/** @throws USAGE */
function wholeNumber(option: string, text: string | undefined): number | undefined {
  const value = numberOption(option, text)
  if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
    throw new EigendeskError('USAGE', { reason: `--${option} ${text} is not a whole number.` })
  }
  return value
}
