import { type CreateEmulator, defaultSending, type SendingSettings } from '../kit/emulator.ts'
import { acmeServer } from './server.ts'

type AcmeAccount = { readonly baseUrl: string; readonly token: string }

export const createAcmeEmulator: CreateEmulator<SendingSettings, undefined, AcmeAccount> = ({ world }) => {
  const token = `acme_sandbox_${world.seed}`
  const { fetch } = acmeServer(token, { empty: world.dialogues.length === 0 })
  return {
    vendor: 'acme',
    credentials: { token },
    accountOptions: (baseUrl) => ({ baseUrl, token }),
    app: {
      fetch: ({ url, headers }) => fetch(url, { headers }),
      request: (path, init) => fetch(`http://acme.example${path}`, init),
    },
    settings: defaultSending(),
    webhooks: undefined,
    plant: () => null,
    reset() {},
  }
}
