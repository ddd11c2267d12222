/** assembly/bidiagonal.ts. */
export type BidiagonalKernels = object
