import type { GlossaryTerm } from './glossary-term.ts'

const KOREN =
  'Koren, Bell & Volinsky, Matrix factorization techniques for recommender systems, IEEE Computer 42 (2009) 30'

/** What a factorization predicts, and how far it is off. */
export const termsOfPrediction: GlossaryTerm[] = [
  {
    id: 'rmse',
    term: 'RMSE',
    meaning:
      'Root mean square error: how far predictions are from the ratings, in the unit of the ratings; large misses count more.',
    formula: String.raw`\sqrt{\tfrac{1}{n}\textstyle\sum(r_{ui}-\hat r_{ui})^2}`,
    source: KOREN,
    words: ['RMSE', 'root mean square error']
  },
  {
    id: 'mae',
    term: 'MAE',
    meaning: 'Mean absolute error: how far predictions are from the ratings on average, in the unit of the ratings.',
    formula: String.raw`\tfrac{1}{n}\textstyle\sum\lvert r_{ui}-\hat r_{ui}\rvert`,
    source: 'Herlocker et al., ACM Transactions on Information Systems 22 (2004) 5, §4.1',
    words: ['MAE', 'mean absolute error']
  },
  {
    id: 'held-out',
    term: 'Held out',
    meaning: 'Ratings that were kept from the fit, so that the model is judged by what it has not seen.',
    source: 'Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., Springer 2009, §7.2',
    words: ['held out', 'held-out']
  },
  {
    id: 'user-and-item-bias',
    term: 'Bias of a user or item',
    meaning:
      'How far above the mean of all ratings those of a user or item lie, pulled towards zero where there are few. It needs no factors.',
    formula: String.raw`\hat r_{ui}=\mu+b_u+b_i`,
    source: KOREN,
    words: ['biases']
  },
  {
    id: 'regularization',
    term: 'Regularization',
    meaning:
      'What pulls coordinates towards zero, so that a user with few ratings is not explained by chance. Its strength is λ.',
    formula: String.raw`\sum(r-\hat r)^2+\lambda\sum\lVert\cdot\rVert^2`,
    source: KOREN,
    words: ['regularization', 'regularized']
  },
  {
    id: 'recommended-popularity',
    term: 'Ratings of an item',
    meaning: 'How many training ratings the recommended items have on average: large where only hits are recommended.',
    source: 'Abdollahpouri et al., Managing popularity bias in recommender systems, FLAIRS 2019',
    words: []
  }
]
