import { analysisSpecs } from '../../core/analyses/registry.ts'
import type { AnalysisKind } from '../../core/contract/analysis.ts'
import { analysisViews } from '../analyses/registry.ts'
import { analysisEntries } from '../export/analysis-entries.ts'
import { carryAway } from '../export/result-menu.ts'
import type { IconName } from '../ui/icons.ts'
import { formatShape } from '../ui/format.ts'
import { commands } from './commands.ts'
import { scoreMatch } from './fuzzy.ts'
import { openRecent } from './files.ts'
import { findThings } from './named-things.ts'
import { newAnalysis } from './new-analysis.svelte.ts'
import { recents } from './recents.svelte.ts'
import { screen } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

export interface PaletteEntry {
  id: string
  group: 'Go to' | 'Edit' | 'Analyse' | 'Select' | 'View' | 'Export' | 'File'
  label: string
  /** muted, after the label */
  detail?: string
  /** what is there, by which it is found too */
  holds?: string[] | undefined
  icon: IconName
  shortcut?: string
  run: () => void
}

const GROUPS: PaletteEntry['group'][] = ['Go to', 'Edit', 'Analyse', 'Select', 'View', 'Export', 'File']

/** Everything that can be gone to or done now. */
export function paletteEntries(): PaletteEntry[] {
  const go = (type: 'dataset' | 'analysis', id: string) => (): void => {
    screen.endAside()
    session.importing = null
    session.show({ type, id })
  }
  const datasets = session.datasets.map((dataset): PaletteEntry => ({
    id: `dataset ${dataset.id}`,
    group: 'Go to',
    label: dataset.name,
    detail: formatShape(dataset.nRows, dataset.columns.length),
    icon: 'table-2',
    run: go('dataset', dataset.id)
  }))
  const analyses = session.analyses.map((analysis): PaletteEntry => ({
    id: `analysis ${analysis.id}`,
    group: 'Go to',
    label: analysis.name,
    detail: session.datasets.find((dataset) => dataset.id === analysis.datasetId)?.name ?? '',
    icon: analysisViews[analysis.kind].icon,
    run: go('analysis', analysis.id)
  }))
  const current = session.importing ? null : session.currentAnalysis
  const tabs = current
    ? analysisViews[current.kind].tabs.map(({ id, label, holds }, i): PaletteEntry => ({
        id: `tab ${id}`,
        group: 'Go to',
        label,
        holds,
        detail: `of ${current.name}`,
        icon: analysisViews[current.kind].icon,
        ...(i < 9 && { shortcut: `Ctrl ${i + 1}` }),
        run: () => {
          screen.endAside()
          session.setTab(current.id, id)
        }
      }))
    : []
  const dataset = session.importing ? null : session.currentDataset
  const kinds = dataset
    ? (Object.keys(analysisSpecs) as AnalysisKind[]).map((kind): PaletteEntry => ({
        id: `analyse ${kind}`,
        group: 'Analyse',
        label: `${analysisSpecs[kind].title}…`,
        detail: `of ${dataset.name}`,
        icon: analysisViews[kind].icon,
        run: () => newAnalysis.open(dataset.id, kind)
      }))
    : []
  // What the menu of the result offers beside its tables and pictures; projecting is a command of its own.
  const carried =
    current && dataset
      ? analysisEntries(current)
          .filter(({ id, disabled }) => id !== 'project' && !disabled)
          .map(({ id, label, icon = 'download' }): PaletteEntry => ({
            id: `carry ${id}`,
            group: 'Export',
            label,
            detail: `of ${current.name}`,
            icon,
            run: () => void carryAway(id, { analysis: current, dataset, provenance: '', tables: [] })
          }))
      : []
  const given = commands
    .filter((command) => command.id !== 'palette' && command.enabled())
    .map((command): PaletteEntry => ({
      id: command.id,
      group: command.group,
      label: command.labelNow?.() ?? command.label,
      icon: command.icon,
      run: command.run,
      ...(command.shortcut && { shortcut: command.shortcut })
    }))
  const recent = recents.entries
    .filter((entry) => !entry.missing)
    .map(({ id, name, folder }): PaletteEntry => ({
      id: `recent ${id}`,
      group: 'File',
      label: `Open recent: ${name}`,
      detail: folder,
      icon: 'database',
      run: () => void openRecent(id)
    }))
  return [...tabs, ...datasets, ...analyses, ...kinds, ...given, ...carried, ...recent]
}

/** A name that answers as well comes first. */
const HELD_BEHIND = 10

/** An entry by what is there, which then stands beside its label. */
function findHeld(query: string, entry: PaletteEntry): { entry: PaletteEntry; score: number }[] {
  const plain = (text: string): string => text.toLowerCase().replaceAll('’', "'")
  const held = entry.holds?.find((words) => plain(words).includes(plain(query.trim())))
  if (held === undefined) return []
  const score = (scoreMatch(plain(query), plain(held)) ?? 0) - HELD_BEHIND
  return [{ entry: { ...entry, detail: `${held} · ${entry.detail ?? ''}` }, score }]
}

/** What the result in sight names: its items, its users. What can be done and answers as well comes first. */
function findNamed(query: string): { entry: PaletteEntry; score: number }[] {
  return findThings(query).map((thing, place) => ({
    entry: { ...thing, group: 'Select' },
    // Found by other rules (without accents): kept in the order they were found in.
    score: (scoreMatch(query, thing.label) ?? 0) - HELD_BEHIND - place / 1000
  }))
}

/** The entries that answer a query, by group: the group of the best answer first, and within a group the best. */
export function findEntries(query: string): PaletteEntry[] {
  const scored = paletteEntries().flatMap((entry) => {
    const score = query.trim() === '' ? 0 : scoreMatch(query, entry.label)
    return score === null ? findHeld(query, entry) : [{ entry, score }]
  })
  scored.push(...findNamed(query))
  const best = new Map<PaletteEntry['group'], number>()
  for (const { entry, score } of scored) best.set(entry.group, Math.max(score, best.get(entry.group) ?? -Infinity))
  const compareGroups = (a: PaletteEntry['group'], b: PaletteEntry['group']): number =>
    best.get(b)! - best.get(a)! || GROUPS.indexOf(a) - GROUPS.indexOf(b)
  return scored
    .sort((a, b) => compareGroups(a.entry.group, b.entry.group) || b.score - a.score)
    .map(({ entry }) => entry)
}
