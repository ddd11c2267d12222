/** What each centred column can be divided by. Apart from how it is found: the page knows the names only. */
export const SCALES = ['none', 'unit', 'pareto', 'range', 'robust'] as const
export type Scale = (typeof SCALES)[number]
