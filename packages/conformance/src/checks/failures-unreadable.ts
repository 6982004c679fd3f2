import type { Check } from '../check.ts'
import { ensureFails } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { answering } from '../support/requests.ts'

const bodies: readonly [string, string][] = [
  ['<!doctype html><title>Sign in</title>', 'text/html'],
  ['{"data":[{"id":"cut', 'application/json'],
  ['"a text"', 'application/json'],
  ['{"nothing":"of what is documented"}', 'application/json'],
]

export const unreadableAnswersAreTold: Check = {
  group: 'failures',
  name: 'a page that cannot be read at all is an error, not an empty list',
  async run(bench) {
    for (const [body, type] of bodies) {
      const server = answering(() => new Response(body, { status: 200, headers: { 'content-type': type } }))
      for (const { operation, list } of listsFor(await bench.open({ fetch: server.fetch })))
        await ensureFails(list(), 'response', `${operation} over ${body}`)
    }
  },
}
