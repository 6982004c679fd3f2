import { HighLevel, type HighLevelConfig } from '@gohighlevel/api-client'
import { leadConnector } from '@parley/leadconnector'
import { type Sandbox, sandbox, type TestClock, testClock } from '@parley/sandbox'
import { type Recorder, record } from './recorder.ts'

export type Answer = Record<string, unknown>

/** The emulated vendor, the recorder in front of it, and the clients. */
interface Official {
  readonly emulator: Sandbox<'leadConnector'>['leadConnector']
  readonly clock: TestClock
  readonly names: Readonly<Record<string, string>>
  readonly recorder: Recorder
  /** The vendor's own client. */
  theirs(config?: HighLevelConfig): HighLevel
  ours(token?: string): ReturnType<typeof leadConnector>
  stop(): Promise<void>
}

/** An emulated LeadConnector whose clock stands still, behind a recorder. */
export async function openOfficial(): Promise<Official> {
  const clock = testClock()
  const desk = await sandbox.start({ vendors: ['leadConnector'], clock })
  const { leadConnector: emulator } = desk
  emulator.settings.rateLimit = false
  const names = emulator.credentials
  const recorder = await record(emulator.url)
  const { clientId = '', clientSecret = '', accessToken = '', locationId = '' } = names
  return {
    emulator,
    clock,
    names,
    recorder,
    theirs(config = { locationAccessToken: accessToken }) {
      const client = new HighLevel({ ...config, clientId, clientSecret, logLevel: 'none' })
      // The client has no option for the base URL, but its HTTP client has.
      client.getHttpClient().defaults.baseURL = recorder.url
      return client
    },
    ours: (token = accessToken) => leadConnector({ token, locationId, baseUrl: recorder.url, rate: false }),
    async stop() {
      await recorder.stop()
      await desk.stop()
    },
  }
}

/** The native API with routes and inputs as plain data. */
export const nativeOf =
  (desk: ReturnType<typeof leadConnector>) =>
  (route: string, input: object = {}) =>
    (desk.native.request as (route: string, input: object) => Promise<Answer>)(route, input)
