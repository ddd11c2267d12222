import type { Command } from './command.ts'
import { duplicateSession } from './files.ts'
import { redo, undo } from './history.ts'
import { canReimport, reimport } from './reimport.svelte.ts'
import { screen } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

const ready = (): boolean => session.engine === 'ready'
const history = () => session.info?.history

/** Commands about what has been done in the session, and keeping it. */
export const keepCommands: Command[] = [
  {
    id: 'undo',
    group: 'Edit',
    label: 'Undo',
    labelNow: () => `Undo: ${history()?.undo ?? ''}`,
    icon: 'undo-2',
    shortcut: 'Ctrl Z',
    leftToFields: true,
    run: () => void undo(),
    enabled: () => ready() && !session.importing && Boolean(history()?.undo)
  },
  {
    id: 'redo',
    group: 'Edit',
    label: 'Redo',
    labelNow: () => `Redo: ${history()?.redo ?? ''}`,
    icon: 'redo-2',
    shortcut: 'Ctrl Shift Z',
    leftToFields: true,
    run: () => void redo(),
    enabled: () => ready() && !session.importing && Boolean(history()?.redo)
  },
  {
    id: 'new-window',
    group: 'File',
    label: 'Open a new window',
    icon: 'app-window',
    shortcut: 'Ctrl Shift N',
    run: () => void window.host.newWindow(),
    enabled: () => true
  },
  {
    id: 'checkpoints',
    group: 'File',
    label: 'Save a checkpoint, or revert to one…',
    icon: 'history',
    run: () => (screen.checkpoints = true),
    enabled: () => ready() && !session.importing
  },
  {
    id: 'reimport',
    group: 'File',
    label: 'Re-import the dataset from its file…',
    icon: 'refresh-cw',
    run: () => session.currentDataset && void reimport.start(session.currentDataset),
    enabled: () => ready() && !session.importing && canReimport(session.currentDataset)
  },
  {
    id: 'duplicate-session',
    group: 'File',
    label: 'Duplicate the session',
    icon: 'copy',
    run: () => void duplicateSession(),
    enabled: () => ready() && session.datasets.length > 0
  }
]
