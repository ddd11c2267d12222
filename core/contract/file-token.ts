import { z } from 'zod'

/** A file the person chose. The renderer holds the token, main and the engine know the path. */
export const fileTokenSchema = z.uuid()
