import { styleText } from 'node:util'

const style =
  (...[format]: [Parameters<typeof styleText>[0]]) =>
  (text: string): string =>
    styleText(format, text)

/**
 * Colours for the standard output. Node.js leaves them out if it is not a terminal, if `NO_COLOR` is set, or if the
 * terminal has none.
 */
export const color = {
  bold: style('bold'),
  dim: style('dim'),
  underline: style('underline'),
  cyan: style('cyan'),
  magenta: style('magenta'),
  green: style('green'),
  yellow: style('yellow'),
  red: style('red'),
}
