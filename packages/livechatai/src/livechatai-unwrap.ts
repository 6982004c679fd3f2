import { isRaw, type Raw, Unreadable } from '@parley/core'

// Nearly every endpoint wraps its answer in its own way ("Introduction" shows one of them), so each says how.

/** `{ status, data: { … } }`. */
export function dataOf(body: unknown): Raw {
  const data = isRaw(body) ? body['data'] : undefined
  if (isRaw(data)) return data
  throw new Unreadable('data')
}

/** The object itself: "contacts/retrieve". Should it be wrapped one day like the others, it is found all the same. */
export function bareOf(body: unknown): Raw {
  if (!isRaw(body)) throw new Unreadable('')
  const data = body['data']
  return body['id'] === undefined && isRaw(data) ? data : body
}

/** An agent, whose envelope is not documented: `{ data: { agent } }`, `{ data }`, `{ agent }` or itself. */
export function agentOf(body: unknown): Raw {
  if (!isRaw(body)) throw new Unreadable('')
  const data = body['data']
  for (const candidate of [isRaw(data) ? data['agent'] : undefined, data, body['agent'], body])
    if (isRaw(candidate) && candidate['id'] !== undefined) return candidate
  throw new Unreadable('data.id')
}
