import { termsOfChoosing } from './glossary-of-choosing.ts'
import { termsOfLists } from './glossary-of-lists.ts'
import { termsOfPrediction } from './glossary-of-prediction.ts'
import { termsOfReading } from './glossary-of-reading.ts'
import { termsOfTheFit } from './glossary-of-the-fit.ts'
import type { GlossaryTerm } from './glossary-term.ts'

export type { GlossaryTerm }

/** Every term that is explained, by subject. */
export const glossaryTerms: GlossaryTerm[] = [
  ...termsOfTheFit,
  ...termsOfChoosing,
  ...termsOfReading,
  ...termsOfLists,
  ...termsOfPrediction
]

/** A stretch of a sentence: plain, or a word that stands for a term. */
export interface GlossaryPart {
  text: string
  term: GlossaryTerm | null
}

const byId = new Map(glossaryTerms.map((term) => [term.id, term]))

export function glossaryTerm(id: string): GlossaryTerm | null {
  return byId.get(id) ?? null
}

const wordsOf = ({ term, words }: GlossaryTerm): string[] => words ?? [term]
const termOfWord = new Map(
  glossaryTerms.flatMap((term) => wordsOf(term).map((word) => [word.toLowerCase(), term] as const))
)

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
// The longest first: "covariance matrix" before "covariance".
const longestFirst = [...termOfWord.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
const anyWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(escape).join('|')})(?![\\p{L}\\p{N}])`, 'giu')

/** A sentence cut at the terms it names, each at its first mention only: the parts joined are the sentence. */
export function linkTerms(sentence: string): GlossaryPart[] {
  const parts: GlossaryPart[] = []
  const seen = new Set<string>()
  let from = 0
  const plain = (to: number): void => {
    if (to > from) parts.push({ text: sentence.slice(from, to), term: null })
  }
  for (const match of sentence.matchAll(anyWord)) {
    const term = termOfWord.get(match[0].toLowerCase())
    if (!term || seen.has(term.id)) continue
    seen.add(term.id)
    plain(match.index)
    parts.push({ text: match[0], term })
    from = match.index + match[0].length
  }
  plain(sentence.length)
  return parts
}

/** Terms that a query names, those whose name it begins first; all of them, by name, for an empty one. */
export function findTerms(query: string): GlossaryTerm[] {
  const wanted = query.trim().toLowerCase()
  const rank = ({ term, meaning, words = [] }: GlossaryTerm): number => {
    const name = term.toLowerCase()
    if (name.startsWith(wanted)) return 0
    if (name.includes(wanted) || words.some((word) => word.toLowerCase().includes(wanted))) return 1
    return meaning.toLowerCase().includes(wanted) ? 2 : 3
  }
  return glossaryTerms
    .map((term) => ({ term, rank: rank(term) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.term.term.localeCompare(b.term.term, 'en', { sensitivity: 'base' }))
    .map((found) => found.term)
}
