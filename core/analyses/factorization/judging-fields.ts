import type { FieldSpec } from '../../contract/analysis.ts'
import type { SplitKind } from './judgement.ts'

/** How each split is called, and what it does in one sentence. */
export const splitNames: Record<SplitKind, { label: string; about: string }> = {
  random: { label: 'At random', about: 'A share of all ratings, drawn at random.' },
  perUser: { label: 'Of each user', about: 'The same share of the ratings of each user, drawn at random.' },
  leaveLast: { label: 'Last of each user', about: 'The latest rating of each user who has at least two.' },
  time: { label: 'Latest', about: 'The latest share of all ratings: what was known before predicts what came after.' },
  strong: {
    label: 'Whole users',
    about: 'Users the model never saw: four fifths of their ratings are given, the others asked for.'
  }
}

const isLong = (params: Record<string, unknown>): boolean => params['layout'] === 'long'

/** How test ratings are chosen, and which ratings count at all: what few people change. */
export const judgingFields: FieldSpec[] = [
  {
    key: 'time',
    label: 'Time',
    section: 'more',
    control: { kind: 'column', accepts: ['number', 'date', 'text', 'category'], optional: true },
    visible: isLong,
    help: () => 'When it was rated: what was last goes by it.'
  },
  {
    key: 'split',
    label: 'Test ratings',
    section: 'more',
    control: {
      kind: 'choice',
      options: Object.entries(splitNames).map(([value, { label }]) => ({ value, label }))
    },
    help: (params) => splitNames[params['split'] as SplitKind].about
  },
  {
    key: 'duplicates',
    label: 'Repeated pairs',
    section: 'more',
    control: {
      kind: 'choice',
      options: [
        { value: 'mean', label: 'Mean' },
        { value: 'last', label: 'Last' },
        { value: 'first', label: 'First' },
        { value: 'sum', label: 'Sum' },
        { value: 'max', label: 'Largest' }
      ]
    },
    help: () => 'What several ratings of one user and item become.'
  },
  {
    key: 'minUserRatings',
    label: 'Ratings a user needs',
    section: 'more',
    group: 'least',
    control: { kind: 'integer', min: 1, max: () => 1e6 },
    help: () => 'Users with fewer are left out.'
  },
  {
    key: 'minItemRatings',
    label: 'Ratings an item needs',
    section: 'more',
    group: 'least',
    control: { kind: 'integer', min: 1, max: () => 1e6 },
    help: () => 'Items with fewer are left out.'
  },
  {
    key: 'cutoff',
    label: 'List length',
    section: 'more',
    control: { kind: 'integer', min: 1, max: () => 1000 },
    help: () => 'k of the measures of lists: nDCG@k, recall@k.'
  },
  {
    key: 'sampledNegatives',
    label: 'Also among a sample',
    section: 'more',
    control: { kind: 'integer', min: 1, max: () => 1e6, optional: true, empty: 'Whole lists only' },
    help: () =>
      'Ranks each test item among so many others, often 100, as some papers do. It can put the worse of two models first: compare none by it.'
  }
]
