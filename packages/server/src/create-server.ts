import { ConfigurationError } from '@parley/core'
import { appOf } from './app.ts'
import { authOf } from './auth.ts'
import { eventsOf } from './events.ts'
import { type Listening, type ListenOptions, listenOn } from './listen.ts'
import { checkServerOptions, type ServerOptions } from './options.ts'
import { ownPage } from './page.ts'
import { signInPath } from './sign-in.ts'

export interface InboxServer {
  /** Answers a request, for a server of your own. A request needs a `Host` that `publicUrl` names, or loopback. */
  fetch(request: Request): Promise<Response>
  /** Listens. @returns the address. @throws ConfigurationError for a host other than loopback without `publicUrl`. */
  listen(options?: ListenOptions): Promise<{ url: string }>
  /**
   * The address with which a person signs in, once and within 15 minutes.
   *
   * @throws ConfigurationError for an id that is not in `people`, and before `listen` if there is no `publicUrl`.
   */
  signInLink(personId: string): Promise<string>
  /** Ends the streams and waits until running requests are answered, at most ten seconds. The store is not closed. */
  close(): Promise<void>
}

/**
 * The inbox over HTTP: its page, every operation and command, events, webhooks and health. Nothing is read and no port is opened before
 * `listen`. The server does not sync or send by itself: `sync.run` and `desk.run` do, here or in another process.
 *
 * @throws ConfigurationError that names each wrong option.
 */
export function createServer(options: ServerOptions): InboxServer {
  checkServerOptions(options)
  const { inbox, publicUrl, onError = () => {}, page = true } = options
  const auth = authOf(options)
  const events = eventsOf({ inbox, onError, heartbeat: 15_000, pause: 1000 })
  let isClosing = false
  const app = appOf({ options, auth, events, page: page ? ownPage() : undefined, isClosing: () => isClosing })
  const listening: Listening[] = []
  return {
    fetch: async (request) => app.fetch(request),
    async listen(where = {}) {
      const opened = await listenOn(app.fetch, where, publicUrl)
      listening.push(opened)
      return { url: opened.url }
    },
    async signInLink(personId) {
      const origin = publicUrl === undefined ? listening[0]?.url : new URL(publicUrl).origin
      if (origin === undefined)
        throw new ConfigurationError({ message: 'signInLink: call listen first, or set the option "publicUrl".' })
      return `${origin}${signInPath}${await auth.newLink(personId)}`
    },
    async close() {
      isClosing = true
      events.close()
      await Promise.all(listening.splice(0).map((each) => each.close()))
    },
  }
}
