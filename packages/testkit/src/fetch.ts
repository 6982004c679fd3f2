/** A server that accepts the request and never answers. */
export const hangingFetch: typeof fetch = (input, init) =>
  new Promise((_, reject) => {
    const signal = input instanceof Request ? input.signal : init?.signal
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

/** A connection that breaks before an answer arrives: the vendor may have handled the request. */
export const resettingFetch: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

/** A server that accepts no connection: the vendor cannot have handled the request. */
export const refusingFetch: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
}
