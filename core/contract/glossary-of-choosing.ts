import type { GlossaryTerm } from './glossary-term.ts'

const JOLLIFFE = 'Jolliffe, Principal Component Analysis, 2nd ed., Springer 2002'

/** How many components, and whether and how to turn them. */
export const termsOfChoosing: GlossaryTerm[] = [
  {
    id: 'scree-plot',
    term: 'Scree plot',
    meaning: 'The eigenvalues in order. Components are kept up to where the steep part ends.',
    source: 'Cattell, Multivariate Behavioral Research 1 (1966) 245',
    words: ['scree plot', 'scree']
  },
  {
    id: 'kaiser',
    term: 'Kaiser criterion',
    meaning: 'Keeps components with more variance than a column has on average; on a correlation matrix, above 1.',
    formula: String.raw`\lambda_k>\tfrac{1}{p}\textstyle\sum_j\lambda_j`,
    source: 'Kaiser, Educational and Psychological Measurement 20 (1960) 141',
    words: ['Kaiser criterion', 'Kaiser']
  },
  {
    id: 'broken-stick',
    term: 'Broken stick',
    meaning: 'Keeps components whose share is larger than that of the k-th longest piece of a stick broken at random.',
    formula: String.raw`b_k=\tfrac{1}{p}\sum_{j=k}^{p}\tfrac{1}{j}`,
    source: `Frontier, Journal of Experimental Marine Biology and Ecology 25 (1976) 67; ${JOLLIFFE}, §6.1`
  },
  {
    id: 'parallel-analysis',
    term: 'Parallel analysis',
    meaning:
      'Keeps components with more variance than those of the same table with every column shuffled by itself, so that columns no longer belong together. Row weights stay with their rows while the cells move.',
    source:
      'Horn, Psychometrika 30 (1965) 179; by permutation: Buja & Eyuboglu, Multivariate Behavioral Research 27 (1992) 509'
  },
  {
    id: 'press',
    term: 'PRESS',
    meaning:
      'Prediction error: cells are left out in turn and predicted by the components of the rest; the squares are summed. A row with a weight counts so often in both.',
    formula: String.raw`\textstyle\sum_{ij}(x_{ij}-\hat{x}_{ij}^{(-ij)})^2`,
    source: 'Wold, Technometrics 20 (1978) 397; Bro et al., Analytical and Bioanalytical Chemistry 390 (2008) 1241',
    words: ['PRESS', 'cross-validation']
  },
  {
    id: 'gcv',
    term: 'Generalized cross-validation',
    meaning:
      'The residual of each number of components, made larger by how many numbers were fitted; the least one is chosen.',
    source: 'Josse & Husson, Computational Statistics & Data Analysis 56 (2012) 1869',
    words: ['generalized cross-validation', 'GCV']
  },
  {
    id: 'minka',
    term: 'Minka’s evidence',
    meaning:
      'The number of components under which the table is most probable, by Bayes’ rule and Laplace’s approximation.',
    source: 'Minka, Automatic choice of dimensionality for PCA, NIPS 13 (2000) 598',
    words: ['Minka’s', 'Minka']
  },
  {
    id: 'kmo',
    term: 'KMO',
    meaning:
      'Kaiser–Meyer–Olkin measure of sampling adequacy: near 1 where columns share what they have in common, below 0.5 where factors are of little use.',
    formula: String.raw`\frac{\sum_{j\ne l} r_{jl}^2}{\sum_{j\ne l} r_{jl}^2+\sum_{j\ne l} a_{jl}^2}`,
    source: 'Kaiser, Psychometrika 39 (1974) 31'
  },
  {
    id: 'bartlett',
    term: 'Bartlett’s sphericity test',
    meaning: 'Asks whether the correlation matrix could be the identity: then there is nothing for components to find.',
    formula: String.raw`\chi^2=-\bigl(n-1-\tfrac{2p+5}{6}\bigr)\ln\lvert R\rvert`,
    source: 'Bartlett, Journal of the Royal Statistical Society B 16 (1954) 296',
    words: ['Bartlett’s sphericity test', 'Bartlett’s sphericity', 'Bartlett’s test', 'Bartlett', 'sphericity']
  },
  {
    id: 'anti-image',
    term: 'Anti-image correlation',
    meaning: 'The correlation of two columns once all the others are taken out of both, with its sign turned.',
    source: 'Guttman, Psychometrika 18 (1953) 277',
    words: ['anti-image correlation', 'anti-image']
  },
  {
    id: 'rotation',
    term: 'Rotation',
    meaning:
      'Turning the kept axes within their space so that each column loads on few of them. The plane stays, the axes change.',
    source: `${JOLLIFFE}, §11.1`,
    words: ['rotation', 'rotated']
  },
  {
    id: 'varimax',
    term: 'Varimax',
    meaning: 'The rotation at right angles that makes the squared loadings of each component as unequal as possible.',
    source: 'Kaiser, Psychometrika 23 (1958) 187'
  },
  {
    id: 'quartimax',
    term: 'Quartimax',
    meaning: 'The rotation at right angles that makes the squared loadings of each column as unequal as possible.',
    source: 'Neuhaus & Wrigley, British Journal of Statistical Psychology 7 (1954) 81'
  },
  {
    id: 'equamax',
    term: 'Equamax',
    meaning:
      'A rotation at right angles between varimax and quartimax, which spreads variance evenly over the components.',
    source: 'Saunders, American Psychologist 17 (1962) 395; Crawford & Ferguson, Psychometrika 35 (1970) 321'
  },
  {
    id: 'promax',
    term: 'Promax',
    meaning:
      'An oblique rotation: varimax loadings are raised to a power, and the axes turned towards them one by one.',
    source: 'Hendrickson & White, British Journal of Statistical Psychology 17 (1964) 65'
  },
  {
    id: 'oblimin',
    term: 'Oblimin',
    meaning:
      'An oblique rotation that makes the squared loadings of different components overlap as little as possible.',
    source: 'Jennrich & Sampson, Psychometrika 31 (1966) 313'
  },
  {
    id: 'pattern-matrix',
    term: 'Pattern and structure matrix',
    meaning:
      'After an oblique rotation: the pattern holds the weights that rebuild a column from the components, the structure its correlations with them.',
    formula: String.raw`S=P\,\Phi`,
    source: 'Harman, Modern Factor Analysis, 3rd ed., University of Chicago Press 1976',
    words: ['pattern matrix', 'structure matrix', 'pattern and structure']
  }
]
