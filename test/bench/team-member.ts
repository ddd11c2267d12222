import { parentPort, workerData } from 'node:worker_threads'
import { joinTeam, type TeamInvitation } from '../../core/linalg/kernels/kernels.ts'
import { pinThisThread } from './pinning.ts'

/** A helper thread on a processor of its own: says whether it could be pinned, then serves until the team is dissolved. */
const invitation = workerData as TeamInvitation
parentPort!.postMessage(pinThisThread(invitation.thread))
joinTeam(invitation)
