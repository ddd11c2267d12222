/** A process that opens the session named by its argument, renames its dataset, says so, and holds it until it is killed. */
import { SessionFile } from '../../../core/session/session-file.ts'

const session = SessionFile.open(process.argv[2]!)
session.datasets.rename('d', 'held')
process.stdout.write('open\n')
process.stdin.resume()
