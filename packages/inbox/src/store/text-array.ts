/** The number of the type `text`. */
const textType = 25

/**
 * A `text[]` in the binary format of PostgreSQL's protocol, which the driver sends unchanged. From an array, the driver would
 * make a text in which every quotation mark is escaped. For JSON, this takes longer than everything else in a write.
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  const sizes = texts.map((text) => (text === null ? 0 : Buffer.byteLength(text)))
  const bytes = Buffer.allocUnsafe(20 + 4 * texts.length + sizes.reduce((sum, size) => sum + size, 0))
  const head = [texts.length === 0 ? 0 : 1, texts.includes(null) ? 1 : 0, textType, texts.length, 1]
  let offset = 0
  const addNumber = (value: number) => {
    offset = bytes.writeInt32BE(value, offset)
  }
  for (const value of texts.length === 0 ? head.slice(0, 3) : head) addNumber(value)
  for (const [index, text] of texts.entries()) {
    addNumber(text === null ? -1 : (sizes[index] as number))
    if (text !== null) offset += bytes.write(text, offset)
  }
  return bytes.subarray(0, offset)
}
