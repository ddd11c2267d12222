// How every kernel reads and writes: byte addresses in the one shared memory.

export function get(at: usize): f64 {
  return load<f64>(at)
}

export function put(at: usize, value: f64): void {
  store<f64>(at, value)
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
