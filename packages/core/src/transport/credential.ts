/**
 * A secret, or a function that gives it. The function is called when a request needs it, once however many requests
 * wait for it; cache inside it what is expensive. After the vendor refused a token as such, it is called once more with
 * that token as `rejected`, and the request is repeated if it gives another one.
 */
export type Credential = string | ((context: { rejected?: string }) => string | Promise<string>)

export interface CredentialSource {
  get(rejected?: string): Promise<string> | string
  /** Whether asking again may give another one. */
  readonly canRefresh: boolean
}

export function credentialSource(credential: Credential): CredentialSource {
  if (typeof credential === 'string') return { get: () => credential, canRefresh: false }
  let pending: Promise<string> | undefined
  /** The last refused credential and what replaced it, or will. Kept, for those who are refused with it late. */
  let refreshing: { rejected: string; result: Promise<string>; isOver: boolean } | undefined
  const call = async (context: { rejected?: string }) => credential(context)

  const refresh = (rejected: string) => {
    const mine = { rejected, result: call({ rejected }), isOver: false }
    refreshing = mine
    const forget = () => {
      if (refreshing === mine) refreshing = undefined
    }
    mine.result.then((given) => {
      mine.isOver = true
      if (given === rejected) forget()
    }, forget)
    return mine.result
  }

  return {
    canRefresh: true,
    get(rejected) {
      if (rejected !== undefined) return refreshing?.rejected === rejected ? refreshing.result : refresh(rejected)
      // Whoever comes while a refused token is being replaced waits for the new one.
      if (refreshing && !refreshing.isOver) return refreshing.result
      if (!pending) {
        pending = call({})
        const done = () => {
          pending = undefined
        }
        pending.then(done, done)
      }
      return pending
    },
  }
}
