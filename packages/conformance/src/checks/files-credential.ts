import { type Attachment, can, need } from '@parley/core'
import type { Bench } from '../bench.ts'
import { type Check, Violation } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { sendFile, uploaded } from '../support/files.ts'
import { threadOf } from '../support/sample.ts'

export const filesGetNoCredential: Check = {
  group: 'files',
  name: 'the credential is never sent to where a file is kept',
  needs: ['attachments.url', 'attachments.read', 'messages.list'],
  async run(bench) {
    const { adapter, harness, secrets } = bench
    if (!can(adapter, 'attachments.url')) return
    ensure(secrets.length > 0, 'create does not say which secrets it uses.')
    const attachment = await someFile(bench)
    const { url } = await adapter.attachments.url(attachment)
    const { fetch: send } = harness
    const seen: string[] = []
    const storage: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      if (placeOf(request.url) !== placeOf(url)) return send(input, init)
      seen.push(`${request.url} ${[...request.headers].flat().join(' ')}`)
      return new Response('a file', { headers: { 'content-type': 'text/plain' } })
    }
    const reader = await bench.open({ fetch: storage })
    const read = await reader.attachments?.read?.(attachment)
    ensure(seen.length === 1, `Reading the file asked for it ${seen.length} times where it is kept.`)
    ensure(new TextDecoder().decode(read?.bytes) === 'a file', 'What was read is not what is kept there.')
    for (const secret of secrets) ensure(!seen[0]?.includes(secret), 'The credential was sent to where the file is.')
  },
}

/** A signature may be another one each time. */
const placeOf = (url: string): string => new URL(url).origin + new URL(url).pathname

/** How many conversations are looked through for a file. */
const most = 100

async function someFile(bench: Bench): Promise<Attachment> {
  const { adapter } = bench
  if (can(adapter, 'attachments.upload') && can(adapter, 'messages.reply'))
    return sendFile(bench, 'A colleague here: a file for you alone.', uploaded(bench))
  let left = most
  for await (const { id } of need(adapter, 'conversations.list')()) {
    if (--left < 0) break
    const attachments = (await threadOf(adapter, id)).flatMap((message) => message.attachments ?? [])
    const attachment = attachments.find(({ url }) => url)
    if (attachment) return attachment
  }
  throw new Violation(`In the first ${most} conversations no message has a file with an address.`)
}
