import { plainExport, type ExportChoices } from '../../core/contract/export.ts'

/** How text is written, whichever dialog asks for it. What was chosen last is offered again. */
class TextForm {
  choices = $state<ExportChoices>({ ...plainExport })

  /** A comma cannot be both the decimal sign and what stands between cells. */
  setDecimal(decimal: ExportChoices['decimal']): void {
    this.choices.decimal = decimal
    if (decimal === ',' && this.choices.delimiter === ',') this.choices.delimiter = ';'
  }

  setDelimiter(delimiter: ExportChoices['delimiter']): void {
    this.choices.delimiter = delimiter
    if (delimiter === ',') this.choices.decimal = '.'
  }
}

export const textForm = new TextForm()
