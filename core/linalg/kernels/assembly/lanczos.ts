// What iterative solvers do beside products: blocks of few columns, rows strides apart.
import { get, put } from './memory'

/** to = diag(f)·from for blocks of few columns; strides in doubles. */
export function scaleRows(rows: i32, columns: i32, f: usize, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  for (let i = 0; i < rows; i++) {
    const factor = get(f)
    for (let j: usize = 0; j < <usize>columns; j++) put(to + (j << 3), factor * get(from + (j << 3)))
    f += 8
    from += <usize>fromStride << 3
    to += <usize>toStride << 3
  }
}

/** All entries of a block 0; stride in doubles. */
export function clearRows(rows: i32, columns: i32, at: usize, stride: i32): void {
  if (columns == stride) {
    memory.fill(at, 0, <usize>rows * <usize>columns * 8)
    return
  }
  for (let i = 0; i < rows; i++) {
    memory.fill(at, 0, <usize>columns << 3)
    at += <usize>stride << 3
  }
}

export function lanczosTask(member: i32, args: usize, task: i32, thread: i32): void {
  unreachable()
}
