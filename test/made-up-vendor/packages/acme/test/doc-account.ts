import type { OpenDocAccount } from '../../../test/tools/doc-accounts.ts'

export const openDocAccount: OpenDocAccount<'acme'> = ({ accountOptions: { token } }) => ({
  origins: ['https://acme.example'],
  headers: { authorization: `Bearer ${token}` },
  ids: {},
  environment: { ACME_TOKEN: 'token' },
})
