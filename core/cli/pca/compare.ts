import { differingParams } from '../../analyses/pca/figures/compare-params.ts'
import { SCALES } from '../../analyses/pca/scales.ts'
import { pcaParamsSchema, pcaSpec, type PcaParams } from '../../analyses/pca/spec.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { choiceOption, given, numberOption } from '../arguments.ts'
import type { PcaPiece } from './piece.ts'

const { centre, missing, divisor } = pcaParamsSchema.shape
/** What the other run can be asked differently, by the option that asks for it. */
const OTHERWISE: Record<string, (text: string) => Partial<PcaParams>> = {
  scale: (text) => given({ scale: choiceOption('compare scale', text, SCALES) }),
  centre: (text) => given({ centre: choiceOption('compare centre', text, centre.options) }),
  missing: (text) => given({ missing: choiceOption('compare missing', text, missing.options) }),
  divisor: (text) => given({ divisor: choiceOption('compare divisor', text, divisor.options) }),
  components: (text) => given({ nComponents: numberOption('compare components', text) })
}

/** `--compare scale=unit,centre=median`: the same rows and columns, run again with these options, beside the first run. */
export const comparePiece: PcaPiece = {
  options: { compare: { type: 'string' } },
  entries: async ({ params, summary, values, compare }) => {
    if (typeof values['compare'] !== 'string') return []
    const changed = readChanges(values['compare'])
    const { nComponents, angles, aligned } = await compare(changed, summary.nComponents)
    return [
      [
        'comparison',
        {
          object: [
            ['parameters', { json: differingParams(pcaSpec.fields, params, { ...params, ...changed }) }],
            ['nComponents', { json: nComponents }],
            ['angles', { json: angles }],
            ['aligned', { json: aligned }]
          ]
        }
      ]
    ]
  }
}

/** "scale=unit,centre=median" as parameters. @throws USAGE */
function readChanges(text: string): Partial<PcaParams> {
  return Object.assign({}, ...text.split(',').map(readChange)) as Partial<PcaParams>
}

function readChange(text: string): Partial<PcaParams> {
  const [option = '', value] = text.split('=').map((part) => part.trim())
  const read = Object.hasOwn(OTHERWISE, option) ? OTHERWISE[option] : undefined
  if (!read || value === undefined || value === '') {
    throw new EigendeskError('USAGE', {
      reason: `--compare ${text} is not one of ${Object.keys(OTHERWISE).join(', ')} with its value, as in scale=unit.`
    })
  }
  return read(value)
}
