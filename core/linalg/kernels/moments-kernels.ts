/** assembly/moments.ts. */
export type MomentsKernels = object
