/** What becomes of a rating: the model is fitted to it, judged on it, or told of it when it is judged (of users it was not
 * fitted to). */
export const PART = { train: 0, test: 1, given: 2 } as const

/** Of a held-out user's ratings so many are given, the others asked for. */
export const GIVEN_SHARE = 0.8
