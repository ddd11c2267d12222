import type { z } from 'zod'
import type { ResultArray } from '../../contract/analysis.ts'

/** A fitted model as a file holds it, whatever kind it is of. */
export interface ModelFile {
  /** what the model says of itself */
  head: Record<string, unknown>
  /** lists of names: of users, items, rows, columns */
  names: Record<string, readonly string[]>
  arrays: Record<string, ResultArray>
}

/** The description of a kind of model as JSON Schema, which a JSON file carries. */
export type ModelSchema = Record<string, z.core.util.JSONType>
