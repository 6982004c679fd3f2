import { type Attachment, type AttachmentInput, requireOperation, supports } from '@parley/core'
import { type Bench, type Check, checksOf, Violation } from '../check.ts'
import { ensure, orRefused } from '../support/ensure.ts'
import { threadOf } from '../support/reading.ts'
import { ensureIsSample, questionOf, sampleFile, sendFile, speakingId, uploaded } from '../support/writing.ts'

const roundTrip = (
  name: string,
  fileFor: (bench: Bench) => (conversationId: string) => AttachmentInput | Promise<AttachmentInput>,
): Check => ({
  group: 'files',
  name,
  needs: ['attachments.upload', 'attachments.read', 'messages.reply', 'messages.list'],
  async run(bench) {
    const attachment = await sendFile(bench, `A colleague here: ${name}.`, fileFor(bench))
    const { fileName, contentType } = attachment
    ensure(!fileName || fileName.endsWith('.png'), `The file is called "${fileName}".`)
    ensure(!contentType || contentType === 'image/png', `The file has the media type ${contentType}.`)
    const read = await requireOperation(bench.adapter, 'attachments.read')(attachment)
    ensureIsSample(read.bytes)
  },
})

export const fileChecks: readonly Check[] = checksOf('files', [
  roundTrip('a file that was uploaded and then sent is read back with the same bytes', uploaded),
  roundTrip('a file that is given with a message by its bytes is read back with the same bytes', () => sampleFile),
  {
    name: 'a file that is given with a question by its bytes is read back with the same bytes, or refused',
    needs: ['messages.ask', 'attachments.read', 'messages.list'],
    async run(bench) {
      const { adapter, harness } = bench
      if (!supports(adapter, 'messages.ask') || !supports(adapter, 'attachments.read')) return
      const id = await speakingId(bench)
      const text = `${questionOf(bench)} (with a file)`
      const input = { text, attachments: [sampleFile()], ...harness.use?.ask }
      const answer = await orRefused(adapter.messages.ask(id, input))
      const question = (await threadOf(adapter, id)).find((message) => message.text === text)
      if (!answer) return ensure(!question, 'It was refused, but the question is in the thread.')
      const [attachment, ...more] = question?.attachments ?? []
      ensure(attachment && more.length === 0, `In the thread it has ${question?.attachments?.length ?? 'no'} files.`)
      const { bytes } = await adapter.attachments.read(attachment)
      ensureIsSample(bytes)
    },
  },
  {
    name: 'the address of a file returns the file without a credential',
    needs: ['attachments.url', 'attachments.upload', 'messages.reply', 'messages.list'],
    async run(bench) {
      const { adapter, harness } = bench
      if (!supports(adapter, 'attachments.url')) return
      const attachment = await sendFile(bench, 'A colleague here: a file with an address.', uploaded(bench))
      const { url, expiresAt } = await adapter.attachments.url(attachment)
      const { fetch: send } = harness
      const answer = await send(url)
      ensure(answer.ok, `Fetching it without a credential gives a ${answer.status}.`)
      ensureIsSample(new Uint8Array(await answer.arrayBuffer()))
      ensure(expiresAt === undefined || expiresAt.endsWith('Z'), `It ends at "${expiresAt}".`)
    },
  },
  {
    name: 'the credential is never sent to the host that stores a file',
    needs: ['attachments.url', 'attachments.read', 'messages.list'],
    async run(bench) {
      const { adapter, harness, secrets } = bench
      if (!supports(adapter, 'attachments.url')) return
      ensure(secrets.length > 0, 'create returns no secrets.')
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
      ensure(seen.length === 1, `Reading the file sent ${seen.length} requests to its host.`)
      ensure(new TextDecoder().decode(read?.bytes) === 'a file', 'The bytes that were read are not those of the file.')
      for (const secret of secrets)
        ensure(!seen[0]?.includes(secret), 'The credential was sent to the host that stores the file.')
    },
  },
])

/** The signature in an address may change with every request, so only the origin is compared. */
const placeOf = (url: string): string => new URL(url).origin + new URL(url).pathname

/** The most conversations that are searched for a file. */
const maxConversations = 100

async function someFile(bench: Bench): Promise<Attachment> {
  const { adapter } = bench
  if (supports(adapter, 'attachments.upload') && supports(adapter, 'messages.reply'))
    return sendFile(bench, 'A colleague here: a file for you alone.', uploaded(bench))
  let left = maxConversations
  for await (const { id } of requireOperation(adapter, 'conversations.list')()) {
    if (--left < 0) break
    const attachments = (await threadOf(adapter, id)).flatMap((message) => message.attachments ?? [])
    const attachment = attachments.find(({ url }) => url)
    if (attachment) return attachment
  }
  throw new Violation(`In the first ${maxConversations} conversations no message has a file with an address.`)
}
