import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { ensureIsSample, sendFile, uploaded } from '../support/files.ts'

export const addressesAreOpen: Check = {
  group: 'files',
  name: 'the address of a file gives the file to who has no credential',
  needs: ['attachments.url', 'attachments.upload', 'messages.reply', 'messages.list'],
  async run(bench) {
    const { adapter, harness } = bench
    if (!can(adapter, 'attachments.url')) return
    const attachment = await sendFile(bench, 'A colleague here: a file with an address.', uploaded(bench))
    const { url, expiresAt } = await adapter.attachments.url(attachment)
    const { fetch: send } = harness
    const answer = await send(url)
    ensure(answer.ok, `Fetching it without a credential gives a ${answer.status}.`)
    ensureIsSample(new Uint8Array(await answer.arrayBuffer()))
    ensure(expiresAt === undefined || expiresAt.endsWith('Z'), `It ends at "${expiresAt}".`)
  },
}
