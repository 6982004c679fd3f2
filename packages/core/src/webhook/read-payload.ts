import { isRaw, type Raw } from '../read/reading.ts'
import { deepestPayload } from './digest.ts'

/** The JSON of a body: an object, or a list of them. `undefined`: it is neither, or no JSON, or nested beyond reason. */
export function readPayload(body: Uint8Array): Raw | readonly Raw[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (isTooDeep(text)) return undefined
    const payload: unknown = JSON.parse(text)
    if (Array.isArray(payload)) return payload.every(isRaw) ? payload : undefined
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
