import type { z } from 'zod'
import type { DatasetShape, FieldSpec } from '../contract/analysis.ts'
import type { Step, StepKind } from '../contract/preparation.ts'

/** How a step is asked for. The form and its validation are made from it, as those of an analysis are. */
export interface StepSpec {
  kind: StepKind
  title: string
  /** one sentence: what it does to the table */
  description: string
  params: z.ZodType<Step>
  fields: FieldSpec[]
  /** a step to begin with; it need not be complete */
  defaults: (dataset: DatasetShape) => Record<string, unknown>
  /** what else changes when a person has changed one thing; the form shows what this gives back */
  settle?: (
    params: Record<string, unknown>,
    before: Record<string, unknown>,
    dataset: DatasetShape
  ) => Record<string, unknown>
}
