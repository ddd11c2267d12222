import type { ResultArray, StoredResult } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData } from '../contract/table.ts'
import { readArray, type StoredArray } from '../session/stored-array.ts'
import { decodeChunk, decodeInto, storageKind, type ColumnChunk } from '../table/chunks.ts'
import { Asker } from './requests.ts'
import {
  studyOf,
  type ColumnReference,
  type ResultReference,
  type SessionReply,
  type SessionRequest
} from './session-requests.ts'
import type { TaskOutside } from './task-outside.ts'

/** What a worker reads of the session: it asks the engine for pieces, and puts them together itself. */
export class SessionReader {
  readonly #outside: Pick<TaskOutside, 'post' | 'checkpoint'>
  #asker: Asker<SessionRequest, SessionReply<SessionRequest>> | undefined

  constructor(outside: Pick<TaskOutside, 'post' | 'checkpoint'>) {
    this.#outside = outside
  }

  /** A result; each of its arrays is read once, when it is first asked for. */
  result<Summary>(reference: ResultReference): StoredResult<Summary> {
    const read = new Map<string, ResultArray>()
    return {
      summary: reference.summary as Summary,
      arrays: Object.keys(reference.arrays),
      array: (name, columns) => {
        if (columns) return this.array(reference, name, columns)
        const array = read.get(name) ?? this.array(reference, name)
        read.set(name, array)
        return array
      },
      list: (name) => this.#ask({ of: 'list', analysisId: reference.analysisId, name })
    }
  }

  /** One array, or some columns of it, row-major.
   * @throws ARRAY_UNKNOWN | STUDY_CHANGED | CANCELLED */
  array(reference: ResultReference, name: string, columns?: number[]): ResultArray {
    const { analysisId, arrays } = reference
    const made = studyOf(reference, name)
    const head = Object.hasOwn(arrays, name) ? arrays[name] : undefined
    const chunk = (index: number): ResultArray['data'] =>
      this.#ask({ of: 'array', analysisId, name, chunk: index, made })
    const part: StoredArray['part'] = (index, first, count) => chunk(index).subarray(first, first + count)
    const array = head && readArray({ ...head, chunk, part }, columns)
    if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return array
  }

  /** One chunk of a column, which is the caller's. */
  chunk({ datasetId, position, type }: ColumnReference, chunk: number): ColumnChunk {
    return decodeChunk(storageKind(type), this.#ask({ of: 'column', datasetId, position, chunk }))
  }

  /** A column of a dataset, whole. */
  column(reference: ColumnReference): ColumnData {
    const { datasetId, position, name, type, dictionary, nRows, nChunks } = reference
    const kind = storageKind(type)
    const fill = <T extends Float64Array | Int32Array>(values: T): T => {
      for (let chunk = 0, at = 0; chunk < nChunks; chunk++) {
        at += decodeInto(values, at, this.#ask({ of: 'column', datasetId, position, chunk }))
      }
      return values
    }
    if (kind === 'number') return { kind, name, values: fill(new Float64Array(nRows)) }
    if (kind === 'codes') return { kind, name, codes: fill(new Int32Array(nRows)), dictionary: dictionary ?? [] }
    const values: (string | null)[] = []
    for (let index = 0; index < nChunks; index++) {
      const chunk = this.chunk(reference, index)
      if (chunk.kind === 'text') for (const text of chunk.values) values.push(text)
    }
    return { kind, name, values }
  }

  #ask<R extends SessionRequest>(request: R): SessionReply<R> {
    if (!this.#asker) {
      this.#asker = new Asker(this.#outside.checkpoint)
      this.#outside.post({ type: 'reading', requests: this.#asker.requests }, [this.#asker.requests.port])
    }
    return this.#asker.ask(request) as SessionReply<R>
  }

  close(): void {
    this.#asker?.close()
  }
}

/** Work that reads the session, and the end of its reading. */
export function reading<T>(outside: Pick<TaskOutside, 'post' | 'checkpoint'>, work: (reader: SessionReader) => T): T {
  const reader = new SessionReader(outside)
  try {
    return work(reader)
  } finally {
    reader.close()
  }
}
