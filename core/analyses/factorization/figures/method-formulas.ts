import type { Method } from '../methods.ts'

/** A formula that is longer than its place, in lines that each begin at the left. */
export const lines = (...formulas: string[]): string => formulas.join('\n')

/** x_u is p_u, with what was rated at all where that counts; λ_u what one rating bears of the user's penalty. */
const STEP_OF_RATING = [
  String.raw`e=r_{ui}-\hat r_{ui}`,
  String.raw`g=\tfrac{\gamma}{\sigma}\,e\,\big/\,\bigl(1+\tfrac{\gamma}{\sigma}(\lVert x_u\rVert^2+c\,\lVert q_i\rVert^2)\bigr)`,
  String.raw`p_u\leftarrow\frac{p_u}{1+\gamma\lambda_u}+g\,q_i,\quad q_i\leftarrow\frac{q_i}{1+\gamma\lambda_i}+g\,x_u`
]

const DRAWN = {
  title: 'Draw many models, not one best',
  text: 'Instead of the best coordinates of a user a likely set is drawn, over and over; predictions are averaged, and how much they vary is the interval.',
  formula: String.raw`p_u\sim\mathcal N\bigl(A_u^{-1}b_u,\;A_u^{-1}\bigr),\quad A_u=\Lambda+\tau\textstyle\sum_{i\in I_u}q_iq_i^{\top}`
}

/** How the methods that are not solved row by row find their factors. */
export const DESCENT: Partial<Record<Method, { title: string; text: string; formula: string }>> = {
  sgd: {
    title: 'A small step for every rating',
    text: 'Each rating in turn pulls its user and its item a little towards what would predict it, and zero pulls back. Where both are long already the step is shorter, so that none goes too far.',
    formula: lines(...STEP_OF_RATING.map((formula) => formula.replace(/x_u/g, 'p_u').replace(String.raw`c\,`, '')))
  },
  svdpp: {
    title: 'A small step for every rating, and for what was rated at all',
    text: 'A user is their own coordinates and the mean direction of everything they rated, whatever the stars. The map shows both together. The y of all they rated share each step, so that c is 2.',
    formula: lines(
      String.raw`\hat r_{ui}=\mu+b_u+b_i+q_i^{\top}x_u`,
      String.raw`x_u=p_u+\lvert I_u\rvert^{-\frac12}\textstyle\sum_{j\in I_u}y_j`,
      ...STEP_OF_RATING
    )
  },
  nmf: {
    title: 'Lower the error without going below zero',
    text: 'Each coordinate takes the best value it can have with all others held fixed, and zero where that would be negative: factors add up like parts.',
    formula: String.raw`p_{uk}\leftarrow\max\Bigl(0,\;\frac{\sum_{i\in I_u}e_{ui}\,q_{ik}+p_{uk}\sum_{i\in I_u}q_{ik}^2}{\lambda\sqrt{n_u}+\sum_{i\in I_u}q_{ik}^2}\Bigr)`
  },
  bpmf: DRAWN,
  bsvdpp: DRAWN
}

const LOSS_OF_RATINGS = [
  String.raw`\sum_{u,i}(r_{ui}-\hat r_{ui})^2`,
  String.raw`+\lambda\Bigl(\sum_u n_u^{\nu}\lVert p_u\rVert^2+\sum_i n_i^{\nu}\lVert q_i\rVert^2\Bigr)`,
  String.raw`+\lambda_b\Bigl(\sum_u b_u^2+\sum_i b_i^2\Bigr)`
]

/** What the fit makes small. */
export const LOSS: Partial<Record<Method, string>> = {
  bias: String.raw`\sum_{u,i}(r_{ui}-\mu-b_u-b_i)^2+10\sum_u b_u^2+10\sum_i b_i^2`,
  als: lines(...LOSS_OF_RATINGS),
  sgd: lines(...LOSS_OF_RATINGS),
  svdpp: lines(...LOSS_OF_RATINGS, String.raw`+5\lambda\sum_j n_j^{\nu}\lVert y_j\rVert^2`),
  nmf: lines(...LOSS_OF_RATINGS),
  wals: lines(
    String.raw`\sum_{\text{known}}(r_{ui}-\hat r_{ui})^2+w_0\sum_{\text{blank}}\hat r_{ui}^2`,
    String.raw`+\lambda\bigl(\lVert P\rVert^2+\lVert Q\rVert^2\bigr)`
  ),
  ials: lines(
    String.raw`\sum_{\text{likes}}\bigl((\hat r_{ui}-1)^2+\alpha_0\hat r_{ui}^2\bigr)+\alpha_0\sum_{\text{blank}}\hat r_{ui}^2`,
    String.raw`+\lambda\Bigl(\sum_u(n_u+\alpha_0n)^{\nu}\lVert p_u\rVert^2+\sum_i(n_i+\alpha_0m)^{\nu}\lVert q_i\rVert^2\Bigr)`
  ),
  hkv: lines(
    String.raw`\sum_{\text{known}}(1+\alpha r_{ui})\,(1-\hat r_{ui})^2+\sum_{\text{blank}}\hat r_{ui}^2`,
    String.raw`+\lambda\bigl(\lVert P\rVert^2+\lVert Q\rVert^2\bigr)`
  )
}
