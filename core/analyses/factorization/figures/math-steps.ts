import { noteBlocks } from '../blocks.ts'
import { methods, purposeOf, type Method } from '../methods.ts'
import type { FactorizationParams, FactorizationSummary } from '../spec.ts'
import { DESCENT, lines, LOSS } from './method-formulas.ts'
import { isSolved } from '../step-rule.ts'

export type FactorStepId =
  'ratings' | 'start' | 'product' | 'weights' | 'neighbours' | 'mean' | 'users' | 'descent' | 'loss' | 'three' | 'svd'

/** One step of a factorization: what is done, as a formula, and in which shapes. */
export interface FactorStep {
  id: FactorStepId
  title: string
  text: string
  /** TeX, a line each; '' where there is none */
  formula: string
  shapes: { from: string; to: string }
}

const count = (value: number): string => new Intl.NumberFormat('en').format(value)
const size = (rows: number, columns: number): string => `(${count(rows)}×${count(columns)})`

type Context = Pick<FactorizationSummary, 'nUsers' | 'nItems' | 'nFactors' | 'nTrain' | 'globalMean'> & {
  params: Pick<FactorizationParams, 'method' | 'countExponent' | 'samples'>
}

/** The steps of a result in their order: from the ratings to the factors, then what else could have been done. */
export function factorSteps(context: Context): FactorStep[] {
  const { method } = context.params
  const hasFactors = context.nFactors > 0
  return [
    ratingsStep(context),
    hasBiases(method) && startStep(context),
    hasFactors && productStep(context),
    method === 'ease' && easeStep(context),
    method === 'itemknn' && neighboursStep(context),
    method === 'bias' && meanStep(context),
    isSolved(method) && usersStep(context),
    hasFactors && !isSolved(method) && descentStep(context),
    (hasFactors || method === 'bias') && lossStep(context),
    hasFactors && threeStep(),
    hasFactors && svdStep()
  ].filter((step) => step !== false)
}

const hasBiases = (method: Method): boolean => purposeOf(method) === 'ratings'

/** What a method predicts, for those that are no product of factors. */
const ALONE: Partial<Record<Method, string>> = {
  mean: String.raw`\hat r_{ui}=\mu`,
  bias: String.raw`\hat r_{ui}=\mu+b_u+b_i`,
  popularity: String.raw`\hat r_{ui}=n_i`,
  ease: String.raw`\hat R=R\,B`,
  itemknn: String.raw`\hat r_{ui}=\textstyle\sum_{j\in N_k(i)\cap I_u} s_{ij}`
}

function ratingsStep({ nUsers, nItems, nTrain, params: { method } }: Context): FactorStep {
  const likes = purposeOf(method) === 'preferences'
  const alone = ALONE[method]
  return {
    id: 'ratings',
    title: likes ? 'Who has what' : 'Who rated what',
    text:
      `One row a user, one column an item; ${count(nTrain)} of ${count(nUsers * nItems)} cells are known to the model, ` +
      `a dot is ${likes ? 'a blank' : 'unknown'}. ${methods[method].about}`,
    formula: alone ?? '',
    shapes: { from: `${count(nTrain)} ${likes ? 'likes' : 'ratings'} →`, to: `R ${size(nUsers, nItems)}` }
  }
}

function startStep({ nUsers, nItems, nFactors }: Context): FactorStep {
  return {
    id: 'start',
    title: 'Begin with mean and biases',
    text:
      'Some users rate high and some items are liked by all: that needs no factors. ' +
      (nFactors > 0 ? 'The factors explain what is left.' : 'Nothing else is fitted.'),
    formula: String.raw`r_{ui}-\mu-b_u-b_i`,
    shapes: { from: `μ + b_u (${count(nUsers)}) + b_i (${count(nItems)}) →`, to: `rest ${size(nUsers, nItems)}` }
  }
}

function productStep({ nUsers, nItems, nFactors, params: { method } }: Context): FactorStep {
  const centred = hasBiases(method)
  return {
    id: 'product',
    title: 'Users times items',
    text:
      `Every user and every item is a point with ${count(nFactors)} coordinate${nFactors === 1 ? '' : 's'}; ` +
      `their product ${centred ? 'is added to mean and biases' : 'is what is predicted'}. ` +
      (method === 'nmf'
        ? 'No coordinate is negative.'
        : 'Both are turned to the principal axes of the items, which changes no product.'),
    formula: centred
      ? String.raw`\hat R=\mu+b_U\mathbf 1^{\top}+\mathbf 1b_I^{\top}+P\,Q^{\top}`
      : String.raw`\hat R=P\,Q^{\top}`,
    shapes: { from: `P ${size(nUsers, nFactors)} · Qᵀ ${size(nFactors, nItems)} =`, to: `PQᵀ ${size(nUsers, nItems)}` }
  }
}

function easeStep({ nItems, nUsers }: Context): FactorStep {
  return {
    id: 'weights',
    title: 'A weight from each item to each other',
    text: 'One exact solution instead of factors: how much having the item of the row speaks for the item of the column. None speaks for itself.',
    formula: String.raw`P=(R^{\top}R+\lambda I)^{-1},\quad B=-P\,\operatorname{diag}(P)^{-1},\quad B_{ii}=0`,
    shapes: { from: `Rᵀ ${size(nItems, nUsers)} · R ${size(nUsers, nItems)} →`, to: `B ${size(nItems, nItems)}` }
  }
}

