import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { ensureIsSample, sampleFile } from '../support/files.ts'
import { orRefused } from '../support/refusal.ts'
import { threadOf } from '../support/sample.ts'
import { questionOf, speakingId } from '../support/speak.ts'

export const filesGoWithQuestions: Check = {
  group: 'files',
  name: 'a file that is given with a question by its bytes is read back with the same bytes, or refused',
  needs: ['messages.ask', 'attachments.read', 'messages.list'],
  async run(bench) {
    const { adapter, harness } = bench
    if (!can(adapter, 'messages.ask') || !can(adapter, 'attachments.read')) return
    const id = await speakingId(bench)
    const text = `${questionOf(bench)} (with a file)`
    const input = { text, attachments: [sampleFile()], ...harness.use?.ask }
    const answer = await orRefused(adapter.messages.ask(id, input))
    const question = (await threadOf(adapter, id)).find((message) => message.text === text)
    if (!answer) return ensure(!question, 'It was refused, and the question stands in the thread.')
    const [attachment, ...more] = question?.attachments ?? []
    ensure(attachment && more.length === 0, `In the thread it has ${question?.attachments?.length ?? 'no'} files.`)
    const { bytes } = await adapter.attachments.read(attachment)
    ensureIsSample(bytes)
  },
}
