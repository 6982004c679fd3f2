/** The characters of an SMS with seven bits each, and those that take two of them (3GPP TS 23.038). */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€\f'

/** How many SMS a text takes. One other character makes all of them shorter. */
export function smsParts(text: string): number {
  let units = 0
  for (const letter of text) {
    if (basic.includes(letter)) units += 1
    else if (extended.includes(letter)) units += 2
    else return partsOf(text.length, 70, 67)
  }
  return partsOf(units, 160, 153)
}

const partsOf = (length: number, alone: number, each: number): number =>
  length <= alone ? 1 : Math.ceil(length / each)
