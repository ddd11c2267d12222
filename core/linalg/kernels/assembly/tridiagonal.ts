export function tridiagonalTask(member: i32, args: usize, task: i32, thread: i32): void {
  unreachable()
}
