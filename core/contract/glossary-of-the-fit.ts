import type { GlossaryTerm } from './glossary-term.ts'

const JOLLIFFE = 'Jolliffe, Principal Component Analysis, 2nd ed., Springer 2002'
const JACKSON = 'Jackson, A User’s Guide to Principal Components, Wiley 1991'
const LEBART = 'Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, Dunod 1995'
const HUSSON = 'Husson, Lê & Pagès, Exploratory Multivariate Analysis by Example Using R, 2nd ed., CRC 2017'

/** What a fit asks for and gives. */
export const termsOfTheFit: GlossaryTerm[] = [
  {
    id: 'principal-component',
    term: 'Principal component',
    meaning:
      'A direction along which the rows differ as much as possible, at a right angle to those before it. It is a list of weights, one a column, of length 1.',
    formula: String.raw`v_k=\arg\max_{\lVert v\rVert=1,\;v\perp v_1,\dots,v_{k-1}} v^{\top}Cv`,
    source: `Hotelling, Journal of Educational Psychology 24 (1933) 417; ${JOLLIFFE}, §1.1`,
    words: ['principal components', 'principal component', 'components', 'component']
  },
  {
    id: 'score',
    term: 'Score',
    meaning:
      'Where a row lies on a component: its centred and scaled cells times the weights of the component, summed.',
    formula: String.raw`t_{ik}=\sum_j z_{ij}\,v_{jk}`,
    source: `${JOLLIFFE}, §2.1`,
    words: ['scores', 'score']
  },
  {
    id: 'loading',
    term: 'Loading',
    meaning:
      'Here: the weight of a column in a component times the standard deviation of the scores. With unit variance it is their correlation. Other programs call the weight itself a loading.',
    formula: String.raw`\ell_{jk}=v_{jk}\sqrt{\lambda_k}`,
    source: `${JOLLIFFE}, §2.3; ${JACKSON}, §1.6`,
    words: ['loadings', 'loading']
  },
  {
    id: 'weight',
    term: 'Weight',
    meaning: 'What a column is multiplied by in a component; the squares of the weights of one component sum to 1.',
    formula: String.raw`\sum_j v_{jk}^2=1`,
    source: `${JOLLIFFE}, §1.1`,
    words: []
  },
  {
    id: 'centring',
    term: 'Centring',
    meaning:
      'Subtracting the mean (or median) of each column, so that components describe differences from the average row.',
    formula: String.raw`x_{ij}-\bar{x}_j`,
    source: `${JOLLIFFE}, §2.1`,
    words: ['centring', 'centred']
  },
  {
    id: 'standard-deviation',
    term: 'Standard deviation',
    meaning: 'How far the cells of a column lie from its mean: the root of their mean squared distance from it.',
    formula: String.raw`s_j=\sqrt{\tfrac{1}{n-1}\sum_i (x_{ij}-\bar{x}_j)^2}`,
    source: 'Pearson, Philosophical Transactions A 185 (1894) 71',
    words: ['standard deviations', 'standard deviation']
  },
  {
    id: 'unit-variance',
    term: 'Unit variance',
    meaning: 'Columns are divided by their standard deviation, so that each counts the same whatever its unit.',
    formula: String.raw`z_{ij}=(x_{ij}-\bar{x}_j)/s_j`,
    source: `${JOLLIFFE}, §2.3`
  },
  {
    id: 'pareto-scaling',
    term: 'Pareto scaling',
    meaning: 'Columns are divided by the root of their standard deviation: between no scaling and unit variance.',
    formula: String.raw`z_{ij}=(x_{ij}-\bar{x}_j)/\sqrt{s_j}`,
    source: 'van den Berg et al., BMC Genomics 7 (2006) 142, table 1',
    words: ['Pareto scaling', 'Pareto']
  },
  {
    id: 'range-scaling',
    term: 'Range scaling',
    meaning: 'Columns are divided by their largest less their smallest value.',
    formula: String.raw`z_{ij}=(x_{ij}-\bar{x}_j)/(\max_j-\min_j)`,
    source: 'van den Berg et al., BMC Genomics 7 (2006) 142, table 1'
  },
  {
    id: 'median-absolute-deviation',
    term: 'Median absolute deviation',
    meaning:
      'The median distance from the median. Times 1.4826 it equals the standard deviation of a normal sample, and outliers do not move it.',
    formula: String.raw`1.4826\cdot\operatorname{med}_i\,\lvert x_{ij}-\operatorname{med}_i x_{ij}\rvert`,
    source: 'Rousseeuw & Croux, Journal of the American Statistical Association 88 (1993) 1273',
    words: ['median absolute deviation', 'MAD']
  },
  {
    id: 'covariance',
    term: 'Covariance',
    meaning: 'How two columns move together, in the product of their units: positive where they rise together.',
    formula: String.raw`c_{jl}=\tfrac{1}{n-1}\sum_i (x_{ij}-\bar{x}_j)(x_{il}-\bar{x}_l)`,
    source: `${JOLLIFFE}, §1.1`,
    words: ['covariance matrix', 'covariances', 'covariance']
  },
  {
    id: 'correlation',
    term: 'Correlation',
    meaning: 'Covariance of columns of unit variance: from −1 (one falls as the other rises) over 0 to 1.',
    formula: String.raw`r_{jl}=c_{jl}/(s_j s_l)`,
    source: 'Pearson, Proceedings of the Royal Society 58 (1895) 240',
    words: ['correlation matrix', 'correlations', 'correlation']
  },
  {
    id: 'divisor',
    term: 'Divisor',
    meaning:
      'What a sum of squares is divided by to make a variance: n − 1 estimates that of the population the rows come from, n is that of the rows themselves.',
    formula: String.raw`\tfrac{1}{n-1}\ \text{or}\ \tfrac{1}{n}`,
    source: `Bessel’s correction; ${JOLLIFFE}, chapter 3`,
    words: ['divisor', 'divisors']
  },
  {
    id: 'eigenvalue',
    term: 'Eigenvalue',
    meaning: 'The variance of the scores on one component: how much the rows differ along it.',
    formula: String.raw`C\,v_k=\lambda_k v_k`,
    source: `${JOLLIFFE}, §1.1`,
    words: ['eigenvalues', 'eigenvalue']
  },
  {
    id: 'eigenvector',
    term: 'Eigenvector',
    meaning: 'A direction that a matrix only stretches. Those of the covariance matrix are the principal components.',
    formula: String.raw`C\,v=\lambda v`,
    source: 'Golub & Van Loan, Matrix Computations, 4th ed., §8.1',
    words: ['eigenvectors', 'eigenvector']
  },
  {
    id: 'singular-value',
    term: 'Singular value',
    meaning: 'The length of the scores on a component: the root of their sum of squares, never the eigenvalue itself.',
    formula: String.raw`\sigma_k=\sqrt{(n-1)\lambda_k}`,
    source: 'Golub & Van Loan, Matrix Computations, 4th ed., §2.4',
    words: ['singular values', 'singular value']
  },
  {
    id: 'explained-variance',
    term: 'Share of variance',
    meaning: 'The eigenvalue of a component over the sum of all of them, those that are not kept included.',
    formula: String.raw`r_k=\lambda_k/\textstyle\sum_j\lambda_j`,
    source: `${JOLLIFFE}, §6.1.1`,
    words: ['explained variance', 'share of the variance', 'total variance']
  },
  {
    id: 'gram-matrix',
    term: 'Gram matrix',
    meaning:
      'All products of rows with rows. It has the eigenvalues of the covariance matrix, and is smaller where there are few rows.',
    formula: String.raw`G=\tfrac{1}{n-1}ZZ^{\top}`,
    source: `${JOLLIFFE}, §3.5`,
    words: ['Gram matrix', 'products of rows', 'inner products of rows']
  },
  {
    id: 'eigengap',
    term: 'Eigengap',
    meaning:
      'How far neighbouring eigenvalues lie apart. Where they are nearly equal, their axes may turn in their plane.',
    formula: String.raw`(\lambda_k-\lambda_{k+1})/\lambda_1`,
    source: 'Davis & Kahan, SIAM Journal on Numerical Analysis 7 (1970) 1'
  },
  {
    id: 'supplementary',
    term: 'Supplementary',
    meaning: 'Rows or columns that took no part in finding the axes and are placed on them afterwards.',
    source: `${LEBART}, §1.2; ${HUSSON}, chapter 1`,
    words: ['supplementary rows', 'supplementary columns', 'supplementary']
  },
  {
    id: 'imputation',
    term: 'Regularized iterative PCA',
    meaning:
      'Missing cells are filled with what the components say of them, and components are computed again, until nothing moves. Components are shrunk by the noise, so as not to fit it.',
    source: 'Josse & Husson, Journal of Statistical Software 70(1), 2016, section 2.2',
    words: ['regularized iterative PCA', 'iterative PCA', 'regularized components']
  },
  {
    id: 'krylov',
    term: 'Krylov method',
    meaning:
      'Finds the first components from products of the table with a few vectors, repeated until exact; the covariance matrix is never formed.',
    source: 'Golub & Van Loan, Matrix Computations, 4th ed., §10.1',
    words: ['Krylov method', 'Krylov']
  },
  {
    id: 'row-weights',
    term: 'Row weights',
    meaning:
      'How much each row counts in means and covariances. Here they are divided by their mean, so that they sum to the number of rows.',
    formula: String.raw`C=\tfrac{1}{n-1}Z^{\top}WZ`,
    source: `${JOLLIFFE}, §14.2.1`,
    words: ['row weights']
  }
]
