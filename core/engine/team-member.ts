import { workerData } from 'node:worker_threads'
import { joinTeam, type TeamInvitation } from '../linalg/kernels/kernels.ts'

/** A helper thread of a team: serves until the team is dissolved, then ends. */
joinTeam(workerData as TeamInvitation)
