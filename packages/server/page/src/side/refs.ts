import { accountName, buildRef, parseRef } from '@parley/core'

/** The ref of something in the account of another ref. */
export function refBeside(ref: string, kind: 'agent', id: string): string {
  const { vendor, account } = parseRef(ref)
  return buildRef({ vendor, account, kind, id })
}

/** The name of the account, as the server takes it, and the id in a ref. */
export function partsOf(ref: string): { account: string; id: string } {
  const { vendor, account, id } = parseRef(ref)
  return { account: accountName(vendor, account), id }
}
