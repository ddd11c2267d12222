import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { TableView } from '../../../core/contract/table.ts'
import { tableOf } from './fit-rows.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..')

/** A file of the tables that are not part of the project. */
export function sharedTable(name: string): string {
  return path.resolve(root, '..', 'shared', 'data', 'pca', name)
}

/** The numeric columns of a small, clean CSV, as its first row shows them. */
export function numbersOf(file: string): TableView {
  const lines = readFileSync(file, 'utf-8').trim().split(/\r?\n/)
  const [header = [], ...rows] = lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  const numeric = header.flatMap((name, j) => (name !== '' && Number.isFinite(Number(rows[0]![j])) ? [j] : []))
  return tableOf(
    rows.map((row) => numeric.map((j) => Number(row[j]))),
    numeric.map((j) => header[j]!)
  )
}
