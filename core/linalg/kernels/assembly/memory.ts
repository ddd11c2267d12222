// How every kernel reads and writes: byte addresses in the one shared memory.

export function get(at: usize): f64 {
  return load<f64>(at)
}

export function put(at: usize, value: f64): void {
  store<f64>(at, value)
}

/** Two vectors next to each other. Both are computed, and what they are computed from is read, before either is written: only
 * then can V8 make one of them, on processors whose vectors are twice as wide.
 * The ignored line: TypeScript knows no decorator of a function. */
// @ts-ignore: decorator
@inline
export function putTwo(at: usize, first: v128, second: v128): void {
  v128.store(at, first)
  v128.store(at, second, 16)
}

/** Argument i of a task: tasks are given their arguments as a row of doubles (an address is exact in a double). */
export function number(args: usize, i: i32): f64 {
  return load<f64>(args + (<usize>i << 3))
}

export function integer(args: usize, i: i32): i32 {
  return <i32>load<f64>(args + (<usize>i << 3))
}

export function address(args: usize, i: i32): usize {
  return <usize>(<u32>load<f64>(args + (<usize>i << 3)))
}
