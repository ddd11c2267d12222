export const ROTATION_METHODS = ['varimax', 'quartimax', 'equamax', 'promax', 'oblimin'] as const
export type RotationMethod = (typeof ROTATION_METHODS)[number]

/** Whether the rotated factors may be correlated. */
export const isOblique = (method: RotationMethod): boolean => method === 'promax' || method === 'oblimin'
