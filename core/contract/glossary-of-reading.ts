import type { GlossaryTerm } from './glossary-term.ts'

const JOLLIFFE = 'Jolliffe, Principal Component Analysis, 2nd ed., Springer 2002'
const LEBART = 'Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, Dunod 1995'
const HUSSON = 'Husson, Lê & Pagès, Exploratory Multivariate Analysis by Example Using R, 2nd ed., CRC 2017'

/** How rows, columns and components are read, checked and grouped. */
export const termsOfReading: GlossaryTerm[] = [
  {
    id: 'cos2',
    term: 'cos²',
    meaning:
      'How much of a row’s (or column’s) squared distance from the centre a component or plane holds: 1 is all of it, near 0 it is not seen there.',
    formula: String.raw`\cos^2_{ik}=t_{ik}^2/\textstyle\sum_j z_{ij}^2`,
    source: `${HUSSON}, chapter 1; ${LEBART}, §1.2`
  },
  {
    id: 'contribution',
    term: 'Contribution',
    meaning:
      'The share of a component’s variance that comes from one row or one column. Over all of them it sums to 100 %.',
    formula: String.raw`100\,t_{ik}^2/\textstyle\sum_i t_{ik}^2,\quad 100\,v_{jk}^2`,
    source: `${HUSSON}, chapter 1; ${LEBART}, §1.2`,
    words: ['contributions', 'contribution']
  },
  {
    id: 'communality',
    term: 'Communality',
    meaning: 'How much of a column’s variance the kept components hold.',
    formula: String.raw`h_j^2=\textstyle\sum_k \ell_{jk}^2`,
    source: `${JOLLIFFE}, §7.1`,
    words: ['communalities', 'communality']
  },
  {
    id: 'correlation-circle',
    term: 'Correlation circle',
    meaning:
      'Each column as an arrow to its correlations with two components. The nearer its tip to the circle, the better the plane shows it.',
    source: `${HUSSON}, chapter 1`
  },
  {
    id: 'biplot',
    term: 'Biplot',
    meaning: 'Rows as points and columns as arrows in one plane: a point projected on an arrow approximates its cell.',
    formula: String.raw`Z\approx (U\Sigma^{\alpha})(V\Sigma^{1-\alpha})^{\top}`,
    source: 'Gabriel, Biometrika 58 (1971) 453'
  },
  {
    id: 'v-test',
    term: 'v-test',
    meaning:
      'How far the mean of a group lies from the mean of all, in standard errors of a random group of that size; beyond ±1.96 is rare by chance.',
    formula: String.raw`v=\frac{\bar{x}_g-\bar{x}}{\sqrt{\frac{n-n_g}{n-1}\cdot\frac{s^2}{n_g}}}`,
    source: `${LEBART}, §2.3`,
    words: ['v-test', 'v-tests']
  },
  {
    id: 'hotelling-t2',
    term: 'Hotelling’s T²',
    meaning:
      'How far a row lies from the centre within the kept components, each measured in its own standard deviation.',
    formula: String.raw`T_i^2=\textstyle\sum_k t_{ik}^2/\lambda_k`,
    source:
      'Hotelling, Annals of Mathematical Statistics 2 (1931) 360; limits: Tracy, Young & Mason, Journal of Quality Technology 24 (1992) 88',
    words: ['Hotelling’s T²', 'T²']
  },
  {
    id: 'q-residual',
    term: 'Q residual (SPE)',
    meaning: 'What the kept components leave of a row: its squared distance from their space.',
    formula: String.raw`Q_i=\lVert z_i-\hat{z}_i\rVert^2`,
    source: 'Jackson & Mudholkar, Technometrics 21 (1979) 341',
    words: ['Q residual', 'Q residuals', 'SPE']
  },
  {
    id: 'leverage',
    term: 'Leverage',
    meaning: 'How much a row pulls the axes towards itself: from 1/n for the average row up to 1.',
    formula: String.raw`h_i=\tfrac{1}{n}+\tfrac{1}{n-1}T_i^2`,
    source: 'Martens & Næs, Multivariate Calibration, Wiley 1989'
  },
  {
    id: 'reconstruction',
    term: 'Reconstruction',
    meaning: 'The table made again from the first components: what they leave out is the residual.',
    formula: String.raw`\hat{X}=T_kV_k^{\top}\operatorname{diag}(s)+\mathbf{1}\bar{x}^{\top}`,
    source: `Eckart & Young, Psychometrika 1 (1936) 211; ${JOLLIFFE}, §3.5`
  },
  {
    id: 'bootstrap',
    term: 'Bootstrap',
    meaning:
      'The analysis is repeated on rows drawn again with replacement; how much the results vary says how far to trust them.',
    source:
      'Efron, Annals of Statistics 7 (1979) 1; of components: Timmerman, Kiers & Smilde, British Journal of Mathematical and Statistical Psychology 60 (2007) 295'
  },
  {
    id: 'procrustes',
    term: 'Procrustes alignment',
    meaning:
      'Turning one solution onto another before they are compared, so that flipped or swapped axes do not count as change.',
    source: 'Schönemann, Psychometrika 31 (1966) 1',
    words: ['Procrustes alignment', 'Procrustes-aligned', 'Procrustes']
  },
  {
    id: 'congruence',
    term: 'Congruence',
    meaning:
      'How alike two factors are: the cosine of the angle between their coordinates. 1 is the same up to length; from 0.85 on they are called alike, from 0.95 on the same.',
    formula: String.raw`\frac{\sum_i a_ib_i}{\sqrt{\sum_i a_i^2\,\sum_i b_i^2}}`,
    source: 'Tucker 1951; Lorenzo-Seva & ten Berge, Methodology 2 (2006) 57'
  },
  {
    id: 'confidence-ellipse',
    term: 'Confidence ellipse',
    meaning:
      'Where the mean of a group would lie, 95 times in 100. A concentration ellipse is wider: it holds 95 % of the rows.',
    source: 'Johnson & Wichern, Applied Multivariate Statistical Analysis, 6th ed., §4.2 and §5.4',
    words: ['confidence ellipse', 'confidence ellipses', 'concentration ellipse', 'concentration ellipses']
  },
  {
    id: 'ward',
    term: 'Ward’s method',
    meaning: 'Clusters are joined two by two, each time those whose joining adds least to the spread within clusters.',
    source: 'Ward, Journal of the American Statistical Association 58 (1963) 236',
    words: ['Ward’s method', 'Ward']
  },
  {
    id: 'k-means',
    term: 'k-means',
    meaning:
      'Rows are given to the nearest of k centres and centres moved to the mean of their rows, until nothing moves.',
    source: 'Lloyd, IEEE Transactions on Information Theory 28 (1982) 129'
  },
  {
    id: 'paragon',
    term: 'Paragon',
    meaning: 'The row of a cluster that lies nearest to its centre: its most typical one.',
    source: `${HUSSON}, chapter 4`,
    words: ['paragons', 'paragon']
  },
  {
    id: 'dendrogram',
    term: 'Dendrogram',
    meaning: 'The tree of a hierarchical clustering: the higher two branches meet, the less alike they are.',
    source: `${HUSSON}, chapter 4`
  }
]
