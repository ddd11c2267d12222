import { describe, expect, test } from 'vitest'
import { errorCatalogue } from '../../../core/contract/errors.ts'
import { fileErrors } from '../../../core/contract/errors-of-files.ts'
import { sessionErrors } from '../../../core/contract/errors-of-sessions.ts'
import { tableErrors } from '../../../core/contract/errors-of-tables.ts'
import { workErrors } from '../../../core/contract/errors-of-work.ts'

describe('the catalogue of errors', () => {
  test('has each code in one of its files only: of two the later would hide the other', () => {
    const codes = [fileErrors, sessionErrors, tableErrors, workErrors].flatMap((part) => Object.keys(part))
    expect(codes.toSorted()).toEqual(Object.keys(errorCatalogue).toSorted())
  })
})
