import { z } from 'zod'

/** An array of a model in a JSON file: its numbers row by row, as many as its shape says. */
export const modelArraySchema = z
  .object({
    dtype: z.enum(['float64', 'int32']),
    shape: z.array(z.number().int().min(0)),
    data: z.array(z.number()).describe('Row by row.')
  })
  .superRefine(({ shape, data }, context) => {
    const length = shape.reduce((product, n) => product * n, 1)
    if (length === data.length) return
    const message = `has ${data.length} numbers for a shape of ${shape.join(' × ')}`
    context.addIssue({ code: 'custom', path: ['data'], message })
  })
