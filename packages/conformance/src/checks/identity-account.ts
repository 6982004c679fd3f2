import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'

export const accountIsTheOneGiven: Check = {
  group: 'identity',
  name: 'an adapter carries its vendor in lower case and the account it was given',
  async run({ adapter, open }) {
    ensure(/^[a-z][a-z0-9-]*$/.test(adapter.vendor), `The vendor is called "${adapter.vendor}".`)
    const other = await open({ account: 'other place/1' })
    ensure(other.account === 'other place/1', `The account "other place/1" came back as "${other.account}".`)
    ensure(other.vendor === adapter.vendor, 'Another account of the vendor has another vendor.')
  },
}
