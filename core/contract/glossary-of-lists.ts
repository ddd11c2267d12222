import type { GlossaryTerm } from './glossary-term.ts'

const MANNING = 'Manning, Raghavan & Schütze, Introduction to Information Retrieval, Cambridge 2008'
const HERLOCKER = 'Herlocker et al., ACM Transactions on Information Systems 22 (2004) 5'

/** How good lists of recommendations are: of every user the k best items of the full catalogue without what they had in
 * training, against the test items. */
export const termsOfLists: GlossaryTerm[] = [
  {
    id: 'precision-at-k',
    term: 'Precision@k',
    meaning: 'Share of a list that is relevant: hits divided by k, also where the list is shorter. Mean over users.',
    formula: String.raw`\tfrac{1}{k}\textstyle\sum_{r=1}^{k} h_r`,
    source: `${MANNING}, §8.4`,
    words: ['precision@k', 'precision at k']
  },
  {
    id: 'recall-at-k',
    term: 'Recall@k',
    meaning:
      'Share of what is relevant that the list holds: hits divided by the number of relevant items n, also where n is more than k. Some programs divide by the smaller of n and k instead.',
    formula: String.raw`\tfrac{1}{n}\textstyle\sum_{r=1}^{k} h_r`,
    source: `${MANNING}, §8.3`,
    words: ['recall@k', 'recall at k']
  },
  {
    id: 'ndcg',
    term: 'nDCG@k',
    meaning:
      'Hits weigh less the further down they stand; divided by what the best list of the same user would have. A hit counts 1, whatever the rating.',
    formula: String.raw`\sum_{r=1}^{k}\frac{h_r}{\log_2(r+1)}\Big/\sum_{r=1}^{\min(k,n)}\frac{1}{\log_2(r+1)}`,
    source: 'Järvelin & Kekäläinen, ACM Transactions on Information Systems 20 (2002) 422',
    words: ['nDCG@k', 'nDCG']
  },
  {
    id: 'map-at-k',
    term: 'MAP@k',
    meaning:
      'Mean over users of the average precision: the precision at the rank of each hit, added up and divided by the smaller of k and the number of relevant items.',
    formula: String.raw`\frac{1}{\min(k,n)}\sum_{r=1}^{k} h_r\,\mathrm{precision@}r`,
    source: `${MANNING}, §8.4`,
    words: ['MAP@k', 'mean average precision']
  },
  {
    id: 'mrr',
    term: 'MRR',
    meaning: 'Mean over users of 1 divided by the rank of the first hit; 0 for a list without one.',
    source: 'Voorhees, The TREC-8 Question Answering Track Report, NIST 1999',
    words: ['MRR', 'mean reciprocal rank']
  },
  {
    id: 'hit-rate',
    term: 'Hit rate',
    meaning:
      'Share of the users whose list holds at least one relevant item. With one test item each it is the recall.',
    source: 'Deshpande & Karypis, ACM Transactions on Information Systems 22 (2004) 143',
    words: ['hit rate', 'HR@k']
  },
  {
    id: 'catalogue-coverage',
    term: 'Coverage',
    meaning: 'Share of all items that stand in at least one of the lists.',
    source: `${HERLOCKER}, §4.3`,
    words: ['catalogue coverage']
  },
  {
    id: 'novelty',
    term: 'Novelty',
    meaning:
      'Mean over what is recommended of how surprising it is to meet a user who has it, in bits: 1 for an item that half of the users have, 10 for one in a thousand.',
    formula: String.raw`-\log_2\tfrac{n_i}{\text{users}}`,
    source: 'Zhou et al., PNAS 107 (2010) 4511',
    words: ['novelty']
  },
  {
    id: 'gini',
    term: 'Gini coefficient',
    meaning: 'How unequally items are recommended: 0 where each is as often, near 1 where a few fill all lists.',
    formula: String.raw`\frac{\sum_i (2i-n-1)\,c_i}{n\sum_i c_i},\; c_1\le\dots\le c_n`,
    source:
      'Gini, Variabilità e mutabilità, Bologna 1912; for lists: Fleder & Hosanagar, Management Science 55 (2009) 697',
    words: ['Gini coefficient', 'Gini']
  }
]
