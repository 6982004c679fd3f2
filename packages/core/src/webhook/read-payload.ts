import { parseJson } from '../read/parse-json.ts'
import { isRaw, type Raw } from '../read/reading.ts'
import { deepestPayload } from './digest.ts'

/** The JSON object of a body. `undefined`: it is no JSON object in UTF-8, or it is nested beyond reason. */
export function readPayload(body: Uint8Array): Raw | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (isTooDeep(text)) return undefined
    const payload: unknown = parseJson(text)
    return isRaw(payload) ? payload : undefined
  } catch {
    return undefined
  }
}

/** Looked at before it is parsed, because whatever walks the result later uses the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inText && character === '\\') index += 1
    else if (character === '"') inText = !inText
    else if (inText) continue
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > deepestPayload) return true
  }
  return false
}
