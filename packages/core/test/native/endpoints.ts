import type { NativeApi, NativeEndpoint, NativeEndpoints } from '../../src/index.ts'
import { createNative } from '../../src/operations.ts'
import { type Acme, acme } from '../helpers/acme.ts'

/** The API of a vendor that does not exist: one endpoint for each thing that a table can say. */
export interface AcmeEndpoints {
  'GET /things': { query: { size?: number; of: string; tags?: readonly string[] }; answer: { things: string[] } }
  'GET /things/{thingId}': { answer: { id: string } }
  'POST /things': { body: { name: string; nested?: { word: string }; tags?: string[] }; answer: { id: string } }
  'PUT /things/{thingId}/parts/{partId}': { body: { name: string }; answer: { ok: boolean } }
  'DELETE /things/{thingId}': { answer: undefined }
  'POST /files': { body: FormData; answer: { url: string } }
  'GET /files/{fileId}': { answer: Uint8Array }
  'GET /files/{fileId}/text': { answer: string }
  'POST /search': { query: { deep?: boolean }; body: { text?: string }; answer: unknown }
  'POST /ask': { body: { text: string; stream?: boolean }; answer: unknown }
  'GET /owner': { answer: { name: string } }
}

export const endpoints: NativeEndpoints<AcmeEndpoints> = {
  'GET /things': { summary: 'Lists', required: { query: ['of'] }, limits: { size: { min: 1, max: 100 } } },
  'GET /things/{thingId}': { summary: 'Reads', headers: { Version: '2' } },
  'POST /things': {
    summary: 'Creates',
    required: { body: ['name', 'nested.word | tags'] },
    limits: {
      name: { minLength: 2, maxLength: 3 },
      'nested.word': { maxLength: 1 },
      tags: { minItems: 1, maxItems: 2 },
    },
    check: ({ body }) => (body('name') === 'no' ? { path: 'body.name', problem: 'must not be no' } : undefined),
  },
  'PUT /things/{thingId}/parts/{partId}': { summary: 'Replaces' },
  'DELETE /things/{thingId}': { summary: 'Deletes', answer: 'none', idempotent: false },
  'POST /files': {
    summary: 'Uploads',
    idempotent: true,
    body: 'form',
    required: { body: ['file'] },
    limits: { file: { maxItems: 2 } },
  },
  'GET /files/{fileId}': { summary: 'Reads a file', answer: 'bytes' },
  'GET /files/{fileId}/text': { summary: 'Reads a text', answer: 'text' },
  'POST /search': { summary: 'Finds', safe: true },
  'POST /ask': {
    summary: 'Asks',
    streams: 'stream',
    timeout: 120_000,
    idempotent: ({ body }) => body('stream') === false,
  },
  'GET /owner': { summary: 'Reads the owner', credential: 'ownerKey' },
}

export interface AcmeNative extends Acme {
  native: NativeApi<AcmeEndpoints>
  /** Calls it as JavaScript does, where no compiler looks. */
  untyped(route: unknown, input?: unknown, options?: unknown): Promise<unknown>
  /** How often the table was asked for. */
  loads(): number
}

export function acmeNative(
  baseUrl: string,
  options: Parameters<typeof acme>[1] = {},
  owner?: (endpoint: NativeEndpoint, operation: string) => Acme,
): AcmeNative {
  const transport = acme(baseUrl, options)
  let loads = 0
  const native = createNative<AcmeEndpoints>(
    transport,
    async () => {
      loads++
      return endpoints
    },
    (path) => ({ version: path.startsWith('/things') ? '1' : 'none' }),
    owner,
  )
  return {
    ...transport,
    native,
    untyped: (...given) => native.request(...(given as Parameters<typeof native.request>)),
    loads: () => loads,
  }
}
