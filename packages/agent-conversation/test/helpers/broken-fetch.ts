/** A server that takes the request and never answers. */
export const hangingFetch: typeof fetch = (input, init) =>
  new Promise((_, reject) => {
    const signal = input instanceof Request ? input.signal : init?.signal
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

/** A connection that is closed before an answer comes. */
export const resettingFetch: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}
