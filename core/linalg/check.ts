/** Whether a matrix has a property, and by how much it has or lacks it. */
export interface Check {
  holds: boolean
  /** what was measured; its definition stands with the check */
  residual: number
  /** what it was compared with */
  tolerance: number
}
