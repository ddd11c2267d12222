import { describe, expect, it } from 'vitest'
import { fileArguments } from '../../../electron/main/file-arguments.ts'

const CWD = '/home/user'

describe('files named on the command line', () => {
  it('are made absolute, in their order, and switches are no files', () => {
    const argv = ['/opt/eigendesk', '--no-sandbox', 'iris.csv', '--user-data-dir=/tmp/x', '/data/hald.csv']
    expect(fileArguments(argv, CWD, false)).toEqual(['/home/user/iris.csv', '/data/hald.csv'])
  })

  it('begin after the app’s folder where Electron was started with one', () => {
    const argv = ['/opt/electron', '--no-sandbox', '.', 'iris.csv']
    expect(fileArguments(argv, CWD, true)).toEqual(['/home/user/iris.csv'])
    expect(fileArguments(['/opt/electron', '.'], CWD, true)).toEqual([])
  })

  it('may begin with a dash after "--"', () => {
    expect(fileArguments(['/opt/eigendesk', '--', '-odd.csv'], CWD, false)).toEqual(['/home/user/-odd.csv'])
  })

  it('may be file: addresses, as Linux file managers pass them', () => {
    const argv = ['/opt/eigendesk', 'file:///data/two%20words.csv']
    expect(fileArguments(argv, CWD, false)).toEqual(['/data/two words.csv'])
  })

  it('that only look like an address are taken as names', () => {
    expect(fileArguments(['/opt/eigendesk', 'file:notes.csv'], CWD, false)).toEqual(['/home/user/file:notes.csv'])
  })
})
