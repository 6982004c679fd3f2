import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { counting } from '../support/requests.ts'

export const makingOneDoesNoIO: Check = {
  group: 'identity',
  name: 'making an adapter sends nothing',
  async run({ open, harness }) {
    const requests = counting(harness.fetch)
    await open({ fetch: requests.fetch })
    await new Promise((resolve) => setImmediate(resolve))
    ensure(requests.count() === 0, `Making an adapter sent ${requests.count()} requests.`)
  },
}
