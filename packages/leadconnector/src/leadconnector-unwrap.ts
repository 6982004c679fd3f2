import { isRaw, type Raw, Unreadable } from '@parley/core'

/** The object of an answer that may be wrapped: live answers differ from the documents in this, and editions do. */
export function unwrap(body: unknown, ...wrappers: readonly string[]): Raw {
  if (!isRaw(body)) throw new Unreadable('')
  for (const wrapper of wrappers) {
    const inner = body[wrapper]
    if (isRaw(inner)) return inner
  }
  return body
}
