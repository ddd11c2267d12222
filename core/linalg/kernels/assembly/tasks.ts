// Every kernel that a team can share, by number. The numbers are repeated, with what the arguments mean, beside the
// TypeScript that fills them in (kernels/*-kernels.ts): the two are one protocol.
import { productTask } from './products'
import { tridiagonalTask } from './tridiagonal'
import { bidiagonalTask } from './bidiagonal'
import { sparseTask } from './sparse'
import { solveTask } from './solve'
import { momentsTask } from './moments'
import { lanczosTask } from './lanczos'
import { gramTask } from './gram'
import { shuffleTask } from './shuffle'
import { samplesTask } from './samples'
import { rowsTask } from './rows'

export function runTask(kernel: i32, args: usize, task: i32, thread: i32): void {
  const family = kernel >> 8
  const member = kernel & 255
  if (family == 0) productTask(member, args, task, thread)
  else if (family == 1) tridiagonalTask(member, args, task, thread)
  else if (family == 2) bidiagonalTask(member, args, task, thread)
  else if (family == 3) sparseTask(member, args, task, thread)
  else if (family == 4) solveTask(member, args, task, thread)
  else if (family == 5) momentsTask(member, args, task, thread)
  else if (family == 6) lanczosTask(member, args, task, thread)
  else if (family == 7) gramTask(member, args, task, thread)
  else if (family == 8) shuffleTask(member, args, task, thread)
  else if (family == 9) samplesTask(member, args, task, thread)
  else if (family == 10) rowsTask(member, args, task, thread)
  else unreachable()
}
