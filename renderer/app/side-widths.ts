/** Widths of the side panels in px. */
export const RAIL = { min: 180, max: 360, usual: 240 }
export const INSPECTOR = { min: 260, max: 420, usual: 300 }
