/** Every routine of the linear algebra that is offered, in one list. Inside the program each is imported from its own file.
 * Matrices are row-major Float64 (matrix.ts), sparse ones CSR (sparse.ts); nothing that is given is modified; the last
 * parameter watches and stops. */

// Matrices
export { createMatrix, matrixOf, type Matrix } from './matrix.ts'
export { createSparse, denseOf, sparseOf, transposeSparse, type SparseMatrix, type Triplets } from './sparse.ts'
export { centredOperator, denseOperator, transposedOperator, type LinearOperator } from './operator.ts'
export { sparseOperator } from './sparse-multiply.ts'
export { unwatched, type Watch } from './watch.ts'

// Products
export { gemm, type GemmOptions } from './gemm.ts'
export { gemv, type GemvOptions } from './gemv.ts'
export { syrk } from './syrk.ts'
export { multiplySparse, multiplySparseTransposed } from './sparse-multiply.ts'
export { sparseGram } from './sparse-gram.ts'
export { outer } from './outer.ts'
export { hadamard } from './hadamard.ts'

// Factorizations
export { expandLu, lu, type LuFactors } from './lu.ts'
export { cholesky } from './cholesky.ts'
export { qr } from './qr.ts'
export type { QrFactors } from './qr-factors.ts'
export { tallQr } from './tall-qr.ts'
export { eigh } from './eigh.ts'
export { eigvalsh } from './eigvalsh.ts'
export { eighTop, type TopEigenpairs } from './eigh-top.ts'
export { eig, eigenvalues, type Eigendecomposition, type Eigenvalues } from './eig.ts'
export { svd, type SingularValueDecomposition } from './svd.ts'
export { singularValues } from './singular-values.ts'
export { krylovSvd, type KrylovSvd } from './krylov-svd.ts'
export { randomizedSvd, type RandomizedSvdOptions, type TruncatedSvd } from './randomized-svd.ts'

// What is asked of a matrix
export { solve, type Solution } from './solve.ts'
export { leastSquares, type LeastSquares } from './least-squares.ts'
export { solveNormalRows, type NormalRows } from './normal-rows.ts'
export { improveNormalRows } from './normal-row-blocks.ts'
export { multiplyPairs } from './pair-products.ts'
export { inverse } from './inverse.ts'
export { inversePositiveDefinite, invertPositiveDefiniteInPlace } from './inverse-positive-definite.ts'
export { pinv, type PseudoInverse } from './pinv.ts'
export { determinant, type Determinant } from './determinant.ts'
export { trace } from './trace.ts'
export { rank, type NumericalRank } from './rank.ts'
export { condition, estimateCondition, type Condition } from './condition.ts'
export { nullSpace, type SubspaceBasis } from './null-space.ts'
export { range } from './range.ts'
export { matrixPower } from './matrix-power.ts'
export { vectorNorm, type VectorNorm } from './vector-norm.ts'
export { matrixNorm, type MatrixNorm } from './matrix-norm.ts'
export { angleBetween, cosineSimilarity } from './angle.ts'
export { checkSymmetric } from './check-symmetric.ts'
export { checkOrthogonal } from './check-orthogonal.ts'
export { checkPositiveDefinite } from './check-positive-definite.ts'
