export const PICTURE_FORMATS = ['png', 'svg', 'pdf', 'html', 'json'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

export const pictureFormats: Record<PictureFormat, { label: string; help: string }> = {
  png: { label: 'PNG', help: 'Dots: for slides, text editors and the web.' },
  svg: { label: 'SVG', help: 'Lines and text that stay sharp at any size and can be edited.' },
  pdf: { label: 'PDF', help: 'Lines and text, for print and LaTeX.' },
  html: {
    label: 'Web page',
    help: 'One file with the plot in it, to be zoomed and hovered in any browser, without a network.'
  },
  json: { label: 'Plotly JSON', help: 'Data and layout, as Plotly for Python, R and JavaScript reads them.' }
}

/** How a plot is put on paper. */
export interface PictureChoices {
  format: PictureFormat
  /** inches */
  width: number
  /** inches; null: as the plot needs */
  height: number | null
  /** of PNG */
  dotsPerInch: number
  theme: 'light' | 'dark'
  /** null: the plot's own; '': none */
  title: string | null
  /** the line under the plot that says where it comes from */
  provenance: boolean
}

export const plainPicture: PictureChoices = {
  format: 'png',
  width: 6.5,
  height: null,
  dotsPerInch: 300,
  theme: 'light',
  title: null,
  provenance: true
}

export const WIDTHS = [1, 40] as const
export const RESOLUTIONS = [50, 1200] as const
/** What a canvas of Chromium holds along a side. */
const MOST_DOTS = 16_000

/** Why a picture cannot be made like this, by field; none where it can. */
export function pictureProblems(choices: PictureChoices): Partial<Record<'width' | 'height' | 'dotsPerInch', string>> {
  const { format, width, height, dotsPerInch } = choices
  const [least, most] = WIDTHS
  const isLength = (value: number): boolean => value >= least && value <= most
  const problems: ReturnType<typeof pictureProblems> = {}
  if (!isLength(width)) problems.width = `${least} to ${most} inches.`
  if (height !== null && !isLength(height)) problems.height = `${least} to ${most} inches, or empty.`
  if (format !== 'png') return problems
  const [coarse, fine] = RESOLUTIONS
  if (!(dotsPerInch >= coarse && dotsPerInch <= fine)) problems.dotsPerInch = `${coarse} to ${fine} dots an inch.`
  else if (!problems.width && !problems.height && Math.max(width, height ?? 0) * dotsPerInch > MOST_DOTS) {
    problems.dotsPerInch = 'At most 16,000 dots along a side: fewer dots, or a smaller picture.'
  }
  return problems
}
