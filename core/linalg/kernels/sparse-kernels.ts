/** assembly/sparse.ts. */
export type SparseKernels = object
