import { projectDialog } from '../export/project-dialog.svelte.ts'
import { preparation } from '../prepare/preparation.svelte.ts'
import type { Command } from './command.ts'
import { giveViewCommand } from './command-events.ts'
import { chooseFile, newSession, pasteClipboard, saveSessionAs } from './files.ts'
import { removeObject } from './history.ts'
import { keepCommands } from './keep-commands.ts'
import { newAnalysis } from './new-analysis.svelte.ts'
import { screen, type ObjectRef } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

export type { Command }

const always = (): boolean => true
const ready = (): boolean => session.engine === 'ready'
/** A cut of the components is in sight, or behind what is. */
const showsComponents = (): boolean => session.currentAnalysis?.kind === 'pca' && !session.importing

/** The object in sight, for commands that act on it. */
export function currentObject(): ObjectRef | null {
  const analysis = session.currentAnalysis
  if (analysis) return { type: 'analysis', id: analysis.id, name: analysis.name }
  const dataset = session.currentDataset
  return dataset && { type: 'dataset', id: dataset.id, name: dataset.name }
}

/** Opens the choice of analyses for a dataset, the one in sight where none is named. */
export function startNewAnalysis(datasetId = session.currentDataset?.id ?? session.datasets[0]?.id): void {
  if (datasetId !== undefined) newAnalysis.open(datasetId)
}

/** Every command there is, in the order of the palette. Menus and shortcuts are made from this list too. */
export const commands: Command[] = [
  ...keepCommands,
  {
    id: 'open-file',
    group: 'File',
    label: 'Open file…',
    icon: 'folder-open',
    shortcut: 'Ctrl O',
    run: () => void chooseFile(),
    enabled: ready
  },
  {
    id: 'paste-table',
    group: 'File',
    label: 'Paste a table',
    icon: 'clipboard-paste',
    shortcut: 'Ctrl V',
    keyOfSystem: true,
    run: () => void pasteClipboard(),
    enabled: () => ready() && !session.importing
  },
  {
    id: 'add-dataset',
    group: 'File',
    label: 'Add a dataset',
    icon: 'plus',
    run: () => screen.showStart(),
    enabled: () => ready() && !session.importing
  },
  {
    id: 'new-session',
    group: 'File',
    label: 'Start a new session',
    icon: 'file-plus',
    run: () => void newSession(),
    enabled: ready
  },
  {
    id: 'save-as',
    group: 'File',
    label: 'Save session as…',
    icon: 'save',
    shortcut: 'Ctrl Shift S',
    run: () => void saveSessionAs(),
    enabled: ready
  },
  {
    id: 'new-analysis',
    group: 'Analyse',
    label: 'New analysis…',
    icon: 'plus',
    shortcut: 'Ctrl N',
    run: () => startNewAnalysis(),
    enabled: () => ready() && session.datasets.length > 0 && !session.importing
  },
  {
    id: 'prepare',
    group: 'Analyse',
    label: 'Prepare what is shown…',
    icon: 'sliders-horizontal',
    run: () => session.currentDataset && preparation.begin(session.currentDataset),
    enabled: () => ready() && session.currentDataset !== null && !session.importing
  },
  {
    id: 'project',
    group: 'Analyse',
    label: 'Project rows on a model…',
    icon: 'chart-scatter',
    run: () => {
      const { currentAnalysis: analysis, currentDataset: dataset } = session
      if (analysis?.kind === 'pca') projectDialog.open(analysis.id, undefined)
      else projectDialog.open(undefined, dataset?.id)
    },
    enabled: () => ready() && session.datasets.length > 0 && !session.importing
  },
  {
    id: 'rename',
    group: 'Analyse',
    label: 'Rename what is shown…',
    icon: 'pencil',
    run: () => (screen.renaming = currentObject()),
    enabled: () => ready() && currentObject() !== null
  },
  {
    id: 'remove',
    group: 'Analyse',
    label: 'Remove what is shown',
    icon: 'trash-2',
    run: () => {
      const object = currentObject()
      if (object) void removeObject(object)
    },
    enabled: () => ready() && currentObject() !== null
  },
  {
    id: 'clear-selection',
    group: 'View',
    label: 'Clear the selection',
    icon: 'x',
    shortcut: 'Esc',
    run: () => session.select(session.selection.datasetId, []),
    enabled: () => session.selection.rows.length > 0
  },
  {
    id: 'find',
    group: 'View',
    label: 'Find in the table',
    icon: 'search',
    shortcut: 'Ctrl F',
    run: () => {
      const { current } = session.view
      if (current?.type !== 'dataset') return
      if (session.tabOf(current.id, 'table') === 'table') return giveViewCommand('find')
      session.setTab(current.id, 'table')
      // the table that comes into sight with this listens from the next turn on
      setTimeout(() => giveViewCommand('find'))
    },
    enabled: () => ready() && session.view.current?.type === 'dataset' && !session.importing
  },
  {
    id: 'fewer-components',
    group: 'View',
    label: 'Keep one component fewer',
    icon: 'minus',
    shortcut: '[',
    run: () => giveViewCommand('fewer-components'),
    enabled: showsComponents
  },
  {
    id: 'more-components',
    group: 'View',
    label: 'Keep one component more',
    icon: 'plus',
    shortcut: ']',
    run: () => giveViewCommand('more-components'),
    enabled: showsComponents
  },
  {
    id: 'palette',
    group: 'View',
    label: 'Search or run a command',
    icon: 'search',
    shortcut: 'Ctrl K',
    run: () => (screen.palette = true),
    enabled: always
  },
  {
    id: 'toggle-rail',
    group: 'View',
    label: 'Show or hide the rail',
    icon: 'panel-left',
    shortcut: 'Ctrl B',
    run: () => screen.toggleRail(),
    enabled: () => !session.importing
  },
  {
    id: 'toggle-inspector',
    group: 'View',
    label: 'Show or hide the inspector',
    icon: 'panel-right',
    shortcut: 'Ctrl I',
    run: () => screen.toggleInspector(),
    enabled: () => session.currentDataset !== null && !session.importing
  },
  {
    id: 'theme-system',
    group: 'View',
    label: 'Follow the system’s theme',
    icon: 'monitor',
    run: () => void screen.setTheme('system'),
    enabled: always
  },
  {
    id: 'theme-light',
    group: 'View',
    label: 'Use the light theme',
    icon: 'sun',
    run: () => void screen.setTheme('light'),
    enabled: always
  },
  {
    id: 'theme-dark',
    group: 'View',
    label: 'Use the dark theme',
    icon: 'moon',
    run: () => void screen.setTheme('dark'),
    enabled: always
  },
  {
    id: 'shortcuts',
    group: 'View',
    label: 'Show keyboard shortcuts',
    icon: 'keyboard',
    shortcut: '?',
    run: () => (screen.shortcuts = true),
    enabled: always
  },
  {
    id: 'glossary',
    group: 'View',
    label: 'Show the glossary',
    icon: 'book-open',
    run: () => (screen.glossary = true),
    enabled: always
  },
  {
    id: 'export',
    group: 'Export',
    label: 'Export what is shown…',
    icon: 'download',
    shortcut: 'Ctrl E',
    run: () => giveViewCommand('export'),
    enabled: () => session.currentDataset !== null && !session.importing
  }
]

export function commandOf(id: string): Command | undefined {
  return commands.find((command) => command.id === id)
}

/** Runs a command if it can be run now. */
export function runCommand(id: string): void {
  const command = commandOf(id)
  if (command?.enabled()) command.run()
}
