/** assembly/solve.ts. */
export type SolveKernels = object
