// npm run format: rewrites every file to the one format.
import { ensureInstalled } from './ensure.mjs'
import { main, run } from './processes.mjs'

await main(async () => {
  await ensureInstalled()
  return run(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '.'])
})
