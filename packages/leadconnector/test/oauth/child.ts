import { fileStore } from '@parley/core/node'
import { leadConnectorOAuth } from '@parley/leadconnector/oauth'

/** What a process of an application does; a test says which by its arguments and watches what is printed. */
export interface ChildTask {
  /** `ask`: for a token. `hold`: takes the lock for good. `stall`: refreshes, and stops when the vendor has answered. */
  what: 'ask' | 'hold' | 'stall'
  folder: string
  key: string
  locationId: string
  options: { clientId: string; clientSecret: string; baseUrl: string }
}

const { what, folder, key, locationId, options } = JSON.parse(process.argv[2] as string) as ChildTask
const store = fileStore({ folder })
const say = (word: string) => process.stdout.write(`${word}\n`)
const forEver = () => new Promise<never>(() => setInterval(() => {}, 60_000))

if (what === 'hold') {
  await store.lock(key, () => {
    say('held')
    return forEver()
  })
}
const stalling: typeof fetch = async (...request) => {
  const { status } = await fetch(...request)
  say(`answered ${status}`)
  return forEver()
}
const oauth = leadConnectorOAuth({ ...options, store, ...(what === 'stall' && { fetch: stalling }) })
say('ready')
// All start at once: when the test has seen that each of them is ready.
await new Promise((resolve) => process.stdin.once('data', resolve))
say(`token ${await oauth.credential({ locationId })()}`)
process.exit()
