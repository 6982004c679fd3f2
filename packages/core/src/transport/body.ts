/** The body was longer than the limit; nothing more of it was read. */
export class BodyTooLarge extends Error {}

/**
 * The body as text, reading no more than `limit` bytes.
 *
 * An honest, uncompressed `Content-Length` within the limit is trusted, because the HTTP client enforces it; anything
 * else is counted while it arrives.
 */
export async function readText(response: Response, limit: number): Promise<string> {
  const declared = await declaredWithin(response, limit)
  return declared ? response.text() : new TextDecoder().decode(await counted(response, limit))
}

/** The body as bytes, reading no more than `limit` of them. */
export async function readBytes(response: Response, limit: number): Promise<Uint8Array> {
  await declaredWithin(response, limit)
  return counted(response, limit)
}

/** Whether the body's length is announced and within the limit. Nothing is read of one that is announced as longer. */
async function declaredWithin(response: Response, limit: number): Promise<boolean> {
  const declared = response.headers.get('content-length')
  if (declared === null || response.headers.has('content-encoding')) return false
  if (Number(declared) > limit) {
    await response.body?.cancel()
    throw new BodyTooLarge()
  }
  return Number(declared) <= limit
}

async function counted(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw new BodyTooLarge()
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
