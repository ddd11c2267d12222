import { gemm } from '../../linalg/gemm.ts'
import { inverse } from '../../linalg/inverse.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { forward, quiet, unwatched, type Watch } from '../../linalg/watch.ts'
import type { TurnedAxes } from './orthomax.ts'

const MOST_ROUNDS = 2000
/** Halvings of a step before it is taken as it is. */
const MOST_HALVINGS = 10
/** The projected gradient that ends it, relative to the criterion's own size: the pattern then stands to about eight digits. */
const STILL = 1e-9
/** A variance inflation beyond which a factor follows from the others. */
export const FOLLOWS = 1e4

/** The oblique rotation that minimizes ¼ Σ_{k≠l} Σ_j [b²_jk b²_jl − γ/p · b²_jk Σ_i b²_il] over factors of variance one;
 * γ = 0 is direct quartimin, γ < 0 makes factors less correlated.
 * @param loadings A, p × K, entries of about 1 in size; not modified @param gamma at most 0.8. Above 0 there may be no minimum:
 *   the criterion then falls without end while factors become one, and it stops, not converged
 * @returns M with B = A·M = A·(Tᵀ)⁻¹, where the columns of T are of length one; see rotate-loadings.ts
 * Accuracy: a local minimum, to about eight digits. Cost: about 6pK² flops a step, a few hundred steps.
 * Source: Jennrich & Sampson, "Rotation for simple loadings", Psychometrika 31 (1966); by projected gradients, Jennrich,
 * "A simple general method for oblique rotation", Psychometrika 67 (2002); Bernaards & Jennrich, GPArotation (2005). */
export function oblimin(loadings: Matrix, gamma: number, watch: Watch = unwatched): TurnedAxes {
  const size = loadings.columns
  let axes = createMatrix(size, size)
  for (let k = 0; k < size; k++) axes.data[k * size + k] = 1
  const inner = quiet(watch)
  const told = forward(watch)
  let state = stateAt(loadings, axes, gamma, inner)
  let steepest = 0
  const ofLoadings = sumOfSquares(loadings.data) ** 2 / (loadings.rows * size) || 1
  let step = 1
  for (let rounds = 0; ; rounds++) {
    watch.checkpoint()
    const direction = projectedGradient(axes, state.gradient)
    const slope = Math.sqrt(sumOfSquares(direction.data))
    const enough = STILL * Math.max(ofLoadings, Math.abs(state.value))
    if (slope <= enough || rounds === MOST_ROUNDS || highestInflation(state.matrix) > FOLLOWS) {
      return { matrix: state.matrix, rounds, converged: slope <= enough }
    }
    // How far the slope has shrunk towards the last, digit by digit.
    steepest = Math.max(steepest, slope)
    told.progress(Math.log(slope / steepest) / Math.log(enough / steepest))
    step *= 2
    for (let halvings = 0; ; halvings++) {
      const tried = withUnitColumns(axes, direction, step)
      const next = stateAt(loadings, tried, gamma, inner)
      if (state.value - next.value > 0.5 * slope * slope * step || halvings === MOST_HALVINGS) {
        // Where rounding hides the descent the smallest step no longer helps: this is as far as doubles go.
        if (!(next.value < state.value)) return { matrix: state.matrix, rounds, converged: slope <= 1e3 * enough }
        axes = tried
        state = next
        break
      }
      step /= 2
    }
  }
}

/** Largest variance inflation 1/(1 − R²) of a factor by the others: squared lengths of the columns of (Tᵀ)⁻¹. */
export function highestInflation({ columns, data }: Matrix): number {
  const squares = new Float64Array(columns)
  data.forEach((value, at) => (squares[at % columns]! += value * value))
  return Math.max(...squares)
}

interface State {
  /** (Tᵀ)⁻¹ */
  matrix: Matrix
  value: number
  /** by T */
  gradient: Matrix
}

function stateAt(loadings: Matrix, axes: Matrix, gamma: number, watch: Watch): State {
  const inverted = inverse(axes, watch)
  const matrix = transposeOf(inverted)
  const pattern = gemm(loadings, matrix, {}, watch)
  const { value, gradient } = quartimin(pattern, gamma)
  // dB = −B·dTᵀ·(Tᵀ)⁻¹, so the gradient by T is −(Bᵀ·G·T⁻¹)ᵀ.
  const product = gemm(gemm(pattern, gradient, { transposeA: true }, watch), inverted, { alpha: -1 }, watch)
  return { matrix, value, gradient: transposeOf(product) }
}

/** What oblimin makes small, of a pattern; and its gradient, p × K. */
export function quartimin({ rows, columns, data }: Matrix, gamma: number): { value: number; gradient: Matrix } {
  const others = new Float64Array(rows * columns)
  for (let j = 0; j < rows; j++) {
    let sum = 0
    for (let k = 0; k < columns; k++) sum += data[j * columns + k]! ** 2
    for (let k = 0; k < columns; k++) others[j * columns + k] = sum - data[j * columns + k]! ** 2
  }
  if (gamma !== 0) {
    for (let k = 0; k < columns; k++) {
      let mean = 0
      for (let j = 0; j < rows; j++) mean += others[j * columns + k]! / rows
      for (let j = 0; j < rows; j++) others[j * columns + k]! -= gamma * mean
    }
  }
  let value = 0
  for (let at = 0; at < data.length; at++) {
    value += (data[at]! ** 2 * others[at]!) / 4
    others[at]! *= data[at]!
  }
  return { value, gradient: createMatrix(rows, columns, others) }
}

/** What of the gradient keeps the columns of T at length one. */
function projectedGradient(axes: Matrix, gradient: Matrix): Matrix {
  const size = axes.columns
  const projected = gradient.data.slice()
  for (let k = 0; k < size; k++) {
    let along = 0
    for (let i = 0; i < size; i++) along += axes.data[i * size + k]! * gradient.data[i * size + k]!
    for (let i = 0; i < size; i++) projected[i * size + k]! -= along * axes.data[i * size + k]!
  }
  return createMatrix(size, size, projected)
}

function withUnitColumns(axes: Matrix, direction: Matrix, step: number): Matrix {
  const size = axes.columns
  const moved = axes.data.map((value, at) => value - step * direction.data[at]!)
  for (let k = 0; k < size; k++) {
    let squares = 0
    for (let i = 0; i < size; i++) squares += moved[i * size + k]! ** 2
    for (let i = 0; i < size; i++) moved[i * size + k]! /= Math.sqrt(squares)
  }
  return createMatrix(size, size, moved)
}

function transposeOf({ rows, columns, data }: Matrix): Matrix {
  const turned = createMatrix(columns, rows)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.data[j * rows + i] = data[i * columns + j]!
  return turned
}

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)
