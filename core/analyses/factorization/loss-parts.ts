/** What a fit makes small, by where it comes from. */
export interface LossParts {
  /** of the known cells: squared errors, weighted as the method weighs them */
  squares: number
  /** of the blanks, taken as zeros; left out where a method does not look at them */
  blanks?: number
  /** what pulls the coordinates towards zero; left out where nothing does */
  penalty?: number
}

export const totalLoss = ({ squares, blanks = 0, penalty = 0 }: LossParts): number => squares + blanks + penalty
