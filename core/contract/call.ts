import type { z } from 'zod'

/** One call of the engine: what it takes, validated there, and what it answers. */
export const call = <P extends z.ZodObject, R extends z.ZodType>(params: P, result: R) => ({ params, result })