function neighboursStep({ nItems, nUsers }: Context): FactorStep {
  return {
    id: 'neighbours',
    title: 'How alike two items are',
    text: 'The cosine of who has them: users who have both, over how many have each. The shrinkage β makes little of what few users say. Only the most alike of each item are kept.',
    formula: String.raw`s_{ij}=\frac{n_{ij}}{\sqrt{n_i\,n_j}+\beta}`,
    shapes: { from: `Rᵀ ${size(nItems, nUsers)} · R ${size(nUsers, nItems)} →`, to: `S ${size(nItems, nItems)}` }
  }
}

function meanStep({ nUsers, nItems }: Context): FactorStep {
  return {
    id: 'mean',
    title: 'One damped mean, for one user',
    text: 'What the user gives beyond the mean and the items, as if ten more ratings without any deviation were there: few ratings say little. The same is done for every item, and again.',
    formula: String.raw`b_u=\frac{1}{10+n_u}\sum_{i\in I_u}(r_{ui}-\mu-b_i)`,
    shapes: { from: 'ratings →', to: `b_u (${count(nUsers)}), b_i (${count(nItems)})` }
  }
}

function usersStep({ nItems, nFactors, params: { method } }: Context): FactorStep {
  const normal = {
    als: lines(
      String.raw`\bigl(\textstyle\sum_{i\in I_u} q_iq_i^{\top}+\lambda n_u^{\nu} I\bigr)\,p_u`,
      String.raw`=\sum_{i\in I_u}(r_{ui}-\mu-b_i)\,q_i`
    ),
    wals: lines(
      String.raw`\bigl(w_0\,Q^{\top}Q+(1-w_0)\textstyle\sum_{i\in I_u} q_iq_i^{\top}+\lambda I\bigr)\,p_u`,
      String.raw`=\sum_{i\in I_u} r_{ui}\,q_i`
    ),
    ials: lines(
      String.raw`\bigl(\alpha_0\,Q^{\top}Q+\textstyle\sum_{i\in I_u} q_iq_i^{\top}+\lambda(n_u+\alpha_0 n)^{\nu} I\bigr)\,p_u`,
      String.raw`=\sum_{i\in I_u} q_i`
    ),
    hkv: lines(
      String.raw`\bigl(Q^{\top}Q+\textstyle\sum_{i\in I_u}\alpha r_{ui}\,q_iq_i^{\top}+\lambda I\bigr)\,p_u`,
      String.raw`=\sum_{i\in I_u}(1+\alpha r_{ui})\,q_i`
    )
  }[method as 'als' | 'wals' | 'ials' | 'hkv']
  const unknowns = nFactors + (method === 'als' ? 1 : 0)
  const blocks = method === 'als' ? [] : noteBlocks(nFactors)
  return {
    id: 'users',
    title: 'One step, for one user',
    text:
      'With the items held fixed a user’s coordinates are a small least-squares problem with an exact answer. The same is done for every item with the users held fixed, and again.' +
      (method === 'als' ? ' The bias is one more coordinate whose partner is always 1.' : '') +
      (method === 'als' ? '' : ` Blanks cost nothing: QᵀQ of all ${count(nItems)} items is made once for everybody.`) +
      ['', ...blocks].join(' '),
    formula: normal,
    shapes: {
      from: `A ${size(unknowns, unknowns)} · p = b (${count(unknowns)}), A = L Lᵀ →`,
      to: `p (${count(unknowns)})`
    }
  }
}

function descentStep({ nTrain, nUsers, nItems, nFactors, params: { method } }: Context): FactorStep {
  const { title, text, formula } = DESCENT[method] ?? { title: 'Fit', text: methods[method].about, formula: '' }
  return {
    id: 'descent',
    title,
    text,
    formula,
    shapes: {
      from: `${count(nTrain)} ratings →`,
      to: `P ${size(nUsers, nFactors)}, Q ${size(nItems, nFactors)}`
    }
  }
}

function lossStep({ params: { method } }: Context): FactorStep {
  return {
    id: 'loss',
    title: 'What becomes small',
    text:
      isSolved(method) || method === 'bias'
        ? 'Every half sweep is the exact best with the other side held fixed, so that the loss cannot rise.'
        : method === 'bpmf' || method === 'bsvdpp'
          ? 'No objective is minimized: squares are those of each draw, and the error settles as more draws are averaged.'
          : 'Errors on the training ratings, and how far the coordinates are from zero.',
    formula: LOSS[method] ?? '',
    shapes: { from: '', to: '' }
  }
}

function threeStep(): FactorStep {
  return {
    id: 'three',
    title: 'Why weighting matters',
    text: 'The same few cells with two factors, three times: blanks ignored (w\u00a0=\u00a00), blanks as zeros that count like a known cell (w\u00a0=\u00a01), and as zeros of little weight.',
    formula: String.raw`\min_{P,Q}\;\sum_{\text{known}}(r-\hat r)^2+w\sum_{\text{blank}}\hat r^2`,
    shapes: { from: '', to: '' }
  }
}

function svdStep(): FactorStep {
  return {
    id: 'svd',
    title: 'What the singular value decomposition does',
    text: 'With every blank a zero and all cells weighing the same there is a closed answer: three matrices, the best of all of this rank. It spends its factors on saying zero.',
    formula: String.raw`R_0\approx U\,\Sigma\,V^{\top},\quad P=U\Sigma,\;Q=V`,
    shapes: { from: '', to: '' }
  }
}
