/** assembly/tridiagonal.ts. */
export type TridiagonalKernels = object
